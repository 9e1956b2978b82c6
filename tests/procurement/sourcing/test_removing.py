"""A line leaves a draft only after the page has asked."""

import pytest
from django.urls import reverse

from epeken.core import clock
from tests.factories.procurement import Office, make_request
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


def test_the_page_asks_before_a_line_is_gone() -> None:
    office = Office(now=clock.now())
    request = make_request(office, now=clock.now())
    line = request.lines.get()
    request.lines.update(note="Tanpa sambal")
    address = reverse("procurement:request-line-remove", args=[request.number])
    client = signed_in(office.requester)
    asked = client.get(address, {"product": line.product_id})
    assert asked.status_code == 200 and f"Hapus {line.name} dari permintaan?" in asked.text
    assert "Tanpa sambal" in asked.text and "Rp1.000.000" in asked.text
    assert request.lines.exists()
    assert client.post(address, {"product": line.product_id}).status_code == 302
    assert not request.lines.exists()


@pytest.mark.parametrize("product", ["", "x", "999999999"])
def test_what_is_not_there_leads_back_to_the_goods(product: str) -> None:
    office = Office(now=clock.now())
    request = make_request(office, now=clock.now())
    address = reverse("procurement:request-line-remove", args=[request.number])
    answer = signed_in(office.requester).get(address, {"product": product})
    assert answer.status_code == 302 and answer.url.endswith("#barang")


def test_who_may_not_edit_is_not_asked() -> None:
    office = Office(now=clock.now())
    request = make_request(office, now=clock.now())
    address = reverse("procurement:request-line-remove", args=[request.number])
    answer = signed_in(office.pp).get(address, {"product": request.lines.get().product_id})
    assert answer.status_code == 302
