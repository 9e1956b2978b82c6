"""What the schedule of a request says. A request without one answers without a query."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from umkm.catalogue.feasibility import Portion

if TYPE_CHECKING:
    from procurement.requests.models import PurchaseRequest, RequestLine
    from procurement.schedules.models import ScheduledDay


def days_of(request: "PurchaseRequest") -> "list[ScheduledDay]":
    """Its dates with their amounts, the first first; read once for a request in hand."""
    if not request.scheduled_days:
        return []
    if "told_days" not in request.__dict__:
        request.told_days = list(request.scheduled_on.prefetch_related("amounts__line"))
    return request.told_days


def read_days(requests: "Iterable[PurchaseRequest]") -> None:
    """Reads the dates of all of them at once, so that `days_of` reads none. Two queries; none where none has any."""
    scheduled = [request for request in requests if request.scheduled_days]
    found: dict[int, list[ScheduledDay]] = defaultdict(list)
    if scheduled:
        days = scheduled[0].scheduled_on.model.objects.filter(request__in=scheduled)
        for day in days.prefetch_related("amounts__line"):
            found[day.request_id].append(day)
    for request in scheduled:
        request.told_days = found[request.pk]


def first_due(request: "PurchaseRequest") -> datetime | None:
    """When the first of its goods are to be there; the last are at `deliver_at`."""
    return min((day.deliver_at for day in days_of(request)), default=request.deliver_at)


def times_of(request: "PurchaseRequest", products: Collection[int]) -> int:
    """How often a seller of these products (by pk) brings something: each time costs a delivery."""
    days = [day for day in days_of(request) if any(one.line.product_id in products for one in day.amounts.all())]
    return max(len(days), 1)


def portions_of(request: "PurchaseRequest") -> dict[int, list[Portion]]:
    """By product pk what of it comes on which date."""
    found: dict[int, list[Portion]] = defaultdict(list)
    for day in days_of(request):
        for amount in day.amounts.all():
            found[amount.line.product_id].append(Portion(day.deliver_at, amount.quantity))
    return dict(found)


def unplanned(request: "PurchaseRequest", lines: "Iterable[RequestLine]") -> "list[tuple[RequestLine, Decimal]]":
    """Of a request with a schedule, the lines whose amounts do not add up to what is asked for, with their sum."""
    if not days_of(request):
        return []
    portions = portions_of(request)
    sums = [(line, sum((one.quantity for one in portions.get(line.product_id, ())), Decimal(0))) for line in lines]
    return [(line, planned) for line, planned in sums if planned != line.quantity]
