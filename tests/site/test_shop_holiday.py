"""A shop on holiday is told which accepted orders are awaited meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db
SAID = "pesanan yang sudah Anda sanggupi ditunggu pembeli selama libur ini"


@pytest.fixture
def order() -> Any:
    now = clock.now()
    return make.accepted(make.make_issued(make.make_office(now=now), now=now), now)


@pytest.mark.parametrize(("days", "told"), [(0, True), (-1, False)])
def test_orders_up_to_the_last_day_of_the_holiday_are_named(order: Any, days: int, told: bool) -> None:
    last = clock.last_day(order.deliver_at) + timedelta(days=days)
    Seller.objects.filter(pk=order.seller_id).update(closed_until=last)
    page = signed_in(make.member_of(order)).get(reverse("site:seller-dashboard")).text
    assert (SAID in page) is told
    assert (f"1 {SAID}" in " ".join(page.split())) is told


def test_without_a_holiday_or_without_orders_nothing_is_said(order: Any) -> None:
    assert SAID not in signed_in(make.member_of(order)).get(reverse("site:seller-dashboard")).text
    shop = goods.make_seller(closed_until=clock.local_date(clock.now()) + timedelta(days=30))
    owner = shop.members.get().user
    assert SAID not in signed_in(owner).get(reverse("site:seller-dashboard")).text


def test_who_saves_a_holiday_is_reminded_of_what_is_promised(order: Any) -> None:
    client = signed_in(make.member_of(order))
    page = client.get(reverse("umkm:seller-profile"))
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value not in (None, False, "")}
    day = clock.local_date(clock.now()) + timedelta(days=20)
    saved = client.post(reverse("umkm:seller-profile"), values | {"closed_until": str(day)}, follow=True)
    assert "tetap ditunggu pembeli" in saved.text
