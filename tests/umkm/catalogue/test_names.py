"""Which goods a page may call alike, and what it says of their prices."""

from typing import Any

import pytest

from tests.factories import umkm as make
from tests.factories.places import far_away
from tests.kept_steps import kept
from umkm.catalogue import names
from umkm.catalogue.models import Product
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.views.products import _prices


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Soto ayam", "Soto ayam kampung", True),
        ("Soto ayam", "SOTO  AYAM", True),
        ("Soto ayam", "Rawon daging", False),
        ("Soto ayam", "Soto daging", False),
        ("Pulpen hitam isi 12", "Pulpen hitam isi 24", False),
        ("Pulpen hitam isi 12", "Pulpen hitam", False),
        ("Air minum 600 ml", "air minum 600ml", True),
        ("123", "123", False),
    ],
)
def test_goods_are_alike_by_their_words_and_numbers(one: str, other: str, alike: bool) -> None:
    assert names.is_alike(one, other) is names.is_alike(other, one) is alike


def test_the_same_name_is_the_same_words_in_the_same_order() -> None:
    assert names.same_name("Nasi  kotak", "nasi kotak")
    assert not names.same_name("Nasi kotak", "Kotak nasi")
    assert not names.same_name("Nasi kotak", "Nasi kotak ayam")


@pytest.fixture
@kept
def soup(db: Any) -> Product:
    return make.make_product(name="Soto ayam", price=17_000)


def of_others(soup: Product, *goods: tuple[str, int], **shop: Any) -> None:
    for name, price in goods:
        make.make_product(make.make_seller(**shop), name=name, price=price, category=soup.category, unit=soup.unit)


def test_a_price_is_compared_with_goods_alike_only(soup: Product) -> None:
    of_others(soup, ("Rawon daging", 39_000), ("Lontong balap", 14_000), ("Sup buntut", 39_000))
    assert product_pages.price_comparison(soup) is None
    of_others(soup, ("Soto ayam", 16_000), ("Soto ayam kampung", 18_000), ("soto ayam lamongan", 20_000))
    found = product_pages.price_comparison(soup)
    assert found == product_pages.AlikePrices(low=16_000, high=20_000, count=3, is_near=True)
    assert (_prices(soup) or {})["sentence"] == "Di antara harga 3 barang serupa di kecamatan yang sama."


def test_too_few_nearby_are_compared_over_the_city_and_it_says_so(soup: Product) -> None:
    of_others(soup, ("Soto ayam", 17_000))
    of_others(soup, ("Soto ayam", 17_000), ("Soto ayam", 17_000), kelurahan=far_away())
    assert (_prices(soup) or {})["sentence"] == "Sama dengan 3 barang serupa di kota ini."


def test_another_shop_of_the_owner_is_nobody_else(soup: Product) -> None:
    of_others(soup, ("Soto ayam", 16_000), ("Soto ayam", 16_000))
    of_others(soup, ("Soto ayam", 16_000), owner=soup.seller.owner)
    assert product_pages.price_comparison(soup) is None
