"""What both sides agreed when an accepted order, or what was left of it, was cancelled."""

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from orders.cancellations.compensation import compensation_words
from orders.cancellations.models import Cancellation
from orders.cancellations.states import CancellationState
from orders.documents.layout import facts
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail, agreed_cancellation
from orders.orders.states import SELLER_SIDE

STEPS = {
    "create": "Pembatalan diminta",
    "claim": "Ganti rugi dituntut",
    "consent": "Disetujui tanpa ganti rugi",
    "agree": "Disetujui dengan ganti rugi",
}


def cancellation_sheet(trail: Trail, document: Document) -> Paper:
    order = trail.order
    row = agreed_cancellation(order)
    if row is None or order.agency is None:
        raise ValueError("Both sides of a department's order agreed to nothing.")
    paper = facts.base(
        document,
        title="Kesepakatan Pembatalan",
        numbers=[f"Surat pesanan {order.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    asked = trail.act(row, "create")
    ended = trail.act(row, "agree") or trail.act(row, "consent")
    claim = trail.act(row, "claim") if row.state == CancellationState.AGREED else None
    # The department signs what it asked or agreed last, the seller what they asked, claimed or let go.
    office, seller = (asked, claim or ended) if not row.by_seller else (ended, asked)
    if row.state == CancellationState.AGREED:
        office = ended
    paper.data |= {
        "facts": _facts(trail, row),
        "lines": [
            {
                "no": str(n),
                "name": line.name,
                "ordered": facts.quantity_of(line, line.quantity),
                "sent": facts.quantity_of(line, line.sent_quantity),
                "cancelled": facts.quantity_of(line, line.unsent_quantity),
            }
            for n, line in enumerate(order.lines.all(), 1)
        ],
        "claim": _claim(row),
        "remark": compensation_words(row, row.ended_at or row.asked_at)
        if row.claimed
        else "Tidak ada ganti rugi. Tidak ada yang dibayar untuk yang dibatalkan.",
        "steps": [_step(order.seller_party.name, event) for event in trail.events(row) if event.action in STEPS],
        "signs": [
            facts.signed("Penyedia", seller, _verb(seller)),
            facts.signed(facts.office(office), office, _verb(office)),
        ],
    }
    return paper


def _facts(trail: Trail, row: Cancellation) -> facts.Facts:
    order = trail.order
    pairs = [
        ("Kegiatan", order.title),
        ("Penyedia", f"{order.seller_party.name}, {order.seller_party.owner_name}"),
        ("Tanggal surat pesanan", full_date(order.placed_at)),
        ("Tiba paling lambat", long_time(clock.told_end(order.deliver_at))),
        ("Diminta oleh", order.seller_party.name if row.by_seller else order.buyer_party.name),
        ("Alasan", str(row.get_reason_display())),
        ("Nomor keputusan", row.decree),
        ("Penjelasan", row.note),
        ("Nilai yang dibatalkan", rupiah(row.amount)),
        ("Disepakati", full_time(row.ended_at) if row.ended_at else ""),
    ]
    return [(label, value) for label, value in pairs if value]


def _claim(row: Cancellation) -> facts.Facts:
    if row.claimed is None:
        return []
    return [
        ("Ganti rugi", rupiah(row.claimed)),
        ("Terbilang", facts.words(row.claimed)),
        ("Dipakai untuk", row.spent_on),
        ("Bukti", "Tersimpan di e-Peken, halaman pesanan" if row.evidence else "Tidak dilampirkan"),
    ]


def _verb(act: Event | None) -> str:
    done = {"create": "Diminta", "claim": "Dituntut", "consent": "Disetujui", "agree": "Disetujui"}
    return done[act.action] if act else ""


def _step(shop: str, event: Event) -> dict[str, str]:
    side = shop if event.acted_as == SELLER_SIDE else facts.office(event)
    return {
        "at": full_time(event.at),
        "what": STEPS[event.action],
        "who": f"{event.actor_name}, {side}",
        "note": event.note or "–",
    }
