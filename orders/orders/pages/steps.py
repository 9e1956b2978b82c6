"""What a person may do next with an order."""

from dataclasses import dataclass
from datetime import date, datetime

from epeken.core.clock import local_date
from epeken.users.models import User
from orders.addenda import policies as addenda_policies
from orders.billing import policies as billing_policies
from orders.cancellations import policies as cancellation_policies
from orders.cancellations.policies import Way
from orders.deliveries import policies as deliveries_policies
from orders.deliveries.states import DeliveryState
from orders.disputes import policies as disputes_policies
from orders.disputes import services as dispute_services
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeState
from orders.orders import policies
from orders.orders.models import Order
from orders.orders.next_step import Task, dispute_of, sent_deliveries_of, steps_of, waiting_of
from orders.schedules.due import is_scheduled

# What is done with a department's invoice that is not held.
GOING = (Task.BRING, Task.VERIFY, Task.APPROVE, Task.PAY)


@dataclass(frozen=True)
class Steps:
    """What this person may do now with the order as a whole; parts of it have steps of their own."""

    accept: bool = False
    cancel: bool = False
    ask_cancel: bool = False
    release: bool = False
    lower_claim: bool = False
    take_back: bool = False
    change: bool = False
    answer_change: bool = False
    take_back_change: bool = False
    ship: bool = False
    close_rest: bool = False
    complain: bool = False
    complains_until: date | None = None  # of an order that is paid
    answer: bool = False
    settle: bool = False
    again: bool = False  # a person orders the same goods once more


@dataclass(frozen=True)
class DeliverySteps:
    """What this person may do with one delivery."""

    arrive: bool = False
    missing: bool = False
    hand_over: bool = False
    type_pin: bool = False  # the seller, with the PIN the receiving side reads out
    inspect: bool = False
    sign: bool = False
    confirm: bool = False
    withdraw: bool = False  # the seller, who recorded by mistake that it left


@dataclass(frozen=True)
class InvoiceSteps:
    """What this person may do with one invoice."""

    cash: bool = False
    owe: bool = False  # a person pays the seller in cash, who records it
    verify: bool = False
    wait: bool = False  # an officer of the department reads which required paper is awaited
    approve: bool = False
    pay: bool = False
    hold: bool = False
    resume: bool = False
    reissue: bool = False


def steps_for(user: User, order: Order, dispute: Dispute | None, now: datetime) -> Steps:
    day = local_date(now)
    sells = policies.is_seller_of(user, order)
    tasks = {step.what for step in steps_of(order, now)}
    deliveries = sent_deliveries_of(order)
    waiting = waiting_of(order)
    way = cancellation_policies.way_of(user, order, now)
    amends = Task.AMEND in tasks
    last = disputes_policies.complains_until(order)
    complain = (
        dispute is None
        and disputes_policies.is_open_until(user, order, day, last)
        and disputes_policies.is_about_something(order)
        and not disputes_policies.was_left_undecided(user, order)
        and disputes_policies.can_dispute(user, order, day)
    )
    return Steps(
        accept=sells and Task.ANSWER in tasks,
        cancel=way == Way.DIRECT,
        ask_cancel=way == Way.ASK,
        release=waiting is not None and cancellation_policies.may_answer(user, waiting, order, now),
        lower_claim=waiting is not None and cancellation_policies.may_lower(user, waiting, order, now),
        take_back=waiting is not None and cancellation_policies.may_withdraw(user, waiting, order, now),
        change=addenda_policies.may_propose(user, order, now),
        answer_change=amends and addenda_policies.is_of_side(user, order, now, seller=not order.amend_by_seller),
        take_back_change=amends and addenda_policies.is_of_side(user, order, now, seller=order.amend_by_seller),
        ship=sells and Task.SHIP in tasks,
        close_rest=(bool(deliveries) or is_scheduled(order))
        and dispute is None
        and Task.SHIP in tasks
        and policies.can_close_rest(user, order, now)
        and not cancellation_policies.is_claimed(order),
        complain=complain,
        complains_until=last if complain else None,
        answer=dispute is not None
        and dispute.state == DisputeState.OPENED
        and dispute_services.is_other_side(user, dispute, order, now),
        settle=dispute is not None and disputes_policies.can_settle(user, dispute, order, day),
        again=policies.is_buyer_of(user, order) and policies.is_over(order),
    )


def delivery_steps(user: User, order: Order, now: datetime) -> dict[int, DeliverySteps]:
    """By pk of the delivery."""
    receives = deliveries_policies.can_receive(user, order, local_date(now))
    buyer = policies.is_buyer_of(user, order)
    sells = policies.is_seller_of(user, order)
    disputed = dispute_of(order) is not None
    tasks = {step.delivery: step.what for step in steps_of(order, now)}
    inspects = receives and (order.agency_id is not None or not disputed)
    return {
        delivery.pk: DeliverySteps(
            arrive=receives and tasks.get(delivery.pk) == Task.ARRIVE,
            missing=not disputed and deliveries_policies.can_report_missing(user, order, delivery, now),
            type_pin=sells and delivery.state == DeliveryState.SHIPPED,
            hand_over=sells and tasks.get(delivery.pk) == Task.CONFIRM,
            inspect=inspects and delivery.state == DeliveryState.ARRIVED,
            sign=receives and not buyer and tasks.get(delivery.pk) == Task.SIGN,
            confirm=buyer and tasks.get(delivery.pk) in (Task.CONFIRM, Task.INSPECT),
            withdraw=sells and not disputed and deliveries_policies.is_withdrawable(order, delivery),
        )
        for delivery in order.deliveries.all()
    }


def invoice_steps(user: User, order: Order, now: datetime) -> dict[int, InvoiceSteps]:
    """By pk of the invoice."""
    day = local_date(now)
    pays = billing_policies.can_pay(user, order, day)
    approves = not pays and billing_policies.can_approve(user, order, day)
    sells = policies.is_seller_of(user, order)
    buys = policies.is_buyer_of(user, order)
    is_officer = policies.is_officer_of(user, order, day)
    tasks = {step.invoice: step.what for step in steps_of(order, now)}
    return {
        invoice.pk: InvoiceSteps(
            cash=sells and tasks.get(invoice.pk) == Task.COLLECT,
            owe=buys and tasks.get(invoice.pk) == Task.COLLECT,
            verify=pays and tasks.get(invoice.pk) == Task.VERIFY,
            wait=is_officer and tasks.get(invoice.pk) == Task.BRING,
            approve=approves and tasks.get(invoice.pk) == Task.APPROVE,
            pay=pays and tasks.get(invoice.pk) == Task.PAY,
            hold=(pays or approves) and tasks.get(invoice.pk) in GOING,
            resume=pays and tasks.get(invoice.pk) == Task.RESUME,
            reissue=pays and tasks.get(invoice.pk) in (*GOING, Task.RESUME) and invoice.paid == 0,
        )
        for invoice in order.invoices.all()
    }
