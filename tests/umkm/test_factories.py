"""The rows other tests stand on are rows the database accepts and the queries find."""

import pytest

from tests.factories.places import WARD
from tests.factories.umkm import make_product, make_seller
from umkm.catalogue.models import Product
from umkm.catalogue.states import ProductState, StockMode
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind, SellerState

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", SellerKind)
def test_a_made_shop_is_active_and_findable(kind: str) -> None:
    seller = make_seller(kind=kind)
    assert list(Seller.objects.active()) == [seller]
    assert seller.members.count() == 1


@pytest.mark.parametrize("state", SellerState)
def test_a_shop_can_be_made_in_every_state(state: str) -> None:
    assert make_seller(state=state).state == state


@pytest.mark.parametrize("mode", StockMode)
def test_made_goods_are_on_sale(mode: str) -> None:
    product = make_product(stock_mode=mode)
    assert list(Product.objects.for_sale()) == [product]


@pytest.mark.parametrize("state", ProductState)
def test_goods_can_be_made_in_every_state(state: str) -> None:
    assert make_product(state=state).state == state


@pytest.mark.django_db(transaction=True)
def test_reference_data_survives_truncation() -> None:
    assert make_seller().kelurahan_id == WARD
