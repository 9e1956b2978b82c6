"""What a decision gave is fulfilled: the seller returns money, the buyer says whether it came, silence and the city's
officer have a result too; goods that come again are a delivery. All under the order's lock; an undecided dispute stops
all of it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.files import uploads
from epeken.core.services import service
from epeken.core.states import move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.disputes import deadlines, rules
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.orders.next_step import is_to_fulfil
from orders.orders.services import agreement
from orders.orders.states import SELLER_SIDE
from orders.remedies import granting, notices, policies
from orders.remedies.models import Remedy
from orders.remedies.states import CITY, RemedyKind, RemedyState


@service
def record_refund(*, actor: User, remedy: Remedy, told: str, proof: Any, now: datetime) -> Remedy:
    """The seller has returned the money, with proof. Goods are sent (`deliveries.services.ship_again`).

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order, remedy = _locked(remedy)
    if not policies.can_fulfil(actor, order):
        raise NotAllowed(_("Hanya penjual pesanan ini yang mencatat uang yang dikembalikan."))
    _check_runs(order)
    if not is_to_fulfil(remedy) or remedy.kind != RemedyKind.REFUND:
        raise InvalidMove()
    told = told.strip()
    require(proof, _("Unggah bukti pengembalian, foto atau PDF."), field="proof", code="proof_missing")
    folder = f"papers/{order.number.lower()}"
    stored = uploads.store_private_document(proof, user=actor, folder=folder, field="proof")
    days = rules.CONFIRM.on(clock.local_date(now))
    move(
        remedy, "record", actor=actor, now=now, note=told, acted_as=_office(order, SELLER_SIDE), told=told[:200],
        recorded_by=actor, recorded_at=now, waits_since=now, due_at=clock.due_after_working_days(now, days),
        proof=stored.name, proof_type=stored.content_type, proof_sha256=stored.sha256,
    )  # fmt: skip
    notices.recorded(remedy, now=now)
    documents.ensure_documents(order, now)
    return remedy


@service
def confirm(*, actor: User, remedy: Remedy, now: datetime) -> Remedy:
    """The buyer says that the money is there. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order."""
    order, remedy = _locked(remedy)
    _check_buyer(actor, order)
    return _end(remedy, order, "confirm", actor=actor, now=now)


@service
def contest(*, actor: User, remedy: Remedy, objection: str, now: datetime) -> Remedy:
    """The buyer says that it is not: the city's officer rules. Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: Order."""
    order, remedy = _locked(remedy)
    _check_buyer(actor, order)
    objection = objection.strip()
    require(objection, _("Tulis apa yang tidak benar."), field="objection", code="objection_missing")
    move(
        remedy, "contest", actor=actor, now=now, note=objection[:300],
        objection=objection[:300], waits_since=now, due_at=None, **deadlines.given(now, ends=True),
    )  # fmt: skip
    notices.contested(remedy, now=now)
    documents.ensure_documents(order, now)
    return remedy


@service
def rule(*, actor: User, remedy: Remedy, upheld: bool, ruling: str, now: datetime) -> Remedy:
    """The city's officer says whether the seller did what was decided; if not, they owe it again with a new time.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order, remedy = _locked(remedy)
    check_rule(actor, remedy, order, now)
    ruling = ruling.strip()
    require(ruling, _("Tulis dasar putusannya. Kedua pihak membacanya."), field="ruling", code="ruling_missing")
    if upheld:
        return _end(remedy, order, "uphold", actor=actor, now=now, acted_as=_office(order, CITY), ruling=ruling[:300])
    due = clock.due_after_working_days(now, rules.REFUND.on(clock.local_date(now)))
    move(
        remedy, "return", actor=actor, now=now, note=ruling[:300], acted_as=_office(order, CITY), ruling=ruling[:300],
        waits_since=now, due_at=due, **deadlines.NONE,
    )  # fmt: skip
    notices.returned(remedy, now=now)
    documents.ensure_documents(order, now)
    return remedy


@service
def pass_due(*, remedy: Remedy, now: datetime) -> Remedy:
    """The end of a remedy passed. The buyer said nothing about money that was returned: it counts as done. The seller
    did nothing: money takes the place of goods that did not come right; money to be returned stays owed, and the city's
    officers see it.

    Raises: InvalidMove. Locks: BudgetLine, Order, Delivery, Invoice, Commitment.
    """
    lines = agreement.lock_budget(remedy.order)
    order = Order.objects.locked().get(pk=remedy.order_id)
    list(Delivery.objects.locked().filter(pk=remedy.delivery_id))
    list(Invoice.objects.locked().live().filter(order=order))
    remedy = Remedy.objects.select_related("delivery", "order_line", "dispute").get(pk=remedy.pk)
    remedy.order = remedy.delivery.order = order
    if not clock.is_over(remedy.due_at, now) or disputes_policies.is_disputed(order):
        raise InvalidMove()
    if remedy.state == RemedyState.RECORDED:
        return _end(remedy, order, "assume", actor=None, now=now)
    if remedy.kind == RemedyKind.REFUND:
        move(remedy, "fall_due", actor=None, now=now, waits_since=now, due_at=None)
        notices.overdue(remedy, now=now)
        return remedy
    given = granting.lapse(remedy, order, lines, now=now)
    notices.lapsed(remedy, given, now=now)
    documents.ensure_documents(order, now)
    return remedy


def pass_overdue(*, now: datetime) -> int:
    """Remedies whose end passed, each in its own transaction; how many. Safe in parallel. Locks: as pass_due."""
    late = Remedy.objects.filter(clock.over("due_at", now), state__in=(RemedyState.OWED, RemedyState.RECORDED))
    return sweep(
        late.undisputed().select_related("order").order_by("due_at", "pk"),
        lambda remedy: pass_due(remedy=remedy, now=now),
        failure="What was decided about order %s could not fall due",
    )


@service
def pass_on(*, remedy: Remedy, now: datetime) -> Remedy:
    """The city's officer did not rule in time on what the buyer contests: others are told, and at last what the seller
    recorded stands.

    Raises: InvalidMove when it is not due any more. Locks: Order.
    """
    order, remedy = _locked(remedy)
    if not Remedy.objects.unheard(now).filter(pk=remedy.pk).exists():
        raise InvalidMove()
    if clock.is_over(remedy.ends_at, now):
        return _end(remedy, order, "stand", actor=None, now=now)
    move(remedy, "climb", actor=None, now=now, **deadlines.climbed(remedy, now))
    notices.not_ruled(remedy, now=now)
    return remedy


def pass_on_overdue(*, now: datetime) -> int:
    """Everything contested on which nobody ruled in time, each in its own transaction; how many. Locks: Order."""
    return sweep(
        Remedy.objects.unheard(now).select_related("order").order_by("climbs_at", "pk"),
        lambda remedy: pass_on(remedy=remedy, now=now),
        failure="The city's silence about what is contested of order %s could not be passed on",
    )


def check_rule(actor: User, remedy: Remedy, order: Order, now: datetime) -> None:
    """Raises: NotAllowed, InvalidMove, RuleBroken."""
    if not disputes_policies.can_decide(actor):
        raise NotAllowed(_("Bantahan diputus oleh petugas kota."))
    if disputes_policies.is_party(actor, order, clock.local_date(now)):
        raise NotAllowed(
            _("Anda salah satu pihak pesanan ini atau mengurus toko pemilik penjualnya. Minta petugas lain.")
        )
    _check_runs(order)
    if remedy.state != RemedyState.CONTESTED:
        raise InvalidMove()


def _locked(remedy: Remedy) -> tuple[Order, Remedy]:
    """The order locked, and the remedy as it stands under that lock."""
    order = Order.objects.locked().get(pk=remedy.order_id)
    found = Remedy.objects.select_related("delivery", "order_line__product", "dispute").get(pk=remedy.pk)
    found.order = order
    return order, found


def _check_runs(order: Order) -> None:
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)


def _check_buyer(actor: User, order: Order) -> None:
    if not policies.can_confirm(actor, order):
        raise NotAllowed(_("Uang kembali dibenarkan oleh pembelinya."))
    _check_runs(order)


def _office(order: Order, office: str) -> str:
    return office if order.agency_id is not None else ""


def _end(
    remedy: Remedy,
    order: Order,
    action: str,
    *,
    actor: User | None,
    now: datetime,
    acted_as: str = "",
    ruling: str = "",
) -> Remedy:
    """It counts as done."""
    more = {"ruling": ruling} if ruling else {}
    move(remedy, action, actor=actor, now=now, note=ruling, acted_as=acted_as, ended_at=now, due_at=None, **more)
    notices.ended(remedy, actor=actor, now=now)
    documents.ensure_documents(order, now)
    return remedy
