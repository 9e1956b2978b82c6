"""What pages say about cancellations: the card of an order, and the public figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock
from epeken.core.i18n.times import long_end
from epeken.core.i18n.times import month as month_words
from epeken.core.i18n.words import rupiah
from orders.cancellations.compensation import compensation_words
from orders.cancellations.models import Cancellation
from orders.cancellations.querysets import ENDED, OF_BUYER
from orders.cancellations.states import CANCELLED, WAITING, CancellationState, CancelReason
from orders.compensations import pages as compensations
from orders.compensations.models import Compensation
from orders.orders.models import Order
from orders.orders.next_step import sent_deliveries_of, waiting_of
from orders.orders.notices import buyer_name
from orders.orders.states import OrderState

MONTHS = 12


@dataclass(frozen=True)
class CancellationCard:
    """The newest request of an order: `waits` for an answer, or how it ended."""

    row: Cancellation
    title: str
    asker: str
    waits: bool
    end: str
    evidence: str  # address, "" without one
    pays: str  # of an agreed claim: who pays, from what, by when
    compensation: Compensation | None  # of an agreed claim
    turn: str  # who holds it, or when it was paid

    @property
    def is_claimed(self) -> bool:
        return self.row.state in (CancellationState.CLAIMED, CancellationState.AGREED)


def card_of(order: Order, now: datetime) -> CancellationCard | None:
    """None when nobody asked, or it came to nothing and the order is over: the timeline tells that."""
    rows = list(order.cancellations.all())
    row = rows[-1] if rows else None
    if row is None or row.state == CancellationState.OVERTAKEN:
        return None
    if row.state not in CANCELLED and order.state != OrderState.ACCEPTED:
        return None
    in_part = bool(sent_deliveries_of(order))
    titles = {
        CancellationState.ASKED: _("Diminta batal, menunggu jawaban"),
        CancellationState.CLAIMED: _("Penjual menuntut ganti rugi"),
        CancellationState.DIRECT: _("Dibatalkan pembeli"),
        CancellationState.CONSENTED: (
            _("Sisanya batal dengan persetujuan kedua pihak") if in_part else _("Batal dengan persetujuan kedua pihak")
        ),
        CancellationState.AGREED: (
            _("Sisanya batal dengan ganti rugi yang disepakati")
            if in_part
            else _("Batal dengan ganti rugi yang disepakati")
        ),
        CancellationState.REFUSED: _("Pembatalan tidak disetujui, pesanan berlanjut"),
        CancellationState.WITHDRAWN: _("Permintaan pembatalan ditarik, pesanan berlanjut"),
        CancellationState.LAPSED: _("Permintaan pembatalan tidak dijawab, pesanan berlanjut"),
    }
    side = order.seller.name if row.by_seller else buyer_name(order)
    evidence = reverse("orders:cancellation-evidence", args=[order.number, row.pk]) if row.evidence else ""
    owed = compensations.of_order(order)
    return CancellationCard(
        row=row,
        title=titles[CancellationState(row.state)],
        asker=row.asked_by.name if row.asked_by.name == side else f"{row.asked_by.name}, {side}",
        waits=row.state in WAITING,
        end=long_end(row.due_at),
        evidence=evidence,
        pays=compensation_words(row, row.ended_at or row.asked_at) if row.state == CancellationState.AGREED else "",
        compensation=owed,
        turn=compensations.late_words(owed, now) if owed is not None else "",
    )


def before_sending(order: Order) -> str:
    """What a seller should know before sending goods of which somebody asks to cancel; "" where nobody does. Reads the
    cancellations of the order."""
    waiting = waiting_of(order)
    if waiting is None:
        return ""
    if waiting.state == CancellationState.CLAIMED:
        return _("Ganti rugi Anda menunggu jawaban. Bila tetap dikirim, tuntutannya gugur.")
    if waiting.by_seller:
        return _("Anda minta dilepas dan menunggu jawaban. Bila tetap dikirim, permintaannya gugur.")
    return _("Pembeli minta batal: jawab dahulu. Bila tetap dikirim, permintaannya gugur.")


@dataclass(frozen=True)
class Figures:
    """Counted, without names of persons or shops. Each table as the component `table` wants it."""

    total: int
    accepted: int
    claims: int
    claimed: int  # whole rupiah
    by_buyer: dict[str, Any]
    by_reason: dict[str, Any]
    by_month: dict[str, Any]


CLAIM = Q(state=CancellationState.AGREED)


def figures(now: datetime) -> Figures:
    """Of orders that a seller had accepted. Four queries."""
    rows = Cancellation.objects.filter(was_accepted=True)
    counts = rows.aggregate(total=Count("pk", filter=ENDED), claims=Count("pk", filter=CLAIM), sum=_claimed())
    orders = dict(
        Order.objects.filter(accepted_at__isnull=False)
        .order_by()
        .values_list("agency__short_name")
        .annotate(count=Count("pk"))
    )
    return Figures(
        total=counts["total"],
        accepted=sum(orders.values()),
        claims=counts["claims"],
        claimed=counts["sum"] or 0,
        by_buyer=_by_buyer(rows, orders),
        by_reason=_by_reason(rows),
        by_month=_by_month(rows, now),
    )


def _claimed() -> Sum:
    return Sum("claimed", filter=CLAIM)


def _by_buyer(rows: Any, orders: dict[str | None, int]) -> dict[str, Any]:
    found = {
        row["order__agency__short_name"]: row
        for row in rows.order_by()
        .values("order__agency__short_name")
        .annotate(
            own=Count("pk", filter=ENDED & OF_BUYER),
            late=Count("pk", filter=ENDED & Q(reason=CancelReason.NOT_SENT)),
            seller=Count("pk", filter=ENDED & Q(by_seller=True)),
            claims=Count("pk", filter=CLAIM),
            sum=_claimed(),
            kept=Count("pk", filter=~ENDED & ~Q(state__in=WAITING)),
        )
    }
    names = sorted(orders, key=lambda name: (name is None, name or ""))
    head: list[dict[str, Any]] = [
        {"text": _("Pembeli")},
        {"text": _("Disanggupi"), "n": True},
        {"text": _("Diminta pembeli"), "n": True},
        {"text": _("Tidak dikirim"), "n": True},
        {"text": _("Diminta penjual"), "n": True},
        {"text": _("Ganti rugi"), "n": True},
        {"text": _("Tetap jalan"), "n": True},
        {"text": pgettext("pesanan", "Batal"), "n": True},
    ]
    return _table(head, ([_buyer(name), orders[name], *_cells(found.get(name))] for name in names))


def _buyer(name: str | None) -> str:
    return name or _("Warga dan ASN pribadi")


def _cells(row: dict[str, Any] | None) -> list[Any]:
    if row is None:
        return [0, 0, 0, 0, 0, 0]
    claims = f"{row['claims']} ({rupiah(row['sum'])})" if row["claims"] else 0
    ended = row["own"] + row["late"] + row["seller"]
    return [row["own"], row["late"], row["seller"], claims, row["kept"], ended]


def _by_reason(rows: Any) -> dict[str, Any]:
    counts = dict(rows.filter(ENDED).order_by().values_list("reason").annotate(count=Count("pk")))
    head: list[dict[str, Any]] = [{"text": _("Alasan")}, {"text": _("Pesanan batal"), "n": True}]
    return _table(head, ([str(reason.label), counts.get(reason.value, 0)] for reason in CancelReason))


def _by_month(rows: Any, now: datetime) -> dict[str, Any]:
    months = _months(clock.month_of(now))
    monthly = TruncMonth("ended_at", tzinfo=clock.ZONE)
    counts = {
        clock.local_date(row["month"]): row["count"]
        for row in rows.filter(ENDED, ended_at__gte=clock.start_of(months[-1]))
        .order_by()
        .annotate(month=monthly)
        .values("month")
        .annotate(count=Count("pk"))
    }
    head: list[dict[str, Any]] = [{"text": _("Bulan")}, {"text": _("Pesanan batal"), "n": True}]
    return _table(head, ([f"{month_words(day)} {day.year}", counts.get(day, 0)] for day in months))


def _months(last: date) -> list[date]:
    """The last twelve, the newest first."""
    found = [last]
    while len(found) < MONTHS:
        earlier = found[-1]
        found.append(date(earlier.year - (earlier.month == 1), earlier.month - 1 or 12, 1))
    return found


def _table(head: list[dict[str, Any]], rows: Iterable[list[Any]]) -> dict[str, Any]:
    """The first column names, the others count."""
    cells = [
        {
            "cells": [
                {"text": str(value), "n": n > 0, "label": head[n]["text"] if n else ""} for n, value in enumerate(row)
            ]
        }
        for row in rows
    ]
    return {"head": head, "rows": cells}
