"""The result of a delivery: amounts, BAST and invoice, goods out of stock. Used by the services of deliveries alone."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import require
from epeken.core.numbers import next_number
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import deductions
from orders.billing.services import invoices
from orders.confirmations import asking
from orders.deliveries import result_notices
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.documents import services as documents
from orders.orders.models import Order, OrderLine
from orders.orders.services import completion
from orders.orders.states import OrderState
from orders.remedies import results
from orders.tax_invoices import notices as tax_invoices
from orders.year_end import debts
from procurement.agencies.policies import acting_as
from procurement.agencies.states import OfficerRole
from procurement.numbering.numbers import take_number
from procurement.numbering.patterns import NUMBER_LENGTH
from procurement.numbering.states import NumberedPaper
from umkm.returns import services as returns
from umkm.stock import services as stock

ZERO = Decimal(0)
ACCEPTED_BY = {
    DeliveryState.INSPECTED: "accept", DeliveryState.ARRIVED: "assume", DeliveryState.MISSED: "overrule",
}  # fmt: skip


def check_unused(order: Order, office_number: str) -> None:
    """No other BAST of the department bears the number. Raises: RuleBroken. Called with the Agency locked."""
    written = Delivery.objects.filter(
        order__agency=order.agency_id, office_number__iexact=office_number[:NUMBER_LENGTH]
    )
    earlier = written.select_related("order").first()
    require(
        earlier is None,
        _("Nomor ini sudah dipakai %(bast)s untuk %(order)s. Tulis nomor lain, atau kosongkan.")
        % {"bast": earlier and earlier.bast_number, "order": earlier and earlier.order.number},
        field="office_number",
        code="number_used",
    )


def conclude(
    delivery: Delivery,
    order: Order,
    *,
    actor: User | None,
    office_number: str,
    now: datetime,
    acted_as: str | None = None,
) -> Delivery:
    """BAST and invoice of what was accepted, or counts as accepted because nobody inspected it in time or a decision
    says so; rejected when nothing of the delivery was. Goods that came again for some that are on an invoice make no
    other one. `acted_as`: of the actor, where they do not act for the receiver.

    Locks: Commitment, TurnoverMonth, Product; called with BudgetLine, Order and Delivery locked.
    """
    lines = list(delivery.lines.select_related("order_line__product").order_by("order_line__product_id"))
    results.cover(delivery, lines)
    office = receiver_office(order, actor, now) if acted_as is None else acted_as
    is_paid = _write_amounts(lines, is_late=delivery.state == DeliveryState.MISSED)
    if not is_paid and (delivery.remedy_id is None or not any(line.kept for line in lines)):
        move(delivery, "reject", actor=actor, now=now, acted_as=office, rejected_at=now)
        deductions.settle_refused(delivery, actor=actor, now=now)
        results.conclude(delivery, lines, actor=actor, now=now)
        completion.complete_order(order=order, actor=actor, now=now)
        is_held = order.state != OrderState.CLOSED  # closing let go of everything itself
        _put_aside(lines, order, delivery, is_held=is_held, actor=actor, now=now)
        if is_held:
            result_notices.delivery_rejected(delivery, now=now)
        documents.ensure_documents(order, now)
        return delivery
    _add_accepted(order, lines)
    day = clock.local_date(now)
    number, before = next_number("BAST", day.year), delivery.state
    if not office_number:
        office_number = take_number(order.agency, NumberedPaper.BAST, day)
    move(
        delivery,
        ACCEPTED_BY[DeliveryState(delivery.state)],
        actor=actor,
        now=now,
        acted_as=office,
        accepted_at=now,
        bast_number=number,
        office_number=office_number[:NUMBER_LENGTH],
    )
    asking.ask_for_bast(delivery, order, now)
    results.conclude(delivery, lines, actor=actor, now=now)
    invoice = invoices.issue_invoice(delivery=delivery, now=now) if is_paid else None
    completion.complete_order(order=order, actor=actor, now=now)
    _hand_over(lines, order, delivery, actor=actor, now=now)
    result_notices.delivery_accepted(delivery, invoice, before=before, now=now)
    if invoice is not None:
        tax_invoices.ask(invoice, now)
        if order.agency_id is not None:
            debts.follow(order, now)
    documents.ensure_documents(order, now)
    return delivery


def receiver_office(order: Order, actor: User | None, now: datetime) -> str:
    """Only a department's receiver acts in an office that documents state."""
    if actor is None or order.agency_id is None:
        return ""
    return acting_as(actor, order.agency_id, OfficerRole.RECEIVER, clock.local_date(now))


def _write_amounts(lines: Sequence[DeliveryLine], *, is_late: bool) -> bool:
    """Each line's price for what is kept of it and no earlier invoice bears; whether anything is to be paid. `is_late`:
    it had another result before, whose amount stays."""
    for line in lines:
        if is_late:
            line.added_amount = line.price_of(line.invoiced)
        else:
            line.amount = line.price_of(line.invoiced)
    DeliveryLine.objects.bulk_update(lines, ["amount", "added_amount"])
    return any(line.billed for line in lines)


def _add_accepted(order: Order, lines: Sequence[DeliveryLine]) -> None:
    came = {line.order_line_id: line for line in lines}
    sold = list(order.lines.all())
    for row in sold:
        line = came.get(row.pk)
        row.accepted_quantity = (row.accepted_quantity or ZERO) + (line.invoiced if line else ZERO)
        row.accepted_amount = (row.accepted_amount or 0) + (line.billed if line else 0)
    OrderLine.objects.bulk_update(sold, ["accepted_quantity", "accepted_amount"])


def take_back(
    lines: Sequence[DeliveryLine], order: Order, delivery: Delivery, *, actor: User | None, now: datetime
) -> None:
    """What the delivery held is no longer promised, and no receiver saw it: it is on the shelf."""
    for line in lines:
        _deliver(line, order, delivery, held=line.sent, delivered=ZERO, actor=actor, now=now)


def _hand_over(
    lines: Sequence[DeliveryLine], order: Order, delivery: Delivery, *, actor: User | None, now: datetime
) -> None:
    """What is kept changed hands; what was refused waits for the seller's answer."""
    for line in lines:
        _deliver(line, order, delivery, held=line.kept, delivered=line.kept, actor=actor, now=now)
    _put_aside(lines, order, delivery, is_held=True, actor=actor, now=now)


def _deliver(
    line: DeliveryLine, order: Order, delivery: Delivery, *, held: Decimal, delivered: Decimal, actor: User | None,
    now: datetime,
) -> None:  # fmt: skip
    stock.deliver_stock(
        product=line.order_line.product, held=held, delivered=delivered, reference=order.number, part=delivery.number,
        actor=actor, now=now,
    )  # fmt: skip


def _put_aside(
    lines: Sequence[DeliveryLine], order: Order, delivery: Delivery, *, is_held: bool, actor: User | None, now: datetime
) -> None:
    """What was refused at the receipt is for sale again only when the seller says so."""
    accepted = delivery.state == DeliveryState.ACCEPTED
    for line in lines:
        returns.refuse_goods(
            product=line.order_line.product,
            quantity=line.sent - (line.kept if accepted else ZERO),
            reference=order.number,
            part=delivery.number,
            is_held=is_held,
            actor=actor,
            now=now,
        )
