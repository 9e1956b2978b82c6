"""What a person may do next with an order."""

from dataclasses import dataclass
from datetime import datetime

from epeken.core.clock import local_date
from epeken.users.models import User
from orders.billing import policies as billing_policies
from orders.deliveries import policies as deliveries_policies
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import policies as disputes_policies
from orders.disputes import services as dispute_services
from orders.disputes.models import Dispute
from orders.orders import policies
from orders.orders.models import Order
from orders.orders.next_step import Task, next_step
from orders.orders.states import OrderState


@dataclass(frozen=True)
class Steps:
    """What this person may do with this order now."""

    accept: bool = False
    cancel: bool = False
    ship: bool = False
    arrive: bool = False
    inspect: bool = False
    sign: bool = False
    confirm: bool = False
    cash: bool = False
    verify: bool = False
    pay: bool = False
    complain: bool = False
    answer: bool = False
    settle: bool = False

    @property
    def any(self) -> bool:
        return any(vars(self).values())


def steps_for(user: User, order: Order, delivery: Delivery | None, dispute: Dispute | None, now: datetime) -> Steps:
    day = local_date(now)
    sells = policies.is_seller_of(user, order)
    receives = deliveries_policies.can_receive(user, order, day)
    pays = billing_policies.can_pay(user, order, day)
    buyer = policies.is_buyer_of(user, order)
    stage = delivery.state if delivery else None
    step = next_step(order, now)
    task = step.what if step else None
    accepted = order.state == OrderState.ACCEPTED
    live = stage not in (None, DeliveryState.REJECTED)
    came = stage in dispute_services.CAME
    return Steps(
        accept=sells and task == Task.ANSWER,
        cancel=not live and policies.can_cancel(user, order, day),
        ship=sells and task == Task.SHIP,
        arrive=receives and task == Task.ARRIVE,
        inspect=receives and stage == DeliveryState.ARRIVED,
        sign=receives and not buyer and task == Task.SIGN,
        confirm=buyer and task in (Task.CONFIRM, Task.INSPECT),
        cash=sells and task == Task.COLLECT,
        verify=pays and task == Task.VERIFY,
        pay=pays and task == Task.PAY,
        complain=dispute is None and accepted and came and disputes_policies.can_dispute(user, order, day),
        answer=dispute is not None and task == Task.REPLY and dispute_services.is_other_side(user, dispute, order, now),
        settle=dispute is not None and disputes_policies.can_settle(user, dispute, order, day),
    )
