"""The budget of dates that were given up is free while the others go on."""

from datetime import datetime

from epeken.core.money import share
from epeken.core.states import move
from epeken.users.models import User
from orders.billing.models import Commitment
from orders.orders.models import Order, OrderLine
from orders.orders.services import agreement
from orders.schedules import due
from orders.schedules.models import DueDay
from procurement.budgets import charges as budget_charges
from procurement.budgets import services as budgets
from procurement.budgets.states import MISSED
from procurement.frames import services as frames


def free_missed(order: Order, actor: User | None, now: datetime) -> None:
    """What dates that were given up were to bring is bound no longer, nor is its delivery: that budget is free now, and
    in the frame it was bought from; the other dates keep theirs. Called with the order and its budget locked."""
    budget, freed = agreement.lock_budget(order), []
    lines = list(order.lines.order_by("pk"))
    for line in lines:
        missed = line.amount - share(line.price, line.quantity - line.missed_quantity)
        freed.append((line.charged_to_id, missed - line.missed_amount))
        line.missed_amount = missed
    OrderLine.objects.bulk_update(lines, ["missed_amount"])
    days = [day for day in due.days_of(order) if day.missed_at and not day.is_begun and not day.missed_cost]
    for day in days:
        day.missed_cost = due.cost_on(order, day)
        freed.append((order.delivery_charged_to_id, day.missed_cost))
    DueDay.objects.bulk_update(days, ["missed_cost"])
    total = sum(amount for _line, amount in freed)
    if not total or order.request is None:
        return
    commitment: Commitment = Commitment.objects.locked().get(order=order)
    move(commitment, "reduce", actor=actor, now=now, amount=commitment.amount - total)
    main = order.request.line_id
    assert main is not None
    for pk, amount in budget_charges.added({line or main: amount} for line, amount in freed).items():
        budgets.uncommit(line=budget[pk], amount=amount, reference=order.number, actor=actor, now=now, note_code=MISSED)
    frames.give_back(request=order.request, lines=budget, amount=total, actor=actor, now=now)
