"""A condition that cannot be read is left out by itself, and said; a file is refused rather than wrong."""

from datetime import datetime
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.core.web.forms import FilterForm
from orders.orders.models import Order
from orders.orders.services import agreement
from tests.factories import orders as make_orders
from tests.factories import procurement as make_offices
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.forms import every_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(now: Any) -> Client:
    office = make_orders.make_office()
    request = make_orders.make_approved(office, [(goods.make_product(), 2)], now=now)
    agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=now)
    return signed_in(office.pp)


def test_one_unreadable_condition_leaves_the_others_in_force(officer: Client) -> None:
    url = reverse("orders:agency-orders")
    assert len(officer.get(url).context["rows"]) == 1
    page = officer.get(url, {"tahap": "batal", "sejak": "bukan"})
    assert len(page.context["rows"]) == 0
    assert "Dipesan sejak “bukan” tidak dipakai." in page.content.decode()
    assert "tidak dipakai" not in officer.get(url, {"tahap": "batal"}).content.decode()
    turned = officer.get(url, {"sejak": "2026-12-05", "sampai": "2026-12-01"}).content.decode()
    assert "“1 Desember 2026” tidak dipakai" in turned and "“2026-12-01”" not in turned


@pytest.mark.parametrize(
    "query", [{"sejak": "bukan"}, {"q": "a" * 81}, {"tahap": "tidakada"}, {"sampai": "2026-02-30"}]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_with_an_unreadable_condition_is_refused(officer: Client, query: dict[str, str], kind: str) -> None:
    for name in ("orders:agency-orders", "procurement:budget-list"):
        answer = officer.get(reverse(name), {"unduh": kind, **query})
        known = name == "orders:agency-orders" or "q" in query
        assert answer.status_code == (422 if known else 200)
        assert ("tidak dipakai" in answer.content.decode(errors="replace")) is known


@pytest.mark.parametrize("name", ["min", "maks"])
def test_a_price_that_cannot_be_read_is_said(client: Client, name: str) -> None:
    page = client.get(reverse("umkm:search"), {"q": "nasi", name: "50,000"}).content.decode()
    assert "“50,000” tidak dipakai" in page


@pytest.mark.parametrize("text", ["50000", "50.000", "50rb", "50.000,-", "Rp50.000"])
def test_a_price_as_people_write_it_is_a_condition(client: Client, text: str) -> None:
    page = client.get(reverse("umkm:search"), {"q": "nasi", "min": text}).content.decode()
    assert "Mulai Rp50.000" in page
    assert "tidak dipakai" not in page


def test_a_department_that_the_address_names_and_is_not_ones_own_is_not_found() -> None:
    office, other = make_offices.Office(), make_offices.make_agency()
    page = signed_in(office.treasurer)
    for name in ("orders:tax-deposit-list", "orders:joint-payment"):
        asked = [page.get(reverse(name), {"dinas": pk}).status_code for pk in ("", office.agency.pk, other.pk, "x")]
        assert (name, asked) == (name, [200, 200, 404, 404])


def test_every_form_of_conditions_says_what_it_leaves_out() -> None:
    unsaid = [
        form.__name__
        for form in every_form()
        if form.__name__.endswith(("Filter", "SearchForm")) and not issubclass(form, FilterForm)
    ]
    assert unsaid == []
    assert {form.__name__ for form in every_form() if issubclass(form, FilterForm)} >= {"OrderFilter", "SearchForm"}
    assert issubclass(FilterForm, forms.Form)


def test_two_days_the_wrong_way_round_are_said() -> None:
    office = make_offices.Office()
    page = signed_in(office.treasurer).get(reverse("orders:treasurer"), {"sejak": "2026-12-01", "sampai": "2026-01-01"})
    assert "lebih awal daripada tanggal mulainya" in page.text


def test_a_machines_unknown_cursor_is_refused(client: Client) -> None:
    answer = client.get("/api/v1/products/", {"cursor": "abc"})
    assert (answer.status_code, answer.json()["field"]) == (400, "cursor")


def test_the_last_moment_of_a_day_belongs_to_it(officer: Client) -> None:
    late = datetime(2026, 3, 2, 23, 59, 59, 500_000, tzinfo=clock.ZONE)
    Order.objects.update(placed_at=late)
    url = reverse("orders:agency-orders")
    assert len(officer.get(url, {"sejak": "2026-03-02", "sampai": "2026-03-02"}).context["rows"]) == 1
    assert len(officer.get(url, {"sampai": "2026-03-01"}).context["rows"]) == 0
    assert len(officer.get(url, {"sejak": "2026-03-03"}).context["rows"]) == 0
