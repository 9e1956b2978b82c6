"""A recorded payment of a compensation is reversed: the treasurer asks, the head of the department releases.

As of a bill (`orders/reversals`): no payment is changed or deleted, what was sent stays visible, and it is recorded
anew from the line that bears it. All under the order's lock.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Min
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from orders.attestations import services as attestations
from orders.billing import treasurer
from orders.compensations import notices
from orders.compensations.models import Compensation, CompensationPayment, CompensationReversal
from orders.compensations.states import REVERSAL_REASONS, CompensationState
from orders.documents.models import Attachment
from orders.orders.models import Order
from orders.reversals import asking
from orders.reversals import rules as reversals_rules
from procurement.budgets import services as budgets
from procurement.budgets.models import BudgetLine


@service
def ask_compensation_reversal(
    *,
    actor: User,
    payment: CompensationPayment,
    reason: str,
    note: str,
    key: str,
    now: datetime,
    returned_on: date | None = None,
    proof: Any = None,
) -> CompensationReversal:
    """The treasurer says that a recorded payment is wrong, or that its money came back; the head decides. Until then
    it stands. The same key asks once.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order.
    Source: PP 71/2010 lampiran I.03 (PSAP 02) on corrections of spending, as for a bill.
    """
    who, note = f"user:{actor.pk}", note.strip()
    body = {"reverse_compensation": payment.pk, "reason": reason, "note": note, "returned_on": returned_on}
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return CompensationReversal.objects.get(pk=earlier)
    order, found, payment = _locked(payment)
    office = treasurer.require_role(actor, order, now)
    asking.check_not_asked(payment)
    _check_possible(payment, found, now)
    asking.check_somebody_decides(order, actor, (payment.recorded_by_id,), now)
    asked = asking.fields_of_request(
        payment, actor=actor, reason=reason, reasons=REVERSAL_REASONS, note=note, returned_on=returned_on, proof=proof,
        folder=f"compensations/{found.number.lower()}", now=now,
    )  # fmt: skip
    made: CompensationReversal = CompensationReversal.objects.create(payment=payment, **asked)
    begin(made, actor=actor, now=now, acted_as=office, note=made.note)
    notices.reversal_asked(made, found, now=now)
    idempotency.settle(person=who, key=key, result=str(made.pk))
    return made


@service
def release_compensation_reversal(
    *, actor: User, reversal: CompensationReversal, key: str, now: datetime
) -> CompensationReversal:
    """The head confirms: the payment counts no longer, its amount is bound on its line again and waits to be paid, or
    to be recorded rightly where its money was sent. The same key releases once.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine, Order.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"release_compensation": reversal.pk}) is not None:
        return CompensationReversal.objects.get(pk=reversal.pk)
    lines = {line.pk: line for line in BudgetLine.objects.locked().filter(pk=reversal.payment.line_id)}
    order, found, payment = _locked(reversal.payment)
    row = CompensationReversal.objects.get(pk=reversal.pk)  # moves under the order's lock alone
    office = asking.office_of_decider(actor, row, (payment.recorded_by_id,), order, now)
    asking.check_waits(row)
    _check_possible(payment, found, now)
    move(row, "release", actor=actor, now=now, acted_as=office, decided_by=actor, ended_at=now)
    move(
        found, "reverse", actor=actor, now=now, acted_as=office, note=payment.reference, paid_on=None, paid_at=None,
        reversed_at=now, reminded_for=None, correcting=payment if row.is_misrecorded else None,
        due_at=_due(found, now) if row.is_misrecorded else found.due_at,
    )  # fmt: skip
    budgets.reverse_realised(lines=lines, reference=found.number, document=found.number, actor=actor, now=now)
    _take_out_of_file(payment, order, row, actor, now)
    notices.taken_back(row, found, now=now)
    idempotency.settle(person=who, key=key, result=str(row.pk))
    return row


@service
def refuse_compensation_reversal(
    *, actor: User, reversal: CompensationReversal, note: str, now: datetime
) -> CompensationReversal:
    """The head says no, and why: the payment stands, and may be asked about again.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order.
    """
    order, found, payment = _locked(reversal.payment)
    row = CompensationReversal.objects.get(pk=reversal.pk)
    office = asking.office_of_decider(actor, row, (payment.recorded_by_id,), order, now)
    asking.check_waits(row)
    note = asking.refusal_words(note)
    move(row, "refuse", actor=actor, now=now, acted_as=office, note=note, answer=note, decided_by=actor, ended_at=now)
    notices.reversal_ended(row, found, actor=actor, now=now)
    return row


@service
def withdraw_compensation_reversal(
    *, actor: User, reversal: CompensationReversal, note: str, now: datetime
) -> CompensationReversal:
    """A treasurer of the department takes the request back, and says why.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order.
    """
    order, found, _payment = _locked(reversal.payment)
    row = CompensationReversal.objects.get(pk=reversal.pk)
    office = treasurer.require_role(actor, order, now)
    asking.check_waits(row)
    note = asking.withdrawal_words(note)
    move(row, "withdraw", actor=actor, now=now, acted_as=office, note=note, answer=note, ended_at=now)
    notices.reversal_ended(row, found, actor=actor, now=now)
    return row


def _check_possible(payment: CompensationPayment, found: Compensation, now: datetime) -> None:
    if found.state != CompensationState.PAID:
        raise InvalidMove(_("Ganti rugi ini tidak tercatat dibayar. Muat ulang halaman."))
    asking.check_books_open(payment, now)


def _due(found: Compensation, now: datetime) -> datetime:
    """Money that was sent is not late while its record is corrected. Counted from the first such reversal, so that
    reversing and recording again and again gains no time."""
    first = CompensationReversal.objects.corrections().filter(payment__compensation=found)
    since = first.aggregate(first=Min("ended_at"))["first"] or now
    days = reversals_rules.CORRECTED_WITHIN.on(clock.local_date(since))
    return max(found.due_at, clock.due_after_working_days(since, days))


def _take_out_of_file(
    payment: CompensationPayment, order: Order, row: CompensationReversal, actor: User, now: datetime
) -> None:
    """Its proof leaves the papers that hold, and stays in the store: the pack has it among what was taken back."""
    with translation.override("id"):  # kept as the file says it, whoever decides
        why = f"Pembayarannya dibatalkan: {row.get_reason_display()}"
    for attachment in Attachment.objects.filter(order=order, file=payment.proof, removed_at__isnull=True):
        Attachment.objects.filter(pk=attachment.pk).update(removed_at=now, removed_by=actor, removal_note=why)
        attestations.attest_row(order.pk, attachment, "take_out", actor=actor, now=now)


def _locked(payment: CompensationPayment) -> tuple[Order, Compensation, CompensationPayment]:
    """The order locked; compensation and payment, with its reversal, as they stand under that lock."""
    order = Order.objects.locked().get(pk=payment.compensation.order_id)
    found: Compensation = Compensation.objects.with_page().get(pk=payment.compensation_id)
    return order, found, CompensationPayment.objects.with_reversal().get(pk=payment.pk)
