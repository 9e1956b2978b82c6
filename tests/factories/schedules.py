"""Requests and orders whose goods come on several dates."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from epeken.core.idempotency import new_key
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from procurement.schedules import services
from procurement.schedules.services import PlannedDay
from tests.factories import orders as make_orders
from tests.factories import procurement as make
from tests.factories import umkm as goods
from tests.factories.procurement import DAY, HOUR, MONDAY
from tests.kept_steps import kept
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, Keeps, StockMode

FIRST = MONDAY + 8 * DAY  # a Tuesday
WEEK = 7 * DAY


@kept
def make_snack(capacity: int = 60, **over: Any) -> Product:
    """Boxes made on the day itself."""
    values = {"name": "Kudapan kotak", "price": 20_000, "food_kind": FoodKind.CATERING, "keeps": Keeps.COOKED, **over}
    return goods.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(capacity), unit="box", **values)


def weekly(times: int, amounts: dict[int, int | Decimal], first: datetime = FIRST) -> list[PlannedDay]:
    return services.repeated(first, 7, times, {pk: Decimal(quantity) for pk, quantity in amounts.items()})


@kept
def make_scheduled(
    office: make.Office, products: Sequence[Product], *, times: int = 4, each: int = 50, **over: Any
) -> PurchaseRequest:
    """A draft: so much of each product, every Tuesday."""
    over = {"event_at": None, "deliver_at": FIRST, **over}
    request = make.make_request(office, [(product, each) for product in products], **over)
    amounts: dict[int, int | Decimal] = {line.pk: each for line in request.lines.all()}
    services.save_schedule(
        actor=office.requester, request=request, days=weekly(times, amounts, over["deliver_at"]), now=MONDAY
    )
    return PurchaseRequest.objects.get(pk=request.pk)


@kept
def approved(office: make.Office, request: PurchaseRequest) -> PurchaseRequest:
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
    decisions.approve_request(actor=office.pp, request=request, dropped={}, note="", key=new_key(), now=MONDAY + HOUR)
    return PurchaseRequest.objects.get(pk=request.pk)


@kept
def make_order(office: make.Office, *products: Product, **over: Any) -> Order:
    """Accepted by its seller."""
    request = approved(office, make_scheduled(office, products or [make_snack()], **over))
    order = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY + HOUR)[0]
    return make_orders.accepted(order, MONDAY + 2 * HOUR)


@kept
def shipped(order: Order, day: int | None, now: datetime, **over: Any) -> Delivery:
    return deliveries.ship_order(
        **{
            "actor": make_orders.member_of(order), "order": order, "carrier": "Kurir sendiri", "quantities": {},
            "key": new_key(), "now": now, "day": day, **over,
        }
    )  # fmt: skip


@kept
def taken_over(office: make.Office, order: Order, day: int) -> Delivery:
    """Came in time on its date, was inspected, and its BAST signed."""
    due = order.due_days.get(number=day).deliver_at
    delivery = make_orders.arrived(shipped(order, day, due - 2 * HOUR), office.receiver, due - HOUR)
    make_orders.inspected(delivery, office.receiver, now=due)
    return deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=due + HOUR)
