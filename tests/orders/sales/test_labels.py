"""Labels of what a shop has on show."""

import pytest
from django.urls import reverse

from orders.sales import labels
from tests.factories import umkm as make
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


def test_goods_on_show_have_labels_and_others_none() -> None:
    product = make.make_product(price=12_500)
    client = signed_in(product.seller.members.get().user)
    make.make_product(product.seller, state="draft")
    make.make_product()
    assert labels.goods_of(product.seller) == [product]
    answer = client.get(reverse("orders:price-labels"))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    hidden = make.make_product(state="hidden")
    answer = signed_in(hidden.seller.members.get().user).get(reverse("orders:price-labels"))
    assert answer["Location"] == reverse("umkm:product-mine")
