"""How much a decision may still give: off an invoice, in goods, or of money that was paid. Reads only."""

from decimal import Decimal

from django.db.models import Sum

from orders.billing import deductions
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.remedies.models import Remedy

ZERO = Decimal(0)


def invoice_of(delivery: Delivery) -> Invoice | None:
    """The one in force."""
    return Invoice.objects.live().filter(delivery=delivery).first()


def deductible(delivery: Delivery) -> int:
    """Whole rupiah: what is still payable for the delivery, with what was decided before."""
    invoice = invoice_of(delivery)
    if invoice is not None:
        return deductions.still_payable(invoice)
    if delivery.state == DeliveryState.REJECTED:
        return 0
    decided = Remedy.objects.pending_deductions().filter(delivery=delivery).aggregate(sum=Sum("amount"))["sum"] or 0
    worth = sum(line.price_of(came(line)) for line in delivery.lines.select_related("order_line"))
    return max(worth - decided, 0)


def refundable(delivery: Delivery) -> int:
    """Whole rupiah a person paid for the delivery and nobody was told to return."""
    invoice = invoice_of(delivery)
    if invoice is None or delivery.order.agency_id is not None:
        return 0
    decided = Remedy.objects.refunds().standing().filter(delivery=delivery).aggregate(sum=Sum("amount"))["sum"] or 0
    return max(invoice.paid - decided, 0)


def came(line: DeliveryLine) -> Decimal:
    """What came of it, as far as anybody counted."""
    if line.accepted is not None:
        return line.accepted
    return line.sent if line.arrived is None else line.arrived


def is_short(line: DeliveryLine) -> bool:
    """Counted, and not all of it accepted: the rest is not invoiced."""
    return line.refused > 0


def replaceable(line: DeliveryLine) -> Decimal:
    """What came of it and is not to be replaced yet. Of goods that were counted and are not handed over yet, nothing
    while some were found bad: those are not invoiced, and "replaced without a new invoice" would give them away."""
    if is_short(line) and line.delivery.state == DeliveryState.INSPECTED:
        return ZERO
    decided = Remedy.objects.replacements().standing().filter(delivery=line.delivery_id, order_line=line.order_line_id)
    return max(came(line) - (decided.aggregate(sum=Sum("quantity"))["sum"] or ZERO), ZERO)
