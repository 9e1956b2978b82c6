"""How an order is made: what one seller's part is, its rows, and what it takes of its seller."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from epeken.core import clock
from epeken.core.services import service
from epeken.core.states import begin
from epeken.users.models import User
from orders.billing.models import Commitment
from orders.billing.states import CommitmentState
from orders.orders import parties
from orders.orders.models import Order, OrderBuyer, OrderLine, OrderSeller
from orders.orders.states import Channel
from orders.schedules import changes as schedules
from umkm.catalogue.policies import is_meal
from umkm.reservations.services import Goods, Reservation
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class OrderPart:
    """One seller's part of a request or a cart, before it is an order."""

    seller: Seller
    lines: list[OrderLine]
    delivery_cost: int
    method: str
    deliver_at: datetime
    answer_due_at: datetime
    days: Mapping[int, Sequence[date]] = field(default_factory=dict)  # by product pk: whose capacity may be taken
    note: str = ""  # of a person, for this shop alone

    @property
    def goods_total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def total(self) -> int:
        return self.goods_total + self.delivery_cost


def sale_line(
    *,
    product: Any,
    quantity: Any,
    price: int,
    amount: int,
    tier_from: Decimal | None = None,
    note: str = "",
    charged_to_id: int | None = None,
) -> OrderLine:
    """An unsaved order line with what the product is at this moment."""
    return OrderLine(
        product=product,
        name=product.name,
        unit=product.unit,
        price=price,
        tier_from=tier_from,
        quantity=quantity,
        amount=amount,
        food_kind=product.food_kind,
        keeps=product.keeps,
        is_staple=product.category.is_staple,
        stock_mode=product.stock_mode,
        note=note,
        charged_to_id=charged_to_id,
    )


def is_prepared_food(lines: Iterable[OrderLine]) -> bool:
    """Whether any line is a meal, so that the seller must answer before the day of the event."""
    return any(is_meal(line) for line in lines)


@service
def insert_order(
    part: OrderPart,
    *,
    number: str,
    channel: str,
    actor: User,
    now: datetime,
    title: str = "",
    acted_as: str = "",
    cap_month: date | None = None,
    event_note: str = "",
    receiver: User | None = None,
    **more: Any,
) -> Order:
    """The order, its parties as they are now, its lines and its commitment stand.

    Before the hot updates on purpose: they hold their rows briefly. `cap_month`: in which its room was taken, when that
    was before now; `event_note`: the frame by which it went out without anybody's press; `receiver`: whom
    a department's goods are handed to.
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
        cap_month=cap_month or clock.month_of(now),
        placed_at=now,
        answer_due_at=part.answer_due_at,
        **more,
    )
    for line in part.lines:
        line.order = order
    OrderLine.objects.bulk_create(part.lines)
    OrderSeller.objects.create(order=order, **parties.seller_facts(part.seller))
    if order.agency is not None:
        OrderBuyer.objects.create(order=order, **parties.buyer_facts(order.agency, receiver))
    if order.request is not None and order.request.scheduled_days:
        schedules.insert_days(order, now)
    begin(order, actor=actor, now=now, note=event_note, acted_as=acted_as)
    commitment = Commitment.objects.create(
        order=order,
        amount=order.total,
        state=CommitmentState.COMMITTED if channel == Channel.AGENCY else CommitmentState.PENDING,
    )
    begin(commitment, actor=actor, now=now)
    return order


def reservations(placed: Iterable[tuple[Order, OrderPart]]) -> list[Reservation]:
    """What these orders take of their sellers."""
    return [
        Reservation(
            seller=order.seller,
            reference=order.number,
            amount=order.total,
            goods=[Goods(line.product, line.quantity, part.days.get(line.product_id, ())) for line in part.lines],
        )
        for order, part in placed
    ]
