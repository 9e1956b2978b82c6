"""A shop that closes on the days of what is held: seller, requester and officers hear of it, once."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from epeken.core import clock
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import closures, decisions
from procurement.schedules import reading
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_request
from umkm.catalogue.states import StockMode
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db
ARRIVES = clock.local_date(MONDAY + 10 * DAY)  # a Thursday


def told() -> list[tuple[str, Any]]:
    rows = Notification.objects.filter(kind__in=["request.shop_closed", "request.held_closed"])
    return sorted(rows.values_list("kind", "person"))


def save(shop: Seller, **values: Any) -> None:
    member = shop.members.order_by("pk")[0].user
    sellers.save_profile(actor=member, seller=shop, values=values, now=MONDAY + HOUR)


@pytest.mark.parametrize(
    ("values", "is_told"),
    [
        ({"closed_until": ARRIVES}, True),
        ({"closed_until": ARRIVES - DAY}, False),
        ({"open_days": "123567"}, True),
        ({"open_days": "12345"}, False),
    ],
)
def test_a_holiday_or_closed_day_of_arrival_is_told_to_both_sides(values: dict[str, Any], is_told: bool) -> None:
    office, product = Office(), make.make_product()
    make_request(office, [(product, 1)], state="submitted")
    save(product.seller, **values)
    member = product.seller.members.order_by("pk")[0].user
    expected = [
        ("request.held_closed", member.pk),
        *sorted(("request.shop_closed", person.pk) for person in (office.requester, office.pp)),
    ]
    for _run in range(2):
        closures.tell_all_closed(now=MONDAY + HOUR)
        assert told() == (expected if is_told else [])


def test_a_holiday_over_the_days_on_which_it_would_be_made_is_told_too() -> None:
    product = make.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(5), lead_days=1)
    make_request(Office(), [(product, 12)], state="submitted")
    save(product.seller, closed_until=ARRIVES - DAY)
    closures.tell_all_closed(now=MONDAY + HOUR)
    assert {kind for kind, _person in told()} == {"request.shop_closed", "request.held_closed"}
    row = Notification.objects.filter(kind="request.held_closed").get()
    assert "17 September" in render(row, "id").body


def test_what_is_no_longer_held_waits_for_nobody() -> None:
    office, product = Office(), make.make_product()
    request = make_request(office, [(product, 1)], state="submitted")
    save(product.seller, closed_until=ARRIVES)
    closures.tell_all_closed(now=MONDAY + HOUR)
    decisions.send_back_request(actor=office.pp, request=request, note="Cari toko lain", now=MONDAY + 2 * HOUR)
    assert not Notification.objects.unread().filter(kind__in=["request.shop_closed", "request.held_closed"]).exists()
    assert closures.tell_all_closed(now=MONDAY + 2 * HOUR) == 0


def test_the_dates_of_all_requests_are_read_at_once() -> None:
    requests = [make_request(Office(), [(make.make_product(), 4)]) for _n in range(2)]
    for request in requests:
        for n in (1, 2):
            request.scheduled_on.create(deliver_at=MONDAY + n * DAY)
    PurchaseRequest.objects.update(scheduled_days=2)
    found = list(PurchaseRequest.objects.order_by("pk")) * 2  # each part of a request has one of its own
    with CaptureQueriesContext(connection) as seen:
        reading.read_days(found)
        told = [[day.deliver_at for day in reading.days_of(request)] for request in found]
    assert told == [[MONDAY + DAY, MONDAY + 2 * DAY]] * 4
    assert len(seen) == 2
