"""Who may send and receive. Pure yes or no."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.users.models import User
from orders.billing import sides
from orders.deliveries import rules
from orders.deliveries.models import Delivery, DeliveryEvent
from orders.deliveries.states import DeliveryState
from orders.orders import policies as orders_policies
from orders.orders.models import Order, OrderLine
from orders.orders.policies import holds, is_buyer_of, is_seller_of
from orders.orders.states import SELLER_SIDE, DeliveryMethod, OrderState
from procurement.agencies.querysets import INSPECT
from procurement.agencies.states import OfficerRole
from umkm.catalogue.policies import is_meal
from umkm.catalogue.states import Keeps


def came_on_time(delivery: Delivery) -> bool:
    return delivery.arrived_at is not None and not clock.is_over(delivery.deliver_at, delivery.arrived_at)


def waits_for_count(delivery: Delivery) -> bool:
    """Whether it came in place of goods that nobody counted yet: those are counted first, since what was refused of
    them, and only that, is invoiced with it."""
    return delivery.remedy is not None and delivery.remedy.delivery.state == DeliveryState.ARRIVED


def is_all_rejected(delivery: Delivery) -> bool:
    """Whether it was inspected and nothing of it is kept."""
    return all(not line.kept for line in delivery.lines.all())


def is_inspected_unreported(actor: User, order: Order) -> bool:
    """Whether their inspection reports the arrival by itself."""
    return is_buyer_of(actor, order)


def can_inspect(actor: User, order: Order, delivery: Delivery, day: date) -> bool:
    """A person inspects what they have in hand, reported or not; a department reports the arrival first."""
    came = delivery.state == DeliveryState.ARRIVED
    if delivery.state == DeliveryState.SHIPPED:
        came = is_inspected_unreported(actor, order)
    return came and can_receive(actor, order, day)


def received_by(actor: User, order: Order) -> bool:
    """Whether the person recorded an arrival, inspected, signed a BAST or said that goods did not come. One query for
    an order in hand."""
    if "receivers" not in order.__dict__:
        events = DeliveryEvent.objects.filter(delivery__order=order).exclude(acted_as=SELLER_SIDE)
        order.__dict__["receivers"] = frozenset(events.order_by().values_list("actor_id", flat=True))
    return actor.pk in order.__dict__["receivers"]


def received_among(actor: User, orders: Iterable[int]) -> set[int]:
    """`received_by` for several orders, by their pks: those of which it is true. One query."""
    events = DeliveryEvent.objects.filter(delivery__order__in=list(orders), actor=actor).exclude(acted_as=SELLER_SIDE)
    return set(events.order_by().values_list("delivery__order_id", flat=True))


def earlier_side(actor: User, order: Order) -> str | None:
    """What keeps the person from receiving: another side of the purchase, or having handled its money."""
    side = orders_policies.earlier_side(actor, order)
    if side is not None or order.request is None:
        return side
    if not order.invoices.all():
        return None
    if sides.handled_by(actor, order):
        return _("bendahara yang memeriksa atau membayar tagihannya")
    return _("pejabat yang menyetujui pembayaran") if sides.approved_by(actor, order) else None


def has_receiver_role(actor: User, order: Order, day: date) -> bool:
    return is_buyer_of(actor, order) or holds(actor, order.agency_id, day, OfficerRole.RECEIVER)


def can_receive(actor: User, order: Order, day: date) -> bool:
    return has_receiver_role(actor, order, day) and earlier_side(actor, order) is None


def photos_wanted(delivery: Delivery, order: Order, day: date) -> int:
    """How many photos its inspection has at least: meals are eaten before anybody can look again."""
    if order.agency_id is None:
        return 0
    sent = {line.order_line_id for line in delivery.lines.all()}
    meals = any(is_meal(line) for line in order.lines.all() if line.pk in sent)
    return rules.MEAL_PHOTOS.on(day) if meals else 0


# Who is told, one after the other, that no arrival of a department's goods is recorded. A person's have the first only.
ASKED_IN_TURN = (OfficerRole.RECEIVER, OfficerRole.HEAD, INSPECT)


def is_unseen(delivery: Delivery) -> bool:
    """Nobody on the buyer's side has said that it came."""
    told = delivery.state == DeliveryState.ARRIVED and delivery.is_told_by_seller
    return told or delivery.state == DeliveryState.SHIPPED


def sent_from(order: Order, lines: Iterable[OrderLine], deliver_at: datetime, now: datetime) -> datetime | None:
    """From when these lines may be recorded as sent, where that is still to come: cooked food is eaten on the day it is
    made. What stands ready to be fetched may stand a night."""
    if order.method == DeliveryMethod.PICKUP or not any(line.keeps == Keeps.COOKED for line in lines):
        return None
    first = deliver_at - timedelta(hours=rules.COOKED_AHEAD.on(clock.local_date(now)))
    return None if clock.is_over(first, now) else first


def early_lines(order: Order, lines: Iterable[OrderLine], deliver_at: datetime, now: datetime) -> list[OrderLine]:
    """Those that may not be recorded as sent yet."""
    return [line for line in lines if sent_from(order, [line], deliver_at, now) is not None]


def early_words(first: datetime) -> str:
    """`first`: `sent_from`."""
    return _("Makanan matang dicatat dikirim saat berangkat, paling cepat %(when)s.") % {"when": long_time(first)}


def report_until(delivery: Delivery) -> datetime:
    """Until when the buyer's side is to record the arrival, before others are told that nobody did."""
    time = timedelta(hours=rules.REPORT.on(clock.local_date(delivery.shipped_at)))
    return max(delivery.deliver_at, delivery.shipped_at) + time


def missing_from(order: Order, delivery: Delivery) -> datetime:
    """From when it may be called missing: the agreed time; of what was sent after it, and of goods to be fetched, when
    the time to record the arrival is over. What the seller says to have handed over is denied at once."""
    if delivery.arrived_at is not None:
        return delivery.arrived_at
    if order.method != DeliveryMethod.PICKUP and not clock.is_over(delivery.deliver_at, delivery.shipped_at):
        return delivery.deliver_at
    return report_until(delivery)


def is_withdrawable(order: Order, delivery: Delivery) -> bool:
    """Nobody has said anything about it since its seller recorded that it left, neither that it came nor with a PIN;
    and its goods would still be waited for: the rest of the order, or its date, was not given up meanwhile."""
    if delivery.state != DeliveryState.SHIPPED or delivery.pin_misses:
        return False
    if delivery.remedy_id is not None:
        return True
    is_given_up = delivery.due_day is not None and delivery.due_day.missed_at is not None
    return order.state == OrderState.ACCEPTED and order.rest_closed_at is None and not is_given_up


def is_unfetched(order: Order, delivery: Delivery) -> bool:
    """Whether it waits in the shop: its seller knows that nobody fetched it. What the seller recorded as handed over
    is denied by the buyer."""
    return order.method == DeliveryMethod.PICKUP and delivery.state == DeliveryState.SHIPPED


def can_report_missing(actor: User, order: Order, delivery: Delivery, now: datetime) -> bool:
    """The buyer's side says that goods did not come or were never handed over, the seller that nobody fetched them."""
    if not is_unseen(delivery) or not clock.is_over(missing_from(order, delivery), now):
        return False
    if is_unfetched(order, delivery):
        return is_seller_of(actor, order)
    return can_receive(actor, order, clock.local_date(now))
