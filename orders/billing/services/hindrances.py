"""What stops the payment of an invoice whoever acts: it is held, disputed, goods come again in its place, or the shop
denies its account."""

from orders.billing import payee
from orders.billing.models import Invoice
from orders.billing.services import holding
from orders.disputes import policies as disputes_policies
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.remedies.errors import ReplacementAwaited
from orders.remedies.models import Remedy


def check_unhindered(invoice: Invoice, order: Order) -> None:
    """For whoever approves or pays, with Order and Invoice locked. What goods that come again leave to be paid is
    known when they have a result. Raises: RuleBroken."""
    holding.check_going(invoice)
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    awaited = Remedy.objects.holding_payment().of_invoice(invoice).order_by("due_at").first()
    if awaited is not None:
        raise ReplacementAwaited(awaited.due_at)
    payee.check_not_held(invoice)
