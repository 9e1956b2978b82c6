"""Numbers beyond their column are refused with a sentence, before the database sees them."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from epeken.core.money import MAX_RUPIAH, RupiahField
from epeken.core.quantity import MOST
from orders.carts import services as carts
from procurement.requests.services import decisions, drafts
from tests.factories import umkm as goods
from tests.factories.procurement import Office, make_request
from umkm.catalogue.models import Product

pytestmark = pytest.mark.django_db


def test_an_amount_is_at_most_what_is_written_down() -> None:
    column = RupiahField(signed=True)
    assert column.get_prep_value(MAX_RUPIAH) == MAX_RUPIAH
    for amount in (MAX_RUPIAH + 1, -MAX_RUPIAH - 1, 10**21):
        with pytest.raises(RuleBroken) as refused:
            column.get_prep_value(amount)
        assert refused.value.code == "amount_too_large"


def test_a_quantity_is_at_most_what_is_written_down() -> None:
    product = goods.make_product()
    for quantity in (MOST + Decimal("0.001"), Decimal(10) ** 20):
        with pytest.raises(RuleBroken) as refused:
            Product.objects.filter(pk=product.pk).update(minimum=quantity)
        assert refused.value.code == "quantity_too_large"


@pytest.mark.parametrize("quantity", [999_999, 999_999_999])
def test_a_price_times_a_quantity_beyond_the_column_is_refused(now: Any, quantity: int) -> None:
    office = Office()
    product = goods.make_product(price=MAX_RUPIAH)
    request = make_request(office, [(goods.make_product(), 1)], now=now)
    with pytest.raises(RuleBroken, match="terlalu besar") as refused:
        carts.put_in_cart(user=AnonymousUser(), key="k" * 32, product=product, quantity=Decimal(quantity), now=now)
    assert refused.value.code == "too_many"
    with pytest.raises(RuleBroken, match="terlalu besar"):
        drafts.put_line(
            actor=office.requester, request=request, product=product, quantity=Decimal(quantity), note="", now=now
        )


def test_a_sum_of_lines_beyond_the_column_is_refused(now: Any) -> None:
    office = Office(pagu=MAX_RUPIAH)
    dear = [(goods.make_product(price=MAX_RUPIAH), 1) for _number in range(2)]
    request = make_request(office, dear, now=now)
    with pytest.raises(RuleBroken):
        decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now)
    request.refresh_from_db()
    assert (request.state, request.total) == ("draft", 0)
