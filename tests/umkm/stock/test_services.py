"""What an order holds on the shelf, and what of it comes back."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.factories.umkm import make_product
from umkm.stock import services as stock

pytestmark = pytest.mark.django_db


def test_only_what_no_delivery_took_comes_back(now: datetime) -> None:
    """Of ten taken, four went with a delivery and three of them stayed there; six are held at the end."""
    product, order = make_product(on_hand=10), "SP-2026-000001"
    stock.take_stock(product=product, quantity=Decimal(10), reference=order, days=[], actor=None, now=now)
    stock.deliver_stock(
        product=product, held=Decimal(4), delivered=Decimal(3), reference=order, part="SJ-1", actor=None, now=now
    )
    for _time in range(2):
        stock.return_stock(product=product, reference=order, actor=None, now=now)
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (7, 0)
