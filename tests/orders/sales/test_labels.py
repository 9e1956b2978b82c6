"""Labels of what a shop has on show."""

import pytest
from django.urls import reverse

from orders.sales import labels
from orders.sales.forms import LabelFilter
from tests.factories import umkm as make
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


def test_goods_on_show_have_labels_and_others_none() -> None:
    product = make.make_product(price=12_500)
    client = signed_in(product.seller.members.get().user)
    make.make_product(product.seller, state="draft")
    make.make_product()
    assert labels.goods_of(product.seller) == [product]
    page = client.get(reverse("orders:price-labels")).content.decode()
    assert product.name in page and "24 label tiap lembar" in page
    answer = client.get(reverse("orders:price-labels"), {"unduh": "pdf", "barang": product.pk, "salinan": 3})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    wrong = client.get(reverse("orders:price-labels"), {"unduh": "pdf", "barang": product.pk, "salinan": 0})
    assert wrong.status_code == 422 and "Paling sedikit 1" in wrong.text and "checked" in wrong.text
    other = make.make_product(product.seller)
    filter_ = LabelFilter({"barang": [other.pk], "salinan": "2"}, goods=[product, other])
    assert filter_.chosen() == [other, other]
    assert LabelFilter({}, goods=[product, other]).chosen() == [product, other]
    hidden = make.make_product(state="hidden")
    answer = signed_in(hidden.seller.members.get().user).get(reverse("orders:price-labels"))
    assert answer["Location"] == f"{reverse('umkm:product-mine')}?toko={hidden.seller_id}"
