"""Searches that complete what somebody types."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import umkm as make
from umkm.catalogue.models import Category
from umkm.catalogue.states import ProductState
from umkm.discovery.suggestions import MOST, suggested
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db


def test_names_of_goods_on_show_complete_a_word() -> None:
    for name in ("Lemper ayam", "LEMPER AYAM", "Lemper abon", "Lemper isi pedas sekali"):
        make.make_product(name=name, description="")
    make.make_product(name="Lemper tersembunyi", state=ProductState.HIDDEN)
    make.make_product(make.make_seller(state=SellerState.FROZEN), name="Lemper beku")
    make.make_product(name="Arem-arem", description="Seperti lemper")
    # Written by most first, then the shortest; a name in another writing once.
    assert suggested("lemp", []) == ["LEMPER AYAM", "Lemper abon", "Lemper isi pedas sekali"]
    assert suggested("ayam lem", []) == ["LEMPER AYAM"]
    assert suggested("zzqx", []) == []


def test_categories_and_shops_stand_beside_names_and_nothing_twice() -> None:
    everything = list(Category.objects.all())
    title = next(category for category in everything if category.slug == "jajan-pasar").title
    make.make_product(make.make_seller(name="Jajan Pasar Bu Rukmi"), name=title, description="")
    found = suggested("jajan pas", everything)
    assert found[0] == title and found.count(title) == 1 and "Jajan Pasar Bu Rukmi" in found
    for n in range(12):
        make.make_product(make.make_seller(name=f"Jajan Pasar {n}"), name=f"Jajan pasar nomor {n}", description="")
    assert len(suggested("jajan pas", everything)) <= MOST


@pytest.mark.parametrize("text", ["", "le", "?!", "l e", "'", "\\", "a:*"])
def test_little_or_no_text_asks_nothing(text: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert suggested(text, []) == []
    assert len(captured) == 0


def test_the_address_answers_and_the_head_asks_it(client: Any) -> None:
    make.make_product(name="Lemper ayam", description="")
    address = reverse("umkm:search-suggestions")
    answer = client.get(address, {"q": "lemp"})
    assert (answer.json(), answer["Cache-Control"]) == ({"suggestions": ["Lemper ayam"]}, "private, max-age=60")
    assert client.get(address).json() == {"suggestions": []}
    assert client.get(address, {"q": "x" * 101}).json() == {"suggestions": []}
    assert f'data-suggest="{address}"' in client.get("/").content.decode()
