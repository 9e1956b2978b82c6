"""A checked invoice's payment is approved by the head (PA/KPA) or the PPK, many at once; or it goes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import DomainError, InvalidMove, require
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import approver, notices, policies, standing
from orders.billing.models import Invoice, InvoiceEvent
from orders.billing.services.hindrances import check_unhindered
from orders.billing.states import UNPAID, InvoiceState
from orders.documents import services as documents
from orders.orders.models import Order


@dataclass(frozen=True)
class NotApproved:
    """A chosen invoice that was not approved, and why: a sentence."""

    invoice: Invoice
    why: str


@dataclass(frozen=True)
class Approved:
    """What came of one act. `left_out` kept their state."""

    invoices: list[Invoice]
    left_out: list[NotApproved]


@service
def approve_payments(*, actor: User, chosen: Mapping[int, int], key: str, now: datetime) -> Approved:
    """The approver lets the treasurer pay the chosen invoices. `chosen`: by pk the number of the last event of each
    when the page showed it (`with_stamp`); one that changed since is left out and named, as is one that may not be
    approved now or not by this person. The others are approved. The same key approves once.

    Raises: NotAllowed, RuleBroken. Locks: Order, Invoice.
    """
    who = f"user:{actor.pk}"
    body = {"approve": sorted(chosen.items())}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return _approved_before(actor, chosen)
    require(chosen, _("Pilih paling sedikit satu tagihan."), field="chosen", code="nothing_chosen")
    found = Invoice.objects.filter(pk__in=chosen)
    # The order of locks: all orders, then their invoices.
    orders = {row.pk: row for row in Order.objects.locked().filter(pk__in=found.values("order_id"))}
    invoices = list(Invoice.objects.locked().filter(pk__in=chosen))
    seen = dict(Invoice.objects.filter(pk__in=chosen).with_stamp().values_list("pk", "stamp"))
    approved, left_out, offices = [], [], {}
    for invoice in invoices:
        invoice.order = order = orders[invoice.order_id]
        is_changed = seen[invoice.pk] != chosen[invoice.pk]
        try:
            offices[invoice.pk] = _check_approve(actor, invoice, order, now, is_changed=is_changed)
        except DomainError as error:
            if not policies.has_approver_role(actor, order, clock.local_date(now)):
                raise  # of a department that is none of theirs not even the number is told
            left_out.append(NotApproved(invoice, error.message))
        else:
            approved.append(invoice)
    for invoice in approved:
        move(
            invoice, "approve", actor=actor, now=now, acted_as=offices[invoice.pk], approved_at=now, approver=actor,
            reminded_for=None,
        )  # fmt: skip
        notices.payment_approved(invoice, now=now)
    documents.ensure_each({row.order.pk: row.order for row in approved}.values(), now)
    idempotency.settle(person=who, key=key, result=str(len(approved)))
    return Approved(approved, left_out)


def _approved_before(actor: User, chosen: Mapping[int, int]) -> Approved:
    """What the same act did when it came first."""
    rows = InvoiceEvent.objects.filter(invoice__in=chosen, action="approve", actor=actor)
    done = {row.invoice_id for row in rows if row.sequence > chosen[row.invoice_id]}
    invoices = list(Invoice.objects.filter(pk__in=chosen).select_related("order").order_by("pk"))
    left = [NotApproved(row, _changed(row)) for row in invoices if row.pk not in done]
    return Approved([row for row in invoices if row.pk in done], left)


@service
def return_invoice(*, actor: User, invoice: Invoice, reason: str, now: datetime) -> Invoice:
    """The approver sends a checked invoice back to the treasurer, and says why.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    office = approver.require_role(actor, order, now)
    reason = reason.strip()[:300]
    require(reason, _("Tulis yang harus dibetulkan bendahara."), field="reason", code="reason_missing")
    if invoice.state != InvoiceState.VERIFIED:
        raise InvalidMove(_changed(invoice))
    move(
        invoice, "return", actor=actor, now=now, acted_as=office, note=reason, verified_at=None, verifier=None,
        return_reason=reason, reminded_for=None,
    )  # fmt: skip
    invoice.order = order
    notices.invoice_returned(invoice, reason, now=now)
    return invoice


def _check_approve(actor: User, invoice: Invoice, order: Order, now: datetime, *, is_changed: bool) -> str:
    office = approver.require_role(actor, order, now)
    is_held = invoice.state in UNPAID and invoice.held_at is not None  # said before that it changed, with the reason
    if not is_held and (is_changed or invoice.state != InvoiceState.VERIFIED):
        raise InvalidMove(_changed(invoice))
    check_unhindered(invoice, order)
    return office


def _changed(invoice: Invoice) -> str:
    """Where the invoice stands now."""
    state = standing.words_of(invoice) if invoice.state in UNPAID else str(invoice.get_state_display())
    return _("Berubah sejak halaman ini dibuka. Sekarang: %(state)s.") % {"state": state}
