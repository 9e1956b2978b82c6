"""A disagreement about a delivery: opened by one side, answered by the other, decided. It pauses the other clocks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.files import uploads
from epeken.core.i18n.times import long_date
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from orders.billing import approving
from orders.deliveries import overruling, refusing
from orders.disputes import clocks, deadlines, notices, policies, rules, terms
from orders.disputes.models import Dispute, DisputeOffer, DisputePhoto
from orders.disputes.states import DisputeOutcome, DisputeState
from orders.disputes.terms import DisputeTerms
from orders.documents import services as documents
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import SELLER_SIDE
from orders.remedies import granting
from orders.remedies.states import CITY, RemedyKind
from procurement.agencies.policies import acting_as, memberships
from procurement.agencies.states import OfficerRole


@service
def open_dispute(
    *, actor: User, order: Order, complaint: str, photos: Sequence[Any] = (), wish: str = "", now: datetime
) -> Dispute:
    """One side says and shows what is wrong with the delivery; silence, BAST and payment wait until it is decided.

    `wish`: what a buyer asks for, of what the order still allows.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order = Order.objects.locked().get(pk=order.pk)
    day = clock.local_date(now)
    check_open(actor, order, day)
    require(complaint.strip(), _("Tulis apa yang tidak sesuai."), field="complaint", code="complaint_missing")
    is_seller = orders_policies.is_seller_of(actor, order)
    allowed = [""] if is_seller else ["", *terms.outcomes_of(order)]
    require(wish in allowed, _("Pilih yang Anda minta."), field="wish", code="wish_unknown")
    dispute = Dispute.objects.create(
        order=order,
        wish=wish,
        opened_by=actor,
        opened_by_seller=is_seller,
        complaint=complaint.strip()[:1000],
        opened_at=now,
        due_at=clock.due_after_working_days(now, rules.ANSWER.on(day)),
    )
    begin(dispute, actor=actor, now=now, acted_as=_side(actor, order, now))
    _keep_photos(dispute, photos, actor=actor, of_answer=False, now=now)
    notices.dispute_opened(dispute, now=now)
    return dispute


@service
def answer_dispute(
    *,
    actor: User,
    dispute: Dispute,
    answer: str,
    photos: Sequence[Any] = (),
    now: datetime,
    offer: DisputeTerms = terms.NOTHING,
) -> Dispute:
    """The other side answers, and may offer an outcome with figures, which whoever complained may take: a seller what
    they give, a buyer that goods count as accepted.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order, Dispute.
    """
    order = Order.objects.locked().get(pk=dispute.order_id)
    dispute = Dispute.objects.locked().get(pk=dispute.pk)
    check_answer(actor, dispute, order, now)
    require(answer.strip(), _("Tulis jawaban Anda."), field="answer", code="answer_missing")
    _check_offer(actor, dispute, order, offer, clock.local_date(now))
    offer = terms.check(order, offer, now)
    move(
        dispute, "answer", actor=actor, now=now, acted_as=_side(actor, order, now), answered_at=now,
        answer=answer.strip()[:1000], **(_given(dispute, now) if dispute.decide_due_at is None else {}),
    )  # fmt: skip
    _keep_photos(dispute, photos, actor=actor, of_answer=True, now=now)
    if offer.delivery is not None:
        DisputeOffer.objects.create(
            dispute=dispute,
            outcome=offer.outcome,
            delivery=offer.delivery,
            order_line=offer.line,
            quantity=offer.quantity,
            amount=offer.amount,
            until=offer.until,
        )
    notices.dispute_answered(dispute, now=now)
    return dispute


@service
def pass_unanswered(*, dispute: Dispute, now: datetime) -> Dispute:
    """Nobody answered in time: the city's officer is to decide, on what the complaint says.

    Raises: InvalidMove when it is not due any more. Locks: Order, Dispute.
    """
    related = ("seller", "agency", "buyer", "issuer", "request__requester")
    order = Order.objects.locked().select_related(*related).get(pk=dispute.order_id)
    dispute = Dispute.objects.locked().get(pk=dispute.pk)
    dispute.order = order
    if (
        dispute.state != DisputeState.OPENED
        or dispute.unanswered_at is not None
        or not clock.is_over(dispute.due_at, now)
    ):
        raise InvalidMove()
    move(dispute, "pass", actor=None, now=now, unanswered_at=now, **_given(dispute, now))
    notices.dispute_unanswered(dispute, now=now)
    return dispute


def pass_overdue(*, now: datetime) -> int:
    """Every dispute that was not answered in time, each in a transaction. How many.

    Locks: Order, Dispute.
    """
    return sweep(
        Dispute.objects.unanswered(now).select_related("order").order_by("due_at"),
        lambda dispute: pass_unanswered(dispute=dispute, now=now),
        failure="The dispute of order %s could not pass to the city",
    )


@service
def climb(*, dispute: Dispute, now: datetime) -> Dispute:
    """It is not decided in time: those who decide hear of it, then the head of the department and the inspectorate.

    Raises: InvalidMove when it is not due any more. Locks: Order.
    """
    order = Order.objects.locked().select_related("seller", "agency", "buyer").get(pk=dispute.order_id)
    dispute = _unheard(dispute, order, now)
    if clock.is_over(dispute.ends_at, now):
        raise InvalidMove()
    move(dispute, "climb", actor=None, now=now, **deadlines.climbed(dispute, now))
    notices.dispute_not_decided(dispute, now=now)
    return dispute


@service
def lapse(*, dispute: Dispute, now: datetime) -> Dispute:
    """A buyer's complaint that nobody decided ends: nothing is owed by it, and what it stopped runs on.

    Raises: InvalidMove when it is not due any more. Locks: Order, Delivery, Invoice.
    """
    stopped = clocks.lock(dispute.order_id)
    dispute = _unheard(dispute, stopped.order, now)
    if not clock.is_over(dispute.ends_at, now):
        raise InvalidMove()
    move(dispute, "lapse", actor=None, now=now, decided_at=now, outcome=DisputeOutcome.NOTHING)
    clocks.run_on(stopped, dispute, now, pays_later=dispute.opened_by_seller)
    documents.ensure_documents(stopped.order, now)
    notices.dispute_lapsed(dispute, now=now)
    return dispute


def pass_on_overdue(*, now: datetime) -> int:
    """Every dispute that is not decided in time, each in a transaction. How many. Locks: as lapse."""
    return sweep(
        Dispute.objects.unheard(now).select_related("order").order_by("climbs_at"),
        lambda dispute: (lapse if clock.is_over(dispute.ends_at, now) else climb)(dispute=dispute, now=now),
        failure="The city's silence about the dispute of order %s could not be passed on",
    )


def _unheard(dispute: Dispute, order: Order, now: datetime) -> Dispute:
    """As it stands under the order's lock. Raises: InvalidMove."""
    found = Dispute.objects.unheard(now).filter(pk=dispute.pk).first()
    if found is None:
        raise InvalidMove()
    found.order = order
    return found


def _given(dispute: Dispute, now: datetime) -> dict[str, Any]:
    """The times of the city's officer: only what a buyer complains of ends by silence."""
    return deadlines.given(now, ends=not dispute.opened_by_seller)


@service
def decide_dispute(
    *, actor: User, dispute: Dispute, decision: str, now: datetime, given: DisputeTerms = terms.NOTHING
) -> Dispute:
    """Settled: by the person who opened it, or decided by the city's officer. What it comes to (`given`) takes effect,
    and paused clocks run on for what was left.

    The officer decides any outcome, a seller who opened it may give what the seller owes by it, and either side takes
    what the other offered as it stands, or nothing. Whoever takes an offer may write nothing: the offer is the record.
    Goods of the buyer are refused by whoever receives them, never by the seller alone.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Delivery, Invoice, Commitment, TurnoverMonth,
    Product.
    """
    lines = agreement.lock_budget(dispute.order)
    stopped = clocks.lock(dispute.order_id, given.delivery)
    order = stopped.order
    dispute = Dispute.objects.select_related("offer").get(pk=dispute.pk)  # moves under the order's lock alone
    dispute.order = order
    check_decide(actor, dispute, order, clock.local_date(now))
    if not dispute.is_undecided:
        raise InvalidMove()
    written = decision.strip()[:1000]
    said = _("Tulis hasilnya, misalnya apa yang disepakati.")
    require(written or _is_taken(actor, dispute, given), said, field="decision", code="decision_missing")
    _check_choice(actor, dispute, order, given, clock.local_date(now))
    given = terms.check(order, given, now)
    side = _side(actor, order, now)
    move(
        dispute, "decide", actor=actor, now=now, acted_as=side, decided_at=now,
        decision=written or terms.record(order, given), outcome=given.outcome,
    )  # fmt: skip
    gives = given.outcome != DisputeOutcome.NOTHING
    pays_later = gives or dispute.opened_by_seller or policies.can_decide(actor)
    clocks.run_on(stopped, dispute, now, pays_later=pays_later)
    approving.drop(order, actor=actor, now=now, acted_as=side)
    remedy = granting.grant(order, lines, dispute, given, actor=actor, now=now, acted_as=side)
    granted = [remedy] if remedy is not None else []
    if remedy is not None and remedy.kind == RemedyKind.ACCEPTANCE:
        overruling.overrule(remedy, order, lines, actor=actor, acted_as=side, now=now)
    if remedy is not None and remedy.kind == RemedyKind.REFUSAL:
        granted += refusing.refuse(remedy, order, lines, actor=actor, acted_as=side, now=now)
    documents.ensure_documents(order, now)
    due = next((one.due_at for one in granted if one.due_at is not None), None)
    notices.dispute_decided(dispute, given, due=due, written=written, now=now)
    return dispute


def check_open(actor: User, order: Order, day: date) -> None:
    """Refuses a person, or an order, that no dispute is opened by or about. Raises: NotAllowed, InvalidMove."""
    if not policies.can_dispute(actor, order, day):
        raise NotAllowed(_("Keluhan diajukan oleh pemesan, penerima barang atau penjual pesanan ini."))
    last = policies.complains_until(order)
    if not policies.is_open_to(actor, order, day) and last is not None:
        said = (
            _("Pesanan ini selesai. Waktu mengeluh bagi pembelinya berakhir %(day)s.")
            if day > last
            else _("Pesanan ini selesai. Pembelinya bisa mengeluh sampai %(day)s.")
        )
        raise InvalidMove(said % {"day": long_date(last)})
    if not policies.is_open_to(actor, order, day) or not policies.is_about_something(order):
        raise InvalidMove(
            _("Keluhan diajukan sesudah barang tiba, atau tentang tuntutan ganti rugi, dan sebelum pesanan selesai.")
        )
    if order.disputes.undecided().exists():
        raise InvalidMove(_("Masih ada keluhan yang belum selesai pada pesanan ini."))
    if policies.was_left_undecided(actor, order):
        raise InvalidMove(
            _("Keluhan dinas berakhir tanpa putusan. Keluhan baru diajukan sesudah ada barang yang tiba lagi.")
        )


def check_answer(actor: User, dispute: Dispute, order: Order, now: datetime) -> None:
    """Refuses whoever is not asked, and a second answer. Raises: NotAllowed, InvalidMove."""
    if not is_other_side(actor, dispute, order, now):
        raise NotAllowed(_("Keluhan dijawab oleh pihak yang lain."))
    if dispute.state != DisputeState.OPENED:
        raise InvalidMove(_("Keluhan ini sudah dijawab."))


def check_decide(actor: User, dispute: Dispute, order: Order, day: date) -> None:
    """Refuses whoever neither opened it nor decides for the city, and an officer with a part in it.

    Raises: NotAllowed.
    """
    decider = policies.can_decide(actor)
    if not decider and not policies.can_settle(actor, dispute, order, day):
        raise NotAllowed(_("Keluhan diselesaikan oleh yang mengajukannya atau diputus oleh petugas kota."))
    if decider and policies.is_party(actor, order, day):
        raise NotAllowed(
            _("Anda salah satu pihak pesanan ini atau mengurus toko pemilik penjualnya. Minta petugas lain.")
        )


def _keep_photos(dispute: Dispute, photos: Sequence[Any], *, actor: User, of_answer: bool, now: datetime) -> None:
    for stored in uploads.store_private_images(photos, user=actor, folder=f"disputes/{dispute.order.number.lower()}"):
        DisputePhoto.objects.create(
            dispute=dispute,
            of_answer=of_answer,
            file=stored.name,
            content_type=stored.content_type,
            size=stored.size,
            sha256=stored.sha256,
            uploaded_by=actor,
            uploaded_at=now,
        )


def _check_offer(actor: User, dispute: Dispute, order: Order, offer: DisputeTerms, day: date) -> None:
    """A seller offers what they give, a buyer that goods count as accepted. Raises: NotAllowed."""
    if offer.outcome == DisputeOutcome.NOTHING:
        return
    if dispute.opened_by_seller != (offer.outcome == DisputeOutcome.ACCEPTANCE):
        raise NotAllowed(_("Penjual menawarkan yang ia beri, pembeli menawarkan bahwa barangnya dihitung diterima."))
    if dispute.opened_by_seller and not policies.can_accept(actor, order, day):
        raise NotAllowed(_("Barang dihitung diterima oleh pembelinya; untuk dinas oleh penerima barang yang ditunjuk."))


def _check_choice(actor: User, dispute: Dispute, order: Order, given: DisputeTerms, day: date) -> None:
    """Whoever settles takes nothing, or what the other side offered as it stands; a seller may give something.
    Raises: NotAllowed."""
    if policies.can_decide(actor) or given.outcome == DisputeOutcome.NOTHING:
        return
    is_refusal = given.outcome == DisputeOutcome.REFUSAL
    if _is_taken(actor, dispute, given):
        if is_refusal and not policies.can_accept(actor, order, day):
            raise _not_received_by_them()
        return
    if is_refusal and dispute.opened_by_seller:
        raise _not_received_by_them()
    if given.outcome == DisputeOutcome.ACCEPTANCE:
        raise NotAllowed(
            _(
                "Barang dihitung diterima bila pembeli menawarkannya dalam jawaban, atau diputus petugas kota. Tunggu "
                "putusannya, atau nyatakan selesai tanpa itu."
            )
        )
    if not dispute.opened_by_seller:
        raise NotAllowed(
            _(
                "Potongan, penggantian, dan uang kembali berlaku bila penjual menawarkannya dalam jawaban, atau "
                "diputus petugas kota. Tunggu putusannya, atau nyatakan selesai tanpa itu."
            )
        )


def _not_received_by_them() -> NotAllowed:
    return NotAllowed(
        _(
            "Barang yang sudah diterima ditolak oleh pembelinya, untuk dinas oleh penerima barang yang ditunjuk, atau "
            "menurut putusan petugas kota. Tunggu putusannya, atau nyatakan selesai tanpa itu."
        )
    )


def _is_taken(actor: User, dispute: Dispute, given: DisputeTerms) -> bool:
    """Whether a side takes what the other offered, as it stands; the city's officer decides, and says why."""
    offer = terms.offer_of(dispute)
    return not policies.can_decide(actor) and offer is not None and given == terms.of_offer(offer)


def _side(actor: User, order: Order, now: datetime) -> str:
    """The side or office of a department's order that documents state; "" in a person's order."""
    if order.agency_id is None:
        return ""
    if orders_policies.is_seller_of(actor, order):
        return SELLER_SIDE
    day = clock.local_date(now)
    roles = memberships(actor, order.agency_id, day)
    return next((acting_as(actor, order.agency_id, role, day) for role in OfficerRole if role in roles), CITY)


def is_other_side(actor: User, dispute: Dispute, order: Order, now: datetime) -> bool:
    """Whether this person stands on the side that did not open the dispute."""
    if dispute.opened_by_seller:
        day = clock.local_date(now)
        return orders_policies.is_buyer_of(actor, order) or orders_policies.is_officer_of(actor, order, day)
    return orders_policies.is_seller_of(actor, order)
