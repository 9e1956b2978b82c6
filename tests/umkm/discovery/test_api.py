"""The open catalogue: search, pages by cursor, nothing personal, few queries."""

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from rest_framework.test import APIClient
from rest_framework.throttling import AnonRateThrottle

from tests.factories import umkm as make
from tests.factories.places import CITY
from umkm.catalogue.states import ProductState
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> APIClient:
    cache.clear()
    return APIClient()


def names(answer: Any) -> list[str]:
    return [row["name"] for row in answer.json()["results"]]


def test_anyone_may_search(client: APIClient) -> None:
    make.make_product(name="Nasi kotak ayam")
    make.make_product(name="Sapu lidi")
    answer = client.get(reverse("api:product-list"), {"q": "nasi"})
    assert answer.status_code == 200
    assert names(answer) == ["Nasi kotak ayam"]
    assert answer.json()["count"] == 1


def test_conditions_are_joined_by_and(client: APIClient) -> None:
    cheap = make.make_product(name="Kue lapis", price=5_000)
    make.make_product(name="Kue tart", price=150_000)
    wanted = {"q": "kue", "price_to": 10_000, "category": cheap.category.slug, "kind": "umkm"}
    assert names(client.get(reverse("api:product-list"), wanted)) == ["Kue lapis"]
    assert names(client.get(reverse("api:product-list"), wanted | {"kind": "kelontong"})) == []


def test_goods_not_on_sale_stay_unseen(client: APIClient) -> None:
    hidden = make.make_product(state=ProductState.HIDDEN)
    frozen = make.make_product(make.make_seller(state=SellerState.FROZEN))
    assert names(client.get(reverse("api:product-list"))) == []
    for product in (hidden, frozen):
        answer = client.get(reverse("api:product-detail", args=[product.pk]))
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"


def test_the_cursor_walks_every_product_once(client: APIClient) -> None:
    shop = make.make_seller()
    category = make.make_category()
    made = {make.make_product(shop, category=category).pk for _n in range(30)}
    seen: list[int] = []
    url: str | None = f"{reverse('api:product-list')}?sort=cheapest&kind=umkm"
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) == 30
    assert set(seen) == made


def test_amounts_are_whole_numbers_and_quantities_text(client: APIClient) -> None:
    product = make.make_product(price=12_500, minimum="0.500", step="0.250", unit="kg")
    shown = client.get(reverse("api:product-detail", args=[product.pk])).json()
    assert shown["price"] == 12_500
    assert (shown["minimum"], shown["step"]) == ("0.500", "0.250")


@pytest.mark.parametrize(
    ("name", "value"), [("category", "tidak-ada"), ("kelurahan", "99.99"), ("price_from", "-1"), ("sort", "acak")]
)
def test_a_wrong_condition_names_its_field(client: APIClient, name: str, value: str) -> None:
    answer = client.get(reverse("api:product-list"), {name: value})
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert answer.json()["field"] == name
    assert answer.json()["message"]


def test_an_upside_down_price_range_is_refused(client: APIClient) -> None:
    answer = client.get(reverse("api:product-list"), {"price_from": 10, "price_to": 5})
    assert answer.json()["field"] == "price_to"


def test_a_shop_shows_nothing_of_its_person(client: APIClient) -> None:
    shop = make.make_seller()
    shown = client.get(reverse("api:shop-detail", args=[shop.slug]))
    assert shown.status_code == 200
    for secret in (shop.owner_name, shop.nik, shop.phone, shop.email, shop.bank_account):
        assert secret not in shown.content.decode()
    assert client.get(reverse("api:shop-list")).json()["results"][0]["slug"] == shop.slug


def test_a_shop_that_does_not_sell_is_unseen(client: APIClient) -> None:
    draft = make.make_seller(state=SellerState.FROZEN)
    assert client.get(reverse("api:shop-list")).json()["results"] == []
    assert client.get(reverse("api:shop-detail", args=[draft.slug])).status_code == 404


def test_categories_and_food_courts_come_whole(client: APIClient) -> None:
    assert {"slug", "name", "parent", "is_food"} == set(client.get(reverse("api:category-list")).json()[0])
    assert len(client.get(reverse("api:food-court-list")).json()) == len(CITY.rows("swk.csv"))


def test_lists_cost_few_queries(client: APIClient, django_assert_max_num_queries: Any) -> None:
    for _n in range(12):
        make.make_product(name="Nasi kotak")
    client.get(reverse("api:product-list"))
    # Search, its cards, the category tree, and the throttle's two looks at its cache.
    with django_assert_max_num_queries(10):
        assert len(names(client.get(reverse("api:product-list"), {"q": "nasi"}))) == 12
    assert Seller.objects.count() >= 12
    with django_assert_max_num_queries(7):
        client.get(reverse("api:shop-list"))


def test_too_many_requests_are_told_to_wait(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    url = reverse("api:category-list")
    assert [client.get(url).status_code for _n in range(3)] == [200, 200, 429]
    answer = client.get(url)
    assert answer.json()["code"] == "throttled"
    assert int(answer["Retry-After"]) > 0
    cache.clear()
