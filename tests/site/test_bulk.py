"""The shops that measurements load keep every rule of the real ones."""

import pytest

from epeken.core import clock
from epeken.site.demo import bulk
from tests.orders.books import balanced
from umkm.catalogue.models import Product

pytestmark = pytest.mark.django_db


def test_a_load_for_measuring_leaves_the_books_in_order() -> None:
    loaded = bulk.load(products=60, sellers=6, seed=1, now=clock.now(), progress=lambda _said: None)
    assert Product.objects.for_sale().count() == loaded.products == 60
    balanced()
