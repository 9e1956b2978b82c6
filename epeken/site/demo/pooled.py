"""A lunch from the stalls of one food court: one request, an order to each stall, one of them declined and refilled."""

from datetime import timedelta

from epeken.site.demo import fulfilment
from epeken.site.demo.baskets import MEETING, Basket
from epeken.site.demo.diary import Diary
from orders.orders.models import Order
from orders.orders.services import replacing
from procurement.requests.models import RequestSeller
from procurement.sourcing.replacements import replacements_of

DECLINES = "Nasi Campur Bu Kendil"
LUNCH = Basket("Makan siang kerja lapangan", MEETING, (("Warung Kuah Senja", "Soto ayam Lamongan", 25), (DECLINES, "Nasi campur", 25), ("Es Dawet Pak Cendol", "Es dawet gula aren", 50)), 50, hour=12)  # fmt: skip


def buy_lunch(diary: Diary, *, days_ago: int, until: str) -> Order | None:
    """The order to the stall that takes over, up to the stage `until` like those to the others; None where no other
    stall can."""
    when = diary.moments(LUNCH, days_ago, is_ordered=True)
    placed = diary.buy(LUNCH, days_ago=days_ago, until="placed")
    key = diary.key(LUNCH, days_ago)
    for order in placed:
        ending = "decline" if order.seller.name == DECLINES else ""
        fulfilment.fulfil(diary, order, until, when.issued, when.event_at, ending, key)
    declined = RequestSeller.objects.select_related("request").get(request=placed[0].request, seller__name=DECLINES)
    then = when.issued + timedelta(hours=4)
    officer = diary.approver(declined.request)
    able = [one for one in replacements_of(declined.request, declined, then, actor=officer) if one.is_covered]
    if not able:
        return None
    taken = replacing.reissue_part(actor=officer, part=declined, seller=able[0].seller, key=key + "9", now=then)
    fulfilment.fulfil(diary, taken, until, then, when.event_at, "", key)
    return taken
