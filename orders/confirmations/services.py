"""A seller confirms the BAST of a delivery or the receipt of a payment, or objects. All under the order's lock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.services import service
from epeken.core.states import move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from orders.billing import treasurer
from orders.confirmations import notices, policies, rules
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import ConfirmationState
from orders.disputes import services as disputes
from orders.documents import build
from orders.documents import services as documents
from orders.documents.models import Document
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.orders.states import SELLER_SIDE


@service
def confirm(*, actor: User, row: SellerConfirmation, edition: int, now: datetime) -> SellerConfirmation:
    """The seller signs the edition of the BAST or the kuitansi that the page showed (`edition`, its pk), and a new one
    states it. A second click finds it done.

    Raises: NotAllowed, InvalidMove. Locks: Order.
    """
    order, row = _locked(row)
    check_seller(actor, order)
    if row.state == ConfirmationState.CONFIRMED:
        return row
    _check_stands(row)
    shown = SellerConfirmation.objects.with_edition().values_list("edition", flat=True).get(pk=row.pk)
    document = Document.objects.filter(pk=shown).first()
    if document is None or document.pk != edition:
        raise InvalidMove(_("Dokumennya berubah sejak halaman ini dibuka. Muat ulang halaman, baca, lalu konfirmasi."))
    move(
        row, "confirm", actor=actor, now=now, acted_as=SELLER_SIDE, changed_at=now, said="",
        trace_due_at=None, climbs_at=None, document=document,
        sha256=document.stated_sha256 or build.stated_sha256(document),
    )  # fmt: skip
    documents.ensure_documents(order, now)
    notices.confirmed(row, order, now=now)
    return row


@service
def object_to_bast(
    *, actor: User, row: SellerConfirmation, complaint: str, photos: Sequence[Any] = (), now: datetime
) -> SellerConfirmation:
    """The seller does not agree with what the BAST says: a complaint is opened, which stops payment until it is
    decided. Where all was paid before, the objection is the seller's word on the BAST: it opens nothing and moves no
    money, and those who can have the payment reversed are told. A second click finds it done.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order, row = _locked(row)
    check_seller(actor, order)
    if row.state == ConfirmationState.OBJECTED:
        return row
    if row.delivery is None:
        raise InvalidMove()
    _check_objects(row, order)
    said = complaint.strip()[:300]
    if policies.is_complaint(order):
        disputes.open_dispute(actor=actor, order=order, complaint=complaint, photos=photos, now=now)
        note = ""  # a complaint tells its own words
    else:
        require(said, _("Tulis apa yang keliru di BAST."), field="complaint", code="objection_missing")
        note = said
    move(
        row, "object", actor=actor, now=now, acted_as=SELLER_SIDE, changed_at=now, note=note, said=said
    )  # fmt: skip
    documents.ensure_documents(order, now)
    if note:
        notices.objected_after_payment(row, order, now=now)
    return row


@service
def deny_receipt(*, actor: User, row: SellerConfirmation, note: str, now: datetime) -> SellerConfirmation:
    """Money that was recorded as sent did not come: the treasurer looks for it within some working days, the head and
    the inspectorate see it. A second click finds it done.

    Raises: NotAllowed, InvalidMove. Locks: Order.
    """
    order, row = _locked(row)
    check_seller(actor, order)
    if row.state == ConfirmationState.OBJECTED:
        return row
    if row.payment is None:
        raise InvalidMove()
    _check_objects(row, order)
    due = clock.due_after_working_days(now, rules.TRACE.on(clock.local_date(now)))
    move(
        row, "object", actor=actor, now=now, acted_as=SELLER_SIDE, changed_at=now, trace_due_at=due,
        climbs_at=due, escalations=0, note=note.strip()[:300], said=note.strip()[:300],
    )  # fmt: skip
    documents.ensure_documents(order, now)
    notices.money_missing(row, order, now=now)
    return row


@service
def answer_missing(*, actor: User, row: SellerConfirmation, note: str, now: datetime) -> SellerConfirmation:
    """The treasurer found that the money was sent, and says how; the seller is asked again. A payment that was wrong is
    reversed instead. A second click finds it done.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order.
    """
    order, row = _locked(row)
    office = treasurer.require_role(actor, order, now)
    _check_stands(row)
    if row.payment is None or row.state != ConfirmationState.OBJECTED:
        raise InvalidMove(_("Pembayaran ini tidak ditanyakan lagi. Muat ulang halaman."))
    note = note.strip()
    require(note, _("Tulis hasil pemeriksaan di bank. Penjual membacanya."), field="note", code="note_missing")
    due = clock.due_after_working_days(now, rules.RECEIPT.on(clock.local_date(now)))
    move(
        row, "answer", actor=actor, now=now, acted_as=office, note=note[:300], said=note[:300], changed_at=now,
        due_at=due, trace_due_at=None, climbs_at=None, reminded_for=None,
    )  # fmt: skip
    documents.ensure_documents(order, now)
    notices.missing_answered(row, order, note=note[:300], now=now)
    return row


@service
def climb(*, row: SellerConfirmation, now: datetime) -> SellerConfirmation:
    """The treasurer did not answer about money that did not come: the head is told, and after as long again the
    inspectorate. What the seller said and the treasurer's end stay as they are.

    Raises: InvalidMove when it is not due any more. Locks: Order.
    """
    order, row = _locked(row)
    if not SellerConfirmation.objects.unanswered(now).filter(pk=row.pk).exists():
        raise InvalidMove()
    told = row.escalations + 1
    days = rules.TRACE.on(clock.local_date(now))
    after = clock.due_after_working_days(now, days) if told < len(notices.ASKED_IN_TURN) else None
    move(row, "climb", actor=None, now=now, escalations=told, climbs_at=after)
    notices.money_unanswered(row, order, now=now)
    return row


def climb_overdue(*, now: datetime) -> int:
    """Each in a transaction; how many. Locks: Order."""
    return sweep(
        SellerConfirmation.objects.unanswered(now).select_related("order").order_by("climbs_at"),
        lambda row: climb(row=row, now=now),
        failure="The treasurer's silence about money of order %s could not be passed on",
    )


@service
def lapse(*, row: SellerConfirmation, now: datetime) -> SellerConfirmation:
    """The seller said nothing until the end: the paper says so, and nothing else changes.

    Raises: InvalidMove when it is not due any more. Locks: Order.
    """
    order, row = _locked(row)
    if not _overdue(now).filter(pk=row.pk).exists():
        raise InvalidMove()
    move(row, "lapse", actor=None, now=now, changed_at=now)
    documents.ensure_documents(order, now)
    return row


def lapse_overdue(*, now: datetime) -> int:
    """Each in a transaction; how many. Locks: Order."""
    return sweep(
        _overdue(now).select_related("order").order_by("due_at"),
        lambda row: lapse(row=row, now=now),
        failure="The silence of the seller of order %s could not be noted",
    )


def _overdue(now: datetime) -> Any:
    """An undecided dispute stops the clock."""
    return SellerConfirmation.objects.waiting().undisputed().filter(clock.over("due_at", now))


def check_seller(actor: User, order: Order) -> None:
    """Refuses whoever does not act for the shop. Raises: NotAllowed."""
    if not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(_("Hanya penjual pesanan ini yang dapat mengonfirmasinya."))


def _check_objects(row: SellerConfirmation, order: Order) -> None:
    """Raises: InvalidMove."""
    refusal = policies.objection_refusal(row, order)
    if refusal:
        raise InvalidMove(refusal)


def _check_stands(row: SellerConfirmation) -> None:
    if row.state == ConfirmationState.VOID:
        raise InvalidMove(_("Pembayaran ini sudah dibatalkan, jadi tidak dikonfirmasi lagi. Muat ulang halaman."))


def _locked(row: SellerConfirmation) -> tuple[Order, SellerConfirmation]:
    """The order locked, and the row as it stands under that lock."""
    order = Order.objects.locked().select_related("seller", "agency").get(pk=row.order_id)
    found = SellerConfirmation.objects.select_related("payment__invoice", "delivery").get(pk=row.pk)
    found.order = order
    return order, found
