"""Disputes with an outcome, and what sellers owe by them, brought about by the real services."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.billing.services import payments
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome
from orders.disputes.terms import DisputeTerms
from orders.orders.models import Order
from orders.remedies import services
from orders.remedies.models import Remedy
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.kept_steps import kept
from umkm.catalogue.models import Product

NOW = MONDAY + 2 * DAY


@kept
def issued(office: make.Office, product: Product | None = None, **over: Any) -> Order:
    """Ten of something, brought for nothing."""
    return make.make_issued(office, product, **{"delivery": 0, **over})


@kept
def judge() -> User:
    return goods.make_staff("orders.decide_dispute", "orders.view_dispute", "orders.view_order", "orders.view_remedy")


@kept
def opened(order: Order, actor: User, *, now: datetime = NOW) -> Dispute:
    return disputes.open_dispute(actor=actor, order=order, complaint="Tiga kotak basi", now=now)


@kept
def delivery_of(order: Order) -> Delivery:
    return Delivery.objects.filter(order=order).order_by("pk")[0]


def deduction(order: Order, amount: int, **over: Any) -> DisputeTerms:
    return DisputeTerms(DisputeOutcome.DEDUCTION, over.get("delivery") or delivery_of(order), amount=amount)


def refund(order: Order, amount: int) -> DisputeTerms:
    return DisputeTerms(DisputeOutcome.REFUND, delivery_of(order), amount=amount)


def replacement(order: Order, quantity: int | Decimal, until: datetime = NOW + 2 * DAY) -> DisputeTerms:
    delivery = delivery_of(order)
    line = delivery.lines.select_related("order_line__product").get().order_line
    return DisputeTerms(DisputeOutcome.REPLACEMENT, delivery, line, Decimal(quantity), until=until)


def acceptance(order: Order, quantity: int | Decimal | None, *, delivery: Delivery | None = None) -> DisputeTerms:
    """So much of the only line of a delivery counts as accepted; None: all of one that was called missing."""
    delivery = delivery or delivery_of(order)
    if quantity is None:
        return DisputeTerms(DisputeOutcome.ACCEPTANCE, delivery)
    line = delivery.lines.select_related("order_line__product").get().order_line
    return DisputeTerms(DisputeOutcome.ACCEPTANCE, delivery, line, Decimal(quantity))


def refusal(order: Order, quantity: int | Decimal | None, *, delivery: Delivery | None = None) -> DisputeTerms:
    """So much of the only line of a delivery is refused; None: all that is kept of it."""
    delivery = delivery or delivery_of(order)
    if quantity is None:
        return DisputeTerms(DisputeOutcome.REFUSAL, delivery)
    line = delivery.lines.select_related("order_line__product").get().order_line
    return DisputeTerms(DisputeOutcome.REFUSAL, delivery, line, Decimal(quantity))


@kept
def decided(order: Order, opener: User, terms: DisputeTerms, *, now: datetime = NOW, by: User | None = None) -> Dispute:
    """Opened and decided by the city's officer an hour later."""
    dispute = opened(order, opener, now=now)
    return disputes.decide_dispute(
        actor=by or judge(), dispute=dispute, decision="Diputus menurut foto", given=terms, now=now + HOUR
    )


@kept
def remedy_of(order: Order) -> Remedy:
    """The newest."""
    return Remedy.objects.filter(order=order).latest("pk")


@kept
def returned(remedy: Remedy, *, now: datetime = NOW + 2 * HOUR, **over: Any) -> Remedy:
    """The seller records that the money went back."""
    given = {"told": "Tunai di toko", "proof": make.photo(), **over}
    actor = given.pop("actor", None) or make.member_of(remedy.order)
    return services.record_refund(actor=actor, remedy=remedy, now=now, **given)


@kept
def sent(remedy: Remedy, *, now: datetime = NOW + 2 * HOUR, actor: User | None = None) -> Delivery:
    """The goods are on their way again."""
    actor = actor or make.member_of(remedy.order)
    return deliveries.ship_again(actor=actor, remedy=remedy, carrier="Kurir sendiri", now=now)


@kept
def inspected(delivery: Delivery, receiver: User, *, accept: int, now: datetime = NOW + 3 * HOUR) -> Delivery:
    """Arrived and counted, of what comes again or of the first delivery; so many of them good."""
    if delivery.state == DeliveryState.SHIPPED:
        delivery = deliveries.mark_arrived(actor=receiver, delivery=delivery, now=now)
    return make.inspected(delivery, receiver, accept=accept, now=now)


@kept
def handed_over(delivery: Delivery, receiver: User, *, accept: int, now: datetime = NOW + 3 * HOUR) -> Delivery:
    """Inspected, and the BAST signed."""
    delivery = inspected(delivery, receiver, accept=accept, now=now)
    return deliveries.sign_bast(actor=receiver, delivery=delivery, office_number="", now=now)


@kept
def bought(citizen: User, *, price: int = 20_000, quantity: int = 10, paid: bool = True) -> Order:
    """A person's order, taken over and paid at the door on Tuesday."""
    order = issued_to(citizen, price=price, quantity=quantity)
    deliveries.confirm_received(actor=citizen, delivery=make.shipped(order), now=MONDAY + DAY + HOUR)
    if paid:
        payments.record_cash(
            actor=make.member_of(order), invoice=make.invoice_of(order), key=new_key(), now=MONDAY + DAY + HOUR
        )
    return Order.objects.get(pk=order.pk)


@kept
def issued_to(citizen: User, *, price: int = 20_000, quantity: int = 10) -> Order:
    """A person's order that its seller accepted."""
    (order,) = make.place(citizen, (goods.make_product(price=price), quantity))
    return make.accepted(order)
