"""A standing order: its first date came, the second passed without goods, and what the budget year still brings is open."""

from datetime import date, datetime, timedelta

from epeken.core import clock
from epeken.site.demo.baskets import STANDING
from epeken.site.demo.diary import Diary
from epeken.site.demo.market import paper
from orders.confirmations import services as confirmations
from orders.confirmations.models import SellerConfirmation
from orders.deliveries import services as deliveries
from orders.orders.services import agreement, completion
from procurement.agencies.states import OfficerRole

# Working days from today to each date, and from its first note to the first date.
APART = (-6, -3, 3, 6)
AHEAD = 10


def stand(diary: Diary) -> None:
    dates = _dates(diary.now)
    begun = clock.start_of(_working_day(clock.local_date(dates[0]), -AHEAD)) + timedelta(hours=9, minutes=10)
    order = diary.buy_on(STANDING, begun, dates)
    owner = order.seller.members.select_related("user").earliest("pk").user
    receiver = diary.people[OfficerRole.RECEIVER]
    agreement.accept_order(actor=owner, order=order, now=begun + timedelta(hours=28))
    came, key = dates[0] - timedelta(minutes=30), diary.key(STANDING, 1)
    delivery = deliveries.ship_order(
        actor=owner, order=order, carrier="Kurir sendiri", quantities={}, key=key + "4", day=1,
        now=came - timedelta(minutes=45),
    )  # fmt: skip
    delivery = deliveries.mark_arrived(actor=receiver, delivery=delivery, now=came)
    delivery = deliveries.inspect_delivery(
        actor=receiver, delivery=delivery, findings={line.pk: (line.sent, line.sent, "") for line in delivery.lines.all()},
        came_at=None, remark="", photos=[paper("pemeriksaan", STANDING.title, order.pk)], key=key + "5",
        now=came + timedelta(minutes=10),
    )  # fmt: skip
    number = f"000.3/{order.pk}/{came.year}"
    deliveries.sign_bast(actor=receiver, delivery=delivery, office_number=number, now=came + timedelta(minutes=20))
    asked = SellerConfirmation.objects.get(delivery=delivery)
    if clock.is_over(asked.due_at, diary.now):
        confirmations.lapse(row=asked, now=asked.due_at)
    completion.close_rest(
        actor=diary.people[OfficerRole.PP], order=order, now=dates[1] + timedelta(hours=2),
        note="Tidak ada yang datang dan kelasnya sudah selesai.",
    )  # fmt: skip


def _dates(now: datetime) -> list[datetime]:
    """Of the running budget year, or in its first weeks of the one before, so that two of them are over."""
    today = clock.local_date(now)
    anchor, first = today, date(today.year, 1, 1)
    if clock.working_days_between(first, today) < AHEAD - 2 * APART[0]:
        anchor = first - timedelta(days=1)
    if not clock.is_working_day(anchor):
        anchor = _working_day(anchor, -1)
    days = [_working_day(anchor, apart) for apart in APART]
    return [clock.start_of(day) + timedelta(hours=9) for day in days if day.year == anchor.year]


def _working_day(day: date, apart: int) -> date:
    if apart > 0:
        return clock.add_working_days(day, apart)
    for _step in range(-apart):
        day -= timedelta(days=1)
        while not clock.is_working_day(day):
            day -= timedelta(days=1)
    return day
