"""Where a form leads back to: an address of ours, or the page's own choice."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from epeken.core.web.targets import own_target


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/keranjang/", "/keranjang/"),
        ("http://testserver/toko/", "http://testserver/toko/"),
        ("x", ""),
        ("orders:cart", ""),
        ("", ""),
        (None, ""),
        ("//elsewhere.test/", ""),
        ("https://elsewhere.test/", ""),
        ("javascript:alert(1)//", ""),
        ("/\\elsewhere.test/", ""),
    ],
)
def test_only_an_address_of_ours_is_a_target(asked: str | None, target: str) -> None:
    assert own_target(RequestFactory().get("/"), asked) == target


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["orders:cart-add", "umkm:place"])
def test_a_word_that_is_no_address_is_no_fault(client: Client, address: str) -> None:
    """A word without a slash would be looked up as the name of a view."""
    answer = client.post(reverse(address), {"next": "x", "product": "0", "quantity": "1", "kelurahan": "0"})
    assert answer.status_code in {302, 422}
    assert answer.get("Location", reverse("orders:cart")) == reverse("orders:cart")
