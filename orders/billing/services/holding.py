"""An invoice is held: nobody checks, approves or pays it, and its seller knows why. Its time to be paid goes on."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import approver, notices, policies, standing, taxes, treasurer
from orders.billing.models import Invoice
from orders.billing.states import UNPAID, HoldReason
from orders.orders.models import Order

# What is wrong with the tax invoice, the account or the budget the code says; of these it does not.
EXPLAINED = (HoldReason.PAPERS, HoldReason.AMOUNT, HoldReason.OTHER)

# The fields of an invoice that nobody holds.
NOT_HELD: dict[str, Any] = {"held_at": None, "hold_reason": "", "hold_note": ""}


class InvoiceHeld(RuleBroken):
    """Nobody acts on an invoice that is held; the sentence says why it is and who goes on."""

    code = "invoice_held"

    def __init__(self, invoice: Invoice) -> None:
        text = (
            _("Tagihan ini %(reason)s. Kepala dinas dapat menarik keputusan itu di halaman akhir tahunnya.")
            if invoice.hold_reason == HoldReason.DEBT
            else _("Tagihan ini ditahan: %(reason)s. Bendahara melanjutkannya bila sudah beres.")
        )
        super().__init__(text % {"reason": standing.hold_words(invoice)})


def check_going(invoice: Invoice) -> None:
    """Raises: InvoiceHeld."""
    if invoice.held_at is not None:
        raise InvoiceHeld(invoice)


def check_no_debt(invoice: Invoice) -> None:
    """What the head acknowledged as a debt nobody else lets go on or replaces. Raises: InvoiceHeld."""
    if invoice.hold_reason == HoldReason.DEBT:
        raise InvoiceHeld(invoice)


def reasons_of(invoice: Invoice) -> list[HoldReason]:
    """Why it may be held: for a tax invoice only where PPN is collected, since no other bill has one."""
    has_ppn = taxes.is_ppn_collected(taxes.in_force(invoice.tax_lines.all()))
    never = {HoldReason.DEBT} if has_ppn else {HoldReason.DEBT, HoldReason.TAX_INVOICE}
    return [reason for reason in HoldReason if reason not in never]


@service
def hold_invoice(*, actor: User, invoice: Invoice, reason: str, note: str, now: datetime) -> Invoice:
    """The treasurer, or whoever approves its payment, holds an unpaid invoice, with a coded reason its seller reads.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    office = check_holder(actor, order, now)
    require(reason in reasons_of(invoice), _("Pilih alasannya."), field="reason", code="reason_unknown")
    note = note.strip()[:300]
    require(
        note or reason not in EXPLAINED, _("Tulis yang harus dibetulkan; penjual membacanya."), field="note",
        code="note_missing",
    )  # fmt: skip
    if invoice.state not in UNPAID:
        raise InvalidMove(_("Tagihan ini sudah dibayar atau diganti. Muat ulang halaman."))
    if invoice.held_at is not None:
        raise InvalidMove(_("Tagihan ini sudah ditahan. Muat ulang halaman."))
    move(
        invoice, "hold", actor=actor, now=now, acted_as=office, note=f"{reason}: {note}", held_at=now,
        hold_reason=reason, hold_note=note,
    )  # fmt: skip
    notices.invoice_held(invoice, order, actor=actor, now=now)
    return invoice


@service
def resume_invoice(*, actor: User, invoice: Invoice, now: datetime) -> Invoice:
    """The treasurer lets it go on from where it was held.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove. Locks: Order, Invoice.
    """
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    office = treasurer.require_role(actor, order, now)
    if invoice.state not in UNPAID or invoice.held_at is None:
        raise InvalidMove(_("Tagihan ini tidak ditahan. Muat ulang halaman."))
    check_no_debt(invoice)
    move(
        invoice, "resume", actor=actor, now=now, acted_as=office,
        reminded_for=None, **NOT_HELD,
    )  # fmt: skip
    notices.invoice_resumed(invoice, order, now=now)
    return invoice


def check_holder(actor: User, order: Order, now: datetime) -> str:
    """The office in which the person holds an invoice: the treasurer's, else the approver's. Raises: NotAllowed,
    RoleAlreadyHeld."""
    day = clock.local_date(now)
    if policies.can_pay(actor, order, day):
        return treasurer.require_role(actor, order, now)
    if policies.has_approver_role(actor, order, day):
        return approver.require_role(actor, order, now)
    if policies.has_treasurer_role(actor, order, day):
        return treasurer.require_role(actor, order, now)
    raise NotAllowed(_("Tagihan ditahan oleh bendahara dinas ini, atau pejabat yang menyetujui pembayarannya."))
