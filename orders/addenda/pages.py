"""What pages say about proposed changes and addenda of an order."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core.i18n.times import long_end
from epeken.core.i18n.words import rupiah
from orders.addenda import dates
from orders.addenda.models import Addendum
from orders.addenda.states import AddendumState
from orders.orders.models import Order
from orders.orders.notices import buyer_name
from orders.orders.states import OrderState
from orders.schedules import pages as schedules
from umkm.catalogue.states import Unit


@dataclass(frozen=True)
class AddendumCard:
    """One proposal: `waits` for an answer, or how it ended. `head` and `rows` as the component `table` wants them."""

    row: Addendum
    title: str
    asker: str
    waits: bool
    end: str
    head: list[dict[str, Any]]
    rows: list[dict[str, Any]]


def cards_of(order: Order) -> list[AddendumCard]:
    """What changed, oldest first, and the newest proposal while it waits or came to nothing. Three queries, none of an
    order nobody wished to change."""
    if order.agency_id is None or order.accepted_at is None:
        return []
    rows = order.addenda.select_related("asked_by", "kelurahan", "earlier_kelurahan", "due_day")
    found = list(rows.prefetch_related("lines__order_line"))
    shown = [row for row in found if row.state == AddendumState.AGREED or row is found[-1]]
    is_open = order.state == OrderState.ACCEPTED
    return [card_of(order, row) for row in shown if row.state == AddendumState.AGREED or is_open]


def card_of(order: Order, row: Addendum) -> AddendumCard:
    titles = {
        AddendumState.ASKED: _("Perubahan diusulkan, menunggu jawaban"),
        AddendumState.AGREED: _("Adendum %(number)s") % {"number": row.number},
        AddendumState.REFUSED: _("Usul perubahan tidak disetujui, pesanan tetap"),
        AddendumState.WITHDRAWN: _("Usul perubahan ditarik, pesanan tetap"),
        AddendumState.LAPSED: _("Usul perubahan tidak dijawab, pesanan tetap"),
        AddendumState.OVERTAKEN: _("Usul perubahan gugur"),
    }
    side = order.seller.name if row.by_seller else buyer_name(order)
    head: list[dict[str, Any]] = [{"text": _("Yang diubah")}, {"text": _("Semula")}, {"text": _("Menjadi")}]
    return AddendumCard(
        row=row,
        title=titles[AddendumState(row.state)],
        asker=row.asked_by.name if row.asked_by.name == side else f"{row.asked_by.name}, {side}",
        waits=row.state == AddendumState.ASKED,
        end=long_end(row.due_at),
        head=head,
        rows=[_cells(head, values) for values in _changes(row)],
    )


def _changes(row: Addendum) -> list[tuple[str, str, str]]:
    found = [
        (
            line.order_line.name,
            Unit(line.order_line.unit).counted(line.earlier_quantity),
            Unit(line.order_line.unit).counted(line.quantity),
        )
        for line in row.lines.all()
        if line.is_changed
    ]
    if row.due_day is not None and row.earlier_day_at is not None:
        title = _("Pengiriman ke-%(n)s") % {"n": row.due_day.number}
        found.insert(0, (title, long_end(row.earlier_day_at), long_end(row.day_at) if row.day_at else _("dihapus")))
    elif row.moves_day:
        found.append((_("Tiba paling lambat"), long_end(row.earlier_deliver_at), long_end(row.deliver_at)))
    if row.moves_place:
        before, after = (_place(row.earlier_place, row.earlier_kelurahan), _place(row.place, row.kelurahan))
        found.append((_("Alamat antar"), before, after))
    cost, earlier_cost = _costs(row)
    if cost != earlier_cost:
        found.append((_("Ongkos antar"), rupiah(earlier_cost), rupiah(cost)))
    if row.total != row.earlier_total:
        found.append((pgettext("uang", "Jumlah"), rupiah(row.earlier_total), rupiah(row.total)))
    return found


def _costs(row: Addendum) -> tuple[int, int]:
    """The order's delivery cost as it would be, and as it was."""
    goods = sum(line.amount for line in row.lines.all())
    return row.total - goods, row.earlier_total - sum(line.earlier_amount for line in row.lines.all())


def dates_of(order: Order) -> list[tuple[int, str]]:
    """The dates that can be moved or dropped, for a choice."""
    return [
        (
            day.number,
            _("Pengiriman ke-%(n)s, %(when)s: %(goods)s")
            % {"n": day.number, "when": long_end(day.deliver_at), "goods": ", ".join(schedules.goods_of(day))},
        )
        for day in dates.changeable(order)
    ]


def _place(place: str, ward: Any) -> str:
    return f"{place}, {ward.name}" if ward is not None else place


def _cells(head: list[dict[str, Any]], values: tuple[str, str, str]) -> dict[str, Any]:
    return {"cells": [{"text": text, "label": head[n]["text"] if n else ""} for n, text in enumerate(values)]}
