"""How an order is made: what one seller's part is, its rows, and the room and goods it takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.states import begin
from epeken.users.models import User
from orders.billing.models import Commitment
from orders.billing.states import CommitmentState
from orders.orders import parties
from orders.orders.models import Order, OrderBuyer, OrderLine, OrderSeller
from orders.orders.states import Channel
from umkm.catalogue.states import FoodKind, Keeps, StockMode
from umkm.owners import services as owners
from umkm.sellers.models import Seller
from umkm.stock import services as stock


@dataclass(frozen=True)
class OrderPart:
    """One seller's part of a request or a cart, before it is an order."""

    seller: Seller
    lines: list[OrderLine]
    delivery_cost: int
    method: str
    deliver_at: datetime
    answer_due_at: datetime

    @property
    def goods_total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def total(self) -> int:
        return self.goods_total + self.delivery_cost


def sale_line(
    *, product: Any, quantity: Any, price: int, amount: int, deliver_at: datetime, note: str = ""
) -> OrderLine:
    """An unsaved order line with what the product is at this moment."""
    return OrderLine(
        product=product,
        name=product.name,
        unit=product.unit,
        price=price,
        quantity=quantity,
        amount=amount,
        food_kind=product.food_kind,
        keeps=product.keeps,
        is_staple=product.category.is_staple,
        stock_mode=product.stock_mode,
        capacity_day=clock.last_day(deliver_at) if product.stock_mode == StockMode.DAILY else None,
        note=note,
    )


def is_prepared_food(lines: Iterable[OrderLine]) -> bool:
    """Whether any line is a meal, so that the seller must answer before the day of the event."""
    return any(line.food_kind != FoodKind.NONE or line.keeps == Keeps.COOKED for line in lines)


@transaction.atomic
def insert_order(
    part: OrderPart,
    *,
    number: str,
    channel: str,
    actor: User,
    now: datetime,
    title: str = "",
    acted_as: str = "",
    **more: Any,
) -> Order:
    """The order, its parties as they are now, its lines and its commitment stand.

    Before the hot updates on purpose: they hold their rows briefly.
    """
    order = Order.objects.create(
        number=number,
        channel=channel,
        seller=part.seller,
        issuer=actor,
        title=title[:120],
        method=part.method,
        deliver_at=part.deliver_at,
        goods_total=part.goods_total,
        delivery_cost=part.delivery_cost,
        total=part.total,
        cap_month=clock.month_of(now),
        placed_at=now,
        answer_due_at=part.answer_due_at,
        **more,
    )
    for line in part.lines:
        line.order = order
    OrderLine.objects.bulk_create(part.lines)
    OrderSeller.objects.create(order=order, **parties.seller_facts(part.seller))
    if order.agency is not None:
        OrderBuyer.objects.create(order=order, **parties.buyer_facts(order.agency))
    begin(order, actor=actor, now=now, acted_as=acted_as)
    commitment = Commitment.objects.create(
        order=order,
        amount=order.total,
        state=CommitmentState.COMMITTED if channel == Channel.AGENCY else CommitmentState.PENDING,
    )
    begin(commitment, actor=actor, now=now)
    return order


@transaction.atomic
def take_room(orders: Sequence[Order], *, actor: User, now: datetime, refusal: Any = None) -> None:
    """Cap room by owner, then goods by product: the same sequence for everybody, so that two buyers never deadlock.

    Raises: RuleBroken `cap_full`, `out_of_stock`. Locks: TurnoverMonth, Product.
    """
    for order in sorted(orders, key=lambda o: (o.seller.owner_id or 0, o.pk)):
        with _Naming(order.seller, refusal):
            owners.reserve_turnover(seller=order.seller, amount=order.total, reference=order.number, now=now)
    lines = OrderLine.objects.filter(order__in=orders).select_related("product", "order__seller")
    for line in lines.order_by("product_id", "pk"):
        with _Naming(line.order.seller, refusal):
            stock.take_stock(
                product=line.product,
                quantity=line.quantity,
                reference=line.order.number,
                day=line.capacity_day,
                actor=actor,
                now=now,
            )


class _Naming:
    """Turns a refusal into one that names the seller."""

    def __init__(self, seller: Seller, refusal: Any) -> None:
        self.seller, self.refusal = seller, refusal

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, problem: Any, _trace: Any) -> None:
        if self.refusal is not None and isinstance(problem, DomainError):
            raise self.refusal(self.seller.name, problem) from problem
