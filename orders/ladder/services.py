"""A late invoice is brought before one desk after the other: by its seller's letter, or by itself."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.services import service
from epeken.core.sweeps import sweep
from epeken.users.models import User
from orders.attestations import services as attestations
from orders.billing.models import Invoice
from orders.ladder import notices, policies, steps
from orders.ladder.models import LateStep
from orders.ladder.states import LateLevel
from orders.orders.models import Order


@service
def send_letter(*, actor: User, invoice: Invoice, level: str, now: datetime) -> LateStep:
    """The seller brings their late invoice before the desk it may go to now (`steps.letter_refusal`). Sent already, by
    them or by itself, nothing happens.

    Raises: NotAllowed, InvalidMove. Locks: Order, Invoice.
    """
    order, invoice = _locked(invoice)
    if not policies.can_send(actor, order):
        raise NotAllowed(_("Surat tentang tagihan ini dikirim oleh penjualnya."))
    rungs = steps.rungs_of(invoice, steps.steps_of_wait(invoice))
    sent = next((rung.step for rung in rungs if rung.level == level and rung.step is not None), None)
    if sent is not None:
        return sent
    if level not in LateLevel:
        raise InvalidMove()
    if refusal := steps.letter_refusal(invoice, rungs, level, now):
        raise InvalidMove(refusal)
    return _take(invoice, LateLevel(level), actor, now)


@service
def take_step(*, invoice: Invoice, now: datetime) -> LateStep:
    """The next desk hears by itself, once nobody sent its letter in time (`steps.goes_by_itself`).

    Raises: InvalidMove when nothing is due any more. Locks: Order, Invoice.
    """
    _order, invoice = _locked(invoice)
    if refusal := steps.late_refusal(invoice, now):
        raise InvalidMove(refusal)
    rung = steps.next_of(steps.rungs_of(invoice, steps.steps_of_wait(invoice)))
    if rung is None or not steps.goes_by_itself(invoice, rung.level) or not clock.is_over(rung.by_itself, now):
        raise InvalidMove()
    return _take(invoice, rung.level, None, now)


@service
def tell_again(*, now: datetime) -> int:
    """Whoever took over a desk that was told before hears of what is still unpaid, each once. How many are late."""
    late = {row.delivery_id: row for row in _late(now)}
    for step in LateStep.objects.filter(delivery__in=late).order_by("pk"):
        invoice = late[step.delivery_id]
        if step.waits_since == steps.waits_since(invoice):
            step.invoice = invoice
            notices.told_again(step, now=now)
    return len(late)


def climb(*, now: datetime) -> int:
    """Every late invoice whose next step is due goes one step on, each in a transaction. How many are late.

    Locks: Order, Invoice.
    """
    due = [row.pk for row in _late(now) if _is_due(row, now)]
    sweep(
        Invoice.objects.filter(pk__in=due).order_by("pk"),
        lambda invoice: take_step(invoice=invoice, now=now),
        failure="Invoice %s could not be brought further",
    )
    return tell_again(now=now)


def _late(now: datetime) -> list[Invoice]:
    found = Invoice.objects.late(now).select_related("order__seller", "order__agency", "delivery", "correcting")
    return list(found.order_by("pk"))


def _is_due(invoice: Invoice, now: datetime) -> bool:
    rung = steps.next_of(steps.rungs_of(invoice, steps.steps_of_wait(invoice)))
    return rung is not None and steps.goes_by_itself(invoice, rung.level) and clock.is_over(rung.by_itself, now)


def _locked(invoice: Invoice) -> tuple[Order, Invoice]:
    order = Order.objects.locked().get(pk=invoice.order_id)
    related = ("order__seller", "order__agency", "delivery")
    return order, Invoice.objects.locked().select_related(*related).get(pk=invoice.pk)


def _take(invoice: Invoice, level: LateLevel, actor: User | None, now: datetime) -> LateStep:
    day = clock.local_date(now)
    assert invoice.due_at is not None
    with translation.override("id"):  # kept as the letters say it, whoever acts
        holder = steps.holder_of(invoice, day).words
    step: LateStep = LateStep.objects.create(
        invoice=invoice,
        delivery=invoice.delivery,
        waits_since=steps.waits_since(invoice),
        level=level,
        sent_at=now,
        sent_by=actor,
        due_on=clock.last_day(invoice.due_at),
        days_late=steps.days_late(invoice, now),
        outstanding=invoice.outstanding,
        holder=holder[:300],
    )
    attestations.attest_row(invoice.order_id, step, "tell", actor=actor, now=now)
    notices.step_taken(step, now=now)
    return step
