"""What disputes of an order came to, with figures, and who did what about it."""

from collections.abc import Sequence
from typing import Any

from epeken.core.i18n.times import full_date, full_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from orders.disputes import terms
from orders.disputes.models import Dispute, DisputePhoto
from orders.disputes.states import DisputeOutcome, DisputeState
from orders.disputes.terms import DisputeTerms
from orders.documents.layout import facts, photos
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail, decided_disputes
from orders.orders.models import Order
from orders.orders.states import SELLER_SIDE
from orders.remedies.models import Remedy
from orders.remedies.states import CITY, RemedyKind, RemedyState

STEPS = {
    "create": "Keluhan diajukan",
    "answer": "Keluhan dijawab",
    "pass": "Tidak dijawab sampai batasnya, diteruskan ke petugas kota",
    "climb": "Belum diputus sampai batasnya",
    "decide": "Keluhan diputus",
    "lapse": "Tidak diputus sampai batas",
}
REMEDY_STEPS = {
    "apply": "Tagihan dipotong",
    "count": "Barang dihitung diterima",
    "reject": "Barang ditolak dan dikembalikan ke penyedia",
    "lower": "Potongan tagihan berkurang: barangnya ditolak",
    "refuse": "Yang akan diganti ternyata ditolak: ditagih bila penggantinya diterima",
    "send": "Pengganti dikirim",
    "unsend": "Catatan kirim pengganti ditarik penjual: belum berangkat",
    "come": "Pengganti diterima",
    "fall_short": "Pengganti belum semuanya baik",
    "miss": "Pengganti tidak datang",
    "void": "Gugur: barangnya tidak diterima, jadi tidak ditagih",
    "record": "Pengembalian dicatat penjual",
    "confirm": "Dibenarkan penerima",
    "assume": "Dianggap diterima: batas pemeriksaan lewat tanpa jawaban",
    "contest": "Dibantah penerima",
    "uphold": "Dinyatakan terpenuhi",
    "return": "Dinyatakan belum terpenuhi",
    "climb": "Bantahan belum diputus sampai batasnya",
    "stand": "Bantahan tidak diputus sampai batas: catatan penjual berlaku",
    "lapse": "Tidak dipenuhi sampai batas waktu",
    "fall_due": "Batas pengembalian lewat",
}

# What a decision or a handover leads to.
BY_ITSELF = ("apply", "count", "reject", "lower", "refuse", "void", "come", "fall_short", "miss")


def decision_sheet(trail: Trail, document: Document) -> Paper:
    order = trail.order
    decided = decided_disputes(order, trail.as_of)
    if order.agency_id is None or not decided:
        raise ValueError("No dispute of a department's order was decided.")
    paper = facts.base(
        document,
        title="Keputusan Keluhan",
        numbers=[f"Surat pesanan {order.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    paper.data |= {
        "facts": [
            ("Kegiatan", order.title),
            ("Penyedia", f"{order.seller_party.name}, {order.seller_party.owner_name}"),
            ("Tanggal surat pesanan", full_date(order.placed_at)),
        ],
        "disputes": [_dispute(trail, dispute, n, paper) for n, dispute in enumerate(decided, 1)],
        "remark": _remark(order),
        "signs": [],
    }
    return paper


def _remark(order: Order) -> str:
    """What decisions mean for the bill; of goods that count as accepted, or are refused, where a decision says so."""
    said = [
        "Potongan mengurangi tagihan dan dasar pengenaan pajaknya; barang pengganti ditagih hanya bila yang digantinya "
        "ditolak dan belum ditagih."
    ]
    if any(remedy.kind == RemedyKind.ACCEPTANCE for remedy in order.remedies.all()):
        said.append("Barang yang dihitung diterima ditagih menurut keputusan ini, bukan menurut pemeriksaan.")
    if any(remedy.kind == RemedyKind.REFUSAL for remedy in order.remedies.all()):
        said.append("Barang yang ditolak menurut keputusan ini tidak dibayar, walaupun semula diterima.")
    return " ".join([*said, "Tindakan di atas dicatat secara elektronik oleh yang namanya tertulis."])


def _dispute(trail: Trail, dispute: Dispute, count: int, paper: Paper) -> dict[str, Any]:
    order = trail.order
    shop = order.seller_party.name
    remedies = [remedy for remedy in order.remedies.all() if remedy.dispute_id == dispute.pk]
    steps = [_step(shop, event, STEPS[event.action], _said(dispute, event)) for event in _events(trail, dispute, STEPS)]
    for remedy in remedies:
        steps += [
            _step(shop, event, REMEDY_STEPS[event.action], event.note or _figure(remedy, event))
            for event in _events(trail, remedy, REMEDY_STEPS)
        ]
    return {
        "title": f"Keluhan ke-{count}",
        "facts": [
            ("Diajukan oleh", shop if dispute.opened_by_seller else order.buyer_party.name),
            ("Hasil", "; ".join(_result(remedy, shop, remedies) for remedy in remedies) or _nothing(dispute, shop)),
        ],
        "steps": steps,
        "photos": [
            *photos.put(paper, _photos(dispute, of_answer=False), "Foto keluhan"),
            *photos.put(paper, _photos(dispute, of_answer=True), "Foto jawaban"),
        ],
    }


def _nothing(dispute: Dispute, shop: str) -> str:
    said = terms.words(shop, terms.NOTHING)
    return f"Tidak diputus sampai batas. {said}" if dispute.state == DisputeState.LAPSED else said


def _photos(dispute: Dispute, *, of_answer: bool) -> list[DisputePhoto]:
    return [photo for photo in dispute.photos.all() if photo.of_answer == of_answer]


def _events(trail: Trail, noun: Dispute | Remedy, told: dict[str, str]) -> list[Event]:
    return [event for event in trail.events(noun) if event.action in told]


def _result(remedy: Remedy, shop: str, remedies: Sequence[Remedy]) -> str:
    """`remedies`: of its dispute."""
    given = DisputeTerms(
        DisputeOutcome(remedy.kind), remedy.delivery, remedy.order_line, remedy.quantity, remedy.amount
    )
    refunded = sum(one.amount for one in remedies if one.kind == RemedyKind.REFUND)
    said = terms.words(shop, given, refused=remedy.refused, refunded=refunded)
    if remedy.kind in (RemedyKind.REPLACEMENT, RemedyKind.ACCEPTANCE, RemedyKind.REFUSAL):
        said += f" Nilainya {rupiah(remedy.amount)}."
    if remedy.follows_id is not None:
        is_refused = any(one.kind == RemedyKind.REFUSAL for one in remedies)
        said += " Untuk barang yang ditolak." if is_refused else " Menggantikan barang yang tidak datang dengan baik."
    if remedy.applied is not None and remedy.applied != remedy.amount:
        said += f" Yang dipotong {rupiah(remedy.applied)}, sebesar yang masih harus dibayar."
    if remedy.state == RemedyState.VOID:
        said += " Gugur."
    return said


def _said(dispute: Dispute, event: Event) -> str:
    said = {"create": dispute.complaint, "answer": dispute.answer, "decide": dispute.decision}
    return said.get(event.action, "")


def _figure(remedy: Remedy, event: Event) -> str:
    return rupiah(remedy.applied or 0) if event.action == "apply" else "–"


def _step(shop: str, event: Event, what: str, note: str) -> dict[str, str]:
    return {"at": full_time(event.at), "what": what, "who": _who(shop, event), "note": note or "–"}


def _who(shop: str, event: Event) -> str:
    if event.actor_id is None or event.action in BY_ITSELF:
        return "e-Peken, otomatis"
    side = {SELLER_SIDE: shop, CITY: "Petugas kota"}.get(event.acted_as) or facts.office(event)
    return f"{event.actor_name}, {side}"
