"""An invoice found wrong before it is paid is void, and another takes its place."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.services import service
from epeken.users.models import User
from orders.billing import replacing, treasurer
from orders.billing.models import Invoice
from orders.billing.services import holding
from orders.billing.states import UNPAID
from orders.disputes import policies as disputes_policies
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.tax_deposits.models import DepositedTax


@service
def reissue_invoice(*, actor: User, invoice: Invoice, reason: str, now: datetime) -> Invoice:
    """The invoice is void and its delivery is invoiced again: the same goods and due time, the seller's tax facts and
    account of today.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    office = treasurer.require_role(actor, order, now)
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    reason = reason.strip()
    require(reason, _("Tulis apa yang keliru pada tagihan ini."), field="reason", code="reason_missing")
    if invoice.state not in UNPAID:
        raise InvalidMove()
    holding.check_no_debt(invoice)
    if invoice.paid:
        raise RuleBroken(
            _("Tagihan ini sudah dibayar sebagian, jadi tidak dapat diganti. Lunasi sisanya."), code="already_paid"
        )
    deposit = DepositedTax.objects.live().filter(invoice=invoice).first()
    if deposit is not None:  # the bill in its place would ask for the same tax again
        raise RuleBroken(
            _(
                "Pajak tagihan ini sudah disetor dengan NTPN %(ntpn)s. Tarik catatan setorannya dahulu, lalu catat "
                "untuk tagihan penggantinya."
            )
            % {"ntpn": deposit.ntpn},
            code="tax_deposited",
        )
    return replacing.replace_invoice(invoice, order, reason=reason, actor=actor, acted_as=office, now=now)
