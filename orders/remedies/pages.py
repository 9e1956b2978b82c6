"""What pages say about what a seller owes by a decision: a sentence, how far it is, and what this person may do."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_end, long_time
from epeken.users.models import User
from orders.deliveries.models import Delivery
from orders.disputes import terms
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeState
from orders.disputes.terms import DisputeTerms
from orders.orders.models import Order
from orders.orders.next_step import dispute_of, is_to_fulfil
from orders.remedies import policies, rooms
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState
from umkm.catalogue.states import Unit


@dataclass(frozen=True)
class RemedyCard:
    """One remedy. `state`: how far it is, with its day; `fulfils` and `checks`: what this person may do now."""

    remedy: Remedy
    words: str
    state: str
    kind: str  # of its tag: done, now, no
    proof: str  # address, "" without one
    shipments: list[Delivery]  # of goods sent again, oldest first
    fulfils: bool
    checks: bool

    @property
    def is_goods(self) -> bool:
        return self.remedy.kind == RemedyKind.REPLACEMENT


@dataclass(frozen=True)
class DecisionCard:
    """A decided dispute: what was decided in the words of whoever did, and what it came to."""

    dispute: Dispute
    words: str
    remedies: list[RemedyCard]

    @property
    def is_lapsed(self) -> bool:
        return self.dispute.state == DisputeState.LAPSED


def decisions_of(order: Order, user: User, now: datetime) -> list[DecisionCard]:
    """Newest first. Reads the disputes and remedies of the order, which the page prefetches."""
    by_dispute: dict[int, list[Remedy]] = {}
    for remedy in order.remedies.all():
        by_dispute.setdefault(remedy.dispute_id, []).append(remedy)
    decided = [dispute for dispute in order.disputes.all() if not dispute.is_undecided]
    return [
        DecisionCard(
            dispute=dispute,
            words="" if by_dispute.get(dispute.pk) or not dispute.outcome else terms.words("", terms.NOTHING),
            remedies=[_card(remedy, order, user, now) for remedy in by_dispute.get(dispute.pk, [])],
        )
        for dispute in sorted(decided, key=lambda dispute: -dispute.pk)
    ]


def decided_before(delivery: Delivery, shop: str) -> list[str]:
    """What was decided about goods that are still to be inspected, for whoever inspects them; of goods that come again
    the decision they come by."""
    if delivery.remedy is not None:
        return [words_of(delivery.remedy, shop)]
    found = delivery.remedies.standing().select_related("delivery", "order_line")
    return [words_of(remedy, shop) for remedy in found]


def words_of(remedy: Remedy, shop: str) -> str:
    """What was decided, as it stands now; the day of goods that come again is told by `state_words`."""
    found = DisputeTerms(remedy.kind, remedy.delivery, remedy.order_line, remedy.quantity, remedy.amount)
    return terms.words(shop, found, refused=remedy.refused, refunded=_refunded(remedy))


def _refunded(remedy: Remedy) -> int:
    """Asked of refusals alone, which say it."""
    return rooms.refunded_by(remedy.dispute) if remedy.kind == RemedyKind.REFUSAL else 0


def _card(remedy: Remedy, order: Order, user: User, now: datetime) -> RemedyCard:
    runs = dispute_of(order) is None
    proof = reverse("orders:remedy-proof", args=[order.number, remedy.pk]) if remedy.proof else ""
    waits = remedy.state == RemedyState.RECORDED
    return RemedyCard(
        remedy=remedy,
        words=words_of(remedy, order.seller.name),
        state=state_words(remedy),
        kind=_kind(remedy),
        proof=proof,
        shipments=[delivery for delivery in order.deliveries.all() if delivery.remedy_id == remedy.pk],
        fulfils=runs and is_to_fulfil(remedy) and policies.can_fulfil(user, order),
        checks=runs and waits and policies.can_confirm(user, order),
    )


def _kind(remedy: Remedy) -> str:
    if remedy.state in (RemedyState.LAPSED, RemedyState.OVERDUE, RemedyState.CONTESTED):
        return "no"
    return "now" if remedy.state in (RemedyState.OWED, RemedyState.SENT, RemedyState.RECORDED) else "done"


def state_words(remedy: Remedy) -> str:
    """Whose turn it is until when, or how it ended."""
    state, due = RemedyState(remedy.state), remedy.due_at
    if state == RemedyState.OWED and remedy.kind == RemedyKind.DEDUCTION:
        return _("Berlaku pada tagihannya sesudah serah terima.")
    if state == RemedyState.OWED and remedy.order_line is not None and due is not None:
        return _owed_words(remedy, due)
    if state == RemedyState.OWED and due is not None:
        return _("Giliran penjual: kembalikan paling lambat %(end)s.") % {"end": long_end(due)}
    if state == RemedyState.SENT:
        return _("Sudah dikirim. Dihitung dan diperiksa pembeli seperti kiriman lain.")
    if state == RemedyState.RECORDED and due is not None:
        return _("Giliran pembeli: periksa paling lambat %(end)s. Bila tidak dijawab, dianggap diterima.") % {
            "end": long_end(due)
        }
    if state == RemedyState.CONTESTED:
        return _contested_words(remedy)
    told = str(state.label)
    return f"{told}, {long_time(remedy.ended_at)}." if remedy.ended_at else f"{told}."


def _contested_words(remedy: Remedy) -> str:
    """Until when the city rules, and what its silence means."""
    told = _("Giliran petugas kota: pembeli membantah.")
    if remedy.decide_due_at is None or remedy.ends_at is None:
        return told
    ends = {"due": long_end(remedy.decide_due_at), "end": long_end(remedy.ends_at)}
    then = _("Batas putusannya %(due)s. Bila sampai %(end)s tidak diputus, catatan penjual berlaku.")
    return f"{told} {then % ends}"


def _owed_words(remedy: Remedy, due: datetime) -> str:
    """Goods that are to come again: how many still, and what silence of the seller means."""
    assert remedy.order_line is not None
    said = {"end": long_end(due), "goods": Unit(remedy.order_line.unit).counted(remedy.left)}
    told = (
        _("Giliran penjual: kirim %(goods)s lagi paling lambat %(end)s.")
        if remedy.came
        else _("Giliran penjual: kirim paling lambat %(end)s.")
    )
    then = (
        _("Bila tidak, nilainya dipotong atau dikembalikan.")
        if remedy.invoiced_left
        else _("Bila tidak, barangnya tidak ditunggu lagi dan tetap tidak ditagih.")
    )
    return f"{told % said} {then}"
