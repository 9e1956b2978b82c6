"""Days on which a shop makes another amount than on others: at once the same answer everywhere."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.i18n.times import long_date
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.kept_steps import kept
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.catalogue.states import StockMode
from umkm.stock import services as stock
from umkm.stock.models import CapacityDay
from umkm.stock.supply import supply_of

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def meals() -> Product:
    """Twenty a day, of a shop that works every day."""
    shop = make.make_seller(make.make_user(), open_days="1234567")
    return make.make_product(
        shop, stock_mode=StockMode.DAILY, daily_capacity=Decimal(20), keeps="cooked", unit="box", lead_days=0
    )


def member_of(product: Product) -> Any:
    return product.seller.members.get().user


def take(product: Product, quantity: int, day: Any, now: datetime, reference: str = "SP-1") -> None:
    stock.take_stock(product=product, quantity=Decimal(quantity), reference=reference, days=[day], actor=None, now=now)


def test_a_day_holds_what_was_planned_for_it_and_others_what_is_usual(meals: Product, now: datetime) -> None:
    who, day = member_of(meals), clock.local_date(now) + timedelta(days=3)
    plan = {"actor": who, "product": meals, "first": day, "last": day, "now": now}
    stock.plan_days(**plan, capacity=Decimal(50))
    take(meals, 45, day, now)
    with pytest.raises(RuleBroken):
        take(meals, 6, day, now, "SP-2")
    with pytest.raises(RuleBroken):
        take(meals, 21, day + timedelta(days=1), now, "SP-2")
    # Less than is promised: what is promised stays, and nothing more is sold.
    assert [row.used for row in stock.plan_days(**plan, capacity=Decimal(10))] == [45]
    assert supply_of([meals], day).on(meals, day) == 0
    stock.return_stock(product=meals, reference="SP-1", actor=None, now=now)
    assert supply_of([meals], day).on(meals, day) == 10
    stock.plan_days(**plan, capacity=None)
    assert supply_of([meals], day).on(meals, day) == 20
    take(meals, 20, day, now, "SP-3")


def test_a_day_on_which_nothing_is_made_says_so_and_names_the_next(meals: Product, now: datetime) -> None:
    first = clock.local_date(now) + timedelta(days=3)
    stock.plan_days(
        actor=member_of(meals), product=meals, first=first, last=first + timedelta(days=1), capacity=Decimal(0), now=now
    )
    asked = feasibility.calendar([meals], first, now, for_agency=False)
    fault = feasibility.faults(meals, Decimal(5), asked)[0]
    assert fault.code == "out_of_stock" and "tidak membuat" in fault.text
    assert fault.day == first + timedelta(days=2)


def test_what_cannot_be_planned_is_refused(meals: Product, now: datetime) -> None:
    today = clock.local_date(now)
    plan = {"actor": member_of(meals), "product": meals, "first": today, "last": today, "capacity": Decimal(5)}
    for over, code in (
        ({"first": today - timedelta(days=1)}, "day_past"),
        ({"first": today + timedelta(days=1)}, "days_reversed"),
        ({"last": today + timedelta(days=stock.MOST_PLANNED)}, "too_many_days"),
        ({"capacity": Decimal(-1)}, "quantity_negative"),
        ({"capacity": Decimal("1.5")}, "not_whole"),
        ({"product": make.make_product(meals.seller)}, "kept_in_stock"),
    ):
        with pytest.raises(RuleBroken) as refused:
            stock.plan_days(**{**plan, **over, "now": now})
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        stock.plan_days(**{**plan, "actor": make.make_user(), "now": now})
    assert not CapacityDay.objects.exists()


def test_the_page_of_the_days(meals: Product) -> None:
    page, url = signed_in(member_of(meals)), reverse("umkm:product-days", args=[meals.pk])
    day = clock.today() + timedelta(days=2)
    assert page.post(url, {"first": "kemarin", "capacity": "5"}).status_code == 422
    before = page.get(url)
    assert (len(before.context["rows"]), len(before.context["usual"])) == (0, 28)
    assert page.post(url, {"first": day.isoformat(), "capacity": "35"}).status_code == 302
    [said], usual = (page.get(url).context[name] for name in ("rows", "usual"))
    assert said["cells"][0]["text"] == long_date(day) and len(usual) == 27
    shown = page.get(url).text
    assert "35 kotak" in shown and "diatur untuk hari ini saja" in shown
    take(meals, 30, day, clock.now())
    answer = page.post(url, {"first": day.isoformat(), "last": "", "capacity": "0"}, follow=True)
    assert "tetap harus dibuat" in answer.text
    assert url in page.get(reverse("umkm:product-edit", args=[meals.pk])).text
    far = clock.today() + timedelta(days=200)
    assert page.post(url, {"first": far.isoformat(), "capacity": "7"}).status_code == 302
    assert long_date(far) in page.get(url).text
    type(meals.seller).objects.filter(pk=meals.seller_id).update(open_days=str(day.isoweekday() % 7 + 1))
    told = page.post(url, {"first": day.isoformat(), "capacity": "35"}, follow=True).text
    assert f"Toko tutup {long_date(day)}" in told and "diatur 35 kotak, dipakai bila toko buka" in told
    shelf = make.make_product(meals.seller)
    assert page.get(reverse("umkm:product-days", args=[shelf.pk])).status_code == 404
