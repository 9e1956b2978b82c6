"""What both sides agreed to change of an accepted surat pesanan, and the surat pesanan as it was before."""

import copy
from collections.abc import Sequence
from datetime import datetime

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from orders.addenda.models import Addendum
from orders.documents.layout import facts
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail, addenda_of
from orders.orders.models import Order, OrderLine
from orders.orders.states import SELLER_SIDE
from orders.schedules import due
from orders.schedules import pages as schedules
from orders.schedules.models import DueDay

STEPS = {"create": "Perubahan diusulkan", "agree": "Perubahan disetujui"}
PART = "Adendum ini bagian yang tidak terpisahkan dari surat pesanan itu, dan berlaku sejak disetujui kedua pihak."
TERMS = f"Harga satuan, ongkos antar, dan ketentuan lain surat pesanan tetap. {PART}"
# Of a date on which nothing comes any more.
DROPPING = (
    "Ongkos antar tanggal yang dihapus tidak dibayar. Harga satuan, tanggal lain, dan ketentuan lain surat pesanan "
    f"tetap. {PART}"
)


def addendum_sheet(trail: Trail, document: Document) -> Paper:
    order, row = trail.order, trail.addendum
    if row is None or order.agency is None:
        raise ValueError("Both sides of a department's order agreed to no change.")
    paper = facts.base(
        document,
        title="Adendum Surat Pesanan",
        numbers=[*facts.numbers(row.number, row.office_number), f"Surat pesanan {order.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    paper.amount = row.total
    goods = sum(line.amount for line in row.lines.all())
    asked, agreed = trail.act(row, "create"), trail.act(row, "agree")
    office, seller = (agreed, asked) if row.by_seller else (asked, agreed)
    paper.data |= {
        "facts": _facts(order, row),
        "lines": [
            {
                "no": str(n),
                "name": line.order_line.name,
                "earlier": facts.quantity_of(line.order_line, line.earlier_quantity),
                "quantity": facts.quantity_of(line.order_line, line.quantity),
                "changed": line.is_changed,
                "price": rupiah(line.order_line.price),
                "amount": rupiah(line.amount),
            }
            for n, line in enumerate(row.lines.all(), 1)
        ],
        "sums": facts.total_sums(goods, row.total - goods, "Jumlah menjadi"),
        "words": facts.words(row.total),
        "delivery": _delivery(row),
        "remark": DROPPING if row.drops_date else TERMS,
        "steps": [_step(order.seller_party.name, event) for event in trail.events(row) if event.action in STEPS],
        "signs": [
            facts.signed("Penyedia", seller, _verb(seller)),
            facts.signed(facts.office(office), office, _verb(office)),
        ],
    }
    return paper


def as_issued(order: Order) -> tuple[Order, Sequence[OrderLine]]:
    """The order as its surat pesanan states it, with its lines: whatever addenda changed since."""
    lines, changed = list(order.lines.all()), addenda_of(order)
    if not changed:
        return order, lines
    first, issued = changed[0], copy.copy(order)
    issued.deliver_at, issued.total = first.earlier_deliver_at, first.earlier_total
    issued.goods_total = sum(line.earlier_amount for line in first.lines.all())
    issued.delivery_cost = first.earlier_total - issued.goods_total
    issued.delivery_place, issued.delivery_kelurahan = first.earlier_place, first.earlier_kelurahan
    earlier = {line.order_line_id: line for line in first.lines.all()}
    ordered = [copy.copy(line) for line in lines]
    for line in ordered:
        line.quantity, line.amount = earlier[line.pk].earlier_quantity, earlier[line.pk].earlier_amount
    return issued, ordered


def days_as_issued(order: Order) -> list[DueDay]:
    """The dates of its schedule as its surat pesanan states them."""
    first: dict[int | None, datetime | None] = {}
    for row in addenda_of(order):
        first.setdefault(row.due_day_id, row.earlier_day_at)
    days = [copy.copy(day) for day in due.days_of(order)]
    for day in days:
        day.deliver_at = first.get(day.pk) or day.deliver_at
    return days


def _facts(order: Order, row: Addendum) -> facts.Facts:
    return [
        ("Kegiatan", order.title),
        ("Penyedia", f"{order.seller_party.name}, {order.seller_party.owner_name}"),
        ("Tanggal surat pesanan", full_date(order.placed_at)),
        ("Diusulkan oleh", order.seller_party.name if row.by_seller else order.buyer_party.name),
        ("Alasan", row.reason),
        ("Jumlah semula", rupiah(row.earlier_total)),
        ("Jumlah menjadi", rupiah(row.total)),
        ("Disepakati", full_time(row.ended_at) if row.ended_at else ""),
    ]


def _delivery(row: Addendum) -> facts.Facts:
    """When and where: as it was and as it is, or that it stays. Of a date of a schedule, that date alone."""
    if row.due_day is not None:
        return _date(row, row.due_day)
    moment = long_time(clock.told_end(row.deliver_at))
    place = facts.address(row.place, row.kelurahan) or "–"
    if not row.moves_day:
        found = [("Tiba paling lambat", f"{moment} (tetap)")]
    else:
        found = [("Semula tiba", long_time(clock.told_end(row.earlier_deliver_at))), ("Menjadi tiba", moment)]
    if not row.moves_place:
        return [*found, ("Tempat", f"{place} (tetap)")]
    earlier = facts.address(row.earlier_place, row.earlier_kelurahan) or "–"
    return [*found, ("Semula tempat", earlier), ("Menjadi tempat", place)]


def _date(row: Addendum, day: DueDay) -> facts.Facts:
    assert row.earlier_day_at is not None
    return [
        ("Tanggal jadwal", f"pengiriman ke-{day.number}: {', '.join(schedules.goods_of(day, facts.quantity_of))}"),
        ("Semula tiba", long_time(clock.told_end(row.earlier_day_at))),
        ("Menjadi tiba", long_time(clock.told_end(row.day_at)) if row.day_at else "dihapus, tidak ada yang dikirim"),
        ("Tempat", f"{day.place or facts.address(row.place, row.kelurahan) or '–'} (tetap)"),
        ("Tanggal lain", "tetap"),
    ]


def _verb(act: Event | None) -> str:
    return {"create": "Diusulkan", "agree": "Disetujui"}[act.action] if act else ""


def _step(shop: str, event: Event) -> dict[str, str]:
    side = shop if event.acted_as == SELLER_SIDE else facts.office(event)
    return {
        "at": full_time(event.at),
        "what": STEPS[event.action],
        "who": f"{event.actor_name}, {side}",
        "note": event.note or "–",
    }
