"""What an order and its invoices put on which budget line (`procurement.budgets.charges`). Nothing is written here."""

from collections.abc import Iterable
from datetime import datetime

from orders.billing.models import Invoice
from orders.billing.states import InvoiceState
from orders.deliveries.models import DeliveryLine
from orders.orders.models import Order, OrderLine
from orders.year_end.models import CarriedCharge
from procurement.budgets import charges
from procurement.budgets.charges import Charges


def of_order(order: Order, lines: Iterable[OrderLine]) -> Charges:
    """As it was issued; `lines`: all of its lines. Nothing for a person's order."""
    if order.request is None or order.request.line_id is None:
        return {}
    main = order.request.line_id
    goods = [(line.charged_to_id or main, line.amount) for line in lines]
    return charges.of_part(goods, order.delivery_cost, main=main, cost_on=order.delivery_charged_to_id or main)


def of_invoice(invoice: Invoice, lines: Iterable[DeliveryLine], as_of: datetime | None = None) -> Charges:
    """Its gross: what was accepted of its delivery (`lines`, with their order lines), the delivery cost where it bears
    it, and of what decided disputes took off each budget line's share; on the lines of the year that pays it (`as_of`:
    as far as it was carried by then). One query of an invoice that was carried."""
    found = as_ordered(invoice, lines)
    if invoice.carried_at is None:
        return found
    rows = CarriedCharge.objects.filter(debt__delivery=invoice.delivery_id).order_by("debt")
    if as_of is not None:
        rows = rows.filter(debt__carried_at__lte=as_of)
    carried = dict(rows.values_list("from_line", "to_line"))  # of several the newest
    return charges.added({carried.get(pk, pk): amount} for pk, amount in found.items())


def as_ordered(invoice: Invoice, lines: Iterable[DeliveryLine]) -> Charges:
    """The same on the lines the order was issued on."""
    goods = [(line.order_line, line.billed) for line in lines]
    return charges.lowered(of_delivery(invoice.order, goods, invoice.delivery_cost), invoice.deduction)


def of_delivery(order: Order, came: Iterable[tuple[OrderLine, int]], cost: int) -> Charges:
    """What came of a delivery, in rupiah by order line, with the delivery cost it bears."""
    if order.request is None or order.request.line_id is None:
        return {}
    main = order.request.line_id
    goods = [(line.charged_to_id or main, amount) for line, amount in came]
    return charges.of_part(goods, cost, main=main, cost_on=order.delivery_charged_to_id or main)


def still_bound(order: Order, invoices: Iterable[Invoice]) -> Charges:
    """What an order of which nothing more is expected binds: its unpaid invoices. One query for each."""
    unpaid = [invoice for invoice in invoices if invoice.state != InvoiceState.PAID]
    return charges.added(of_invoice_read(order, invoice) for invoice in unpaid)


def of_invoice_read(order: Order, invoice: Invoice) -> Charges:
    """`of_invoice`, with the lines of its delivery read. One query."""
    invoice.order = order
    rows = DeliveryLine.objects.filter(delivery=invoice.delivery_id).select_related("order_line").order_by("pk")
    return of_invoice(invoice, rows)
