"""A shop closes on days for which a department's request holds its goods: it cannot be ordered from, so all know it."""

from datetime import datetime

from epeken.core import clock
from epeken.core.services import service
from epeken.core.sweeps import sweep
from procurement.requests import contents, notices, obstacles, policies
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.schedules import reading as schedules
from umkm.sellers import hours
from umkm.sellers.models import Seller

CLOSED = {"shop_closed", "out_of_stock"}  # the day itself, and days on which the goods would be made


@service
def tell_closed(*, request: PurchaseRequest, now: datetime) -> None:
    """The shops that are closed when they are to work for the request, its requester and its officers hear of it; once
    for each shop and day of arrival. Locks: none."""
    if not policies.holds(request) or request.deliver_at is None:
        return
    shops: dict[Seller, datetime] = {}
    held = contents.read(request, now)
    moments = {part.seller.pk: part.deliver_at or request.deliver_at for part in held.parts}
    for line, faults in obstacles.line_faults(request, held, now):
        if CLOSED & {fault.code for fault in faults}:
            shops[line.seller] = moments[line.seller_id]
    for shop, deliver_at in shops.items():
        notices.shop_closed(request, shop, deliver_at, now=now)


def tell_all_closed(*, now: datetime) -> int:
    """Of every request whose shops may have closed, in transactions of their own; how many. Locks: none."""
    # Goods for a later day may be made on the days of a holiday.
    today = clock.local_date(now)
    live = RequestSeller.objects.filter(request__in=PurchaseRequest.objects.live())
    parts = list(live.select_related("request", "seller__food_court"))
    schedules.read_days([part.request for part in parts])
    found = {part.request_id for part in parts if _may_be_closed(part, now) or hours.is_on_holiday(part.seller, today)}
    return sweep(
        PurchaseRequest.objects.live()
        .filter(pk__in=found)
        .select_related("agency", "requester", "line")
        .order_by("pk"),
        lambda request: tell_closed(request=request, now=now),
        failure="Nobody could be told of the closed shops of request %s",
        most=None,
    )


def _may_be_closed(part: RequestSeller, now: datetime) -> bool:
    request = part.request
    moments = [day.deliver_at for day in schedules.days_of(request)]
    if not moments and (moment := part.deliver_at or request.deliver_at) is not None:
        moments = [moment]
    return any(
        not hours.opens_on(part.seller, hours.working_day(part.seller, moment))
        for moment in moments
        if not clock.is_over(moment, now)
    )
