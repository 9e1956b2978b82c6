"""How much a decision may still give: off an invoice, in goods, or of money that was paid. Reads only."""

from decimal import Decimal

from django.db.models import Q, Sum

from orders.billing import deductions
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.remedies.models import Remedy

ZERO = Decimal(0)


def invoice_of(delivery: Delivery) -> Invoice | None:
    """The one in force."""
    return Invoice.objects.live().filter(delivery=delivery).first()


def invoices_of(delivery: Delivery) -> list[Invoice]:
    """Those in force of the delivery and of what came in its place: all that its goods are paid by."""
    own = Q(delivery=delivery) | Q(delivery__remedy__delivery=delivery)
    return list(Invoice.objects.live().filter(own).select_related("delivery").order_by("pk"))


def deductible(delivery: Delivery) -> int:
    """Whole rupiah: what is still payable for the delivery, with what was decided before. Goods that came again have
    something of their own only where they have an invoice of their own."""
    invoice = invoice_of(delivery)
    if invoice is not None:
        return deductions.still_payable(invoice)
    if delivery.state == DeliveryState.REJECTED or delivery.remedy_id is not None:
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
    """How much of it may be decided to come again: of goods not counted yet what was sent; of counted ones those that
    were refused, where some were, since those accepted are what the buyer keeps; of goods handed over what was accepted
    of them, or since in their place. Without what is to come again already. What comes in place of others is judged
    with those."""
    delivery = line.delivery
    if delivery.remedy_id is not None:
        return ZERO
    decided = Remedy.objects.awaited().filter(delivery=delivery.pk, order_line=line.order_line_id)
    if delivery.state != DeliveryState.ACCEPTED:
        most = line.refused if is_short(line) else line.sent
        return max(most - sum((remedy.left for remedy in decided), ZERO), ZERO)
    again = DeliveryLine.objects.filter(
        delivery__remedy__delivery=delivery, delivery__state=DeliveryState.ACCEPTED, order_line=line.order_line_id
    )
    most = line.invoiced + sum((row.invoiced for row in again), ZERO)
    return max(most - sum((remedy.invoiced_left for remedy in decided), ZERO), ZERO)
