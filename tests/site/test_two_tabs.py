"""The same form in two tabs: the later save never silently overwrites the earlier, on any page that edits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.http import HttpRequest
from django.urls import get_resolver, reverse

from epeken.core import clock
from epeken.core.editing import ChangedMeanwhile, check_unchanged, shown_of
from epeken.core.models import Holiday
from epeken.core.web.admin import HouseAdmin
from tests.factories import procurement as offices
from tests.factories import umkm as make
from tests.factories.users import enrol, make_address, signed_in
from tests.forms import every_form
from tests.html_forms import form_of
from tests.umkm.drafts import ready
from umkm.catalogue.states import StockMode

pytestmark = pytest.mark.django_db


@dataclass
class Edited:
    """A page that edits `row`: two fields as typed, and as the row keeps them."""

    person: Any
    url: str
    row: Any
    first: tuple[str, str, Any]
    second: tuple[str, str, Any]


def goods() -> Edited:
    user = make.make_user()
    product = make.make_product(seller=make.make_seller(member=user), stock_mode=StockMode.DAILY)
    url = reverse("umkm:product-edit", args=[product.pk])
    return Edited(user, url, product, ("lead_days", "3", 3), ("daily_capacity", "90", 90))


def shop_page() -> Edited:
    user = make.make_user()
    shop = make.make_seller(member=user)
    url = reverse("umkm:seller-profile") + f"?toko={shop.pk}"
    return Edited(user, url, shop, ("about", "Sejak 2015.", "Sejak 2015."), ("delivery_fee", "12.500", 12_500))


def registration() -> Edited:
    user = make.make_user()
    draft = ready(user, clock.now())
    url = reverse("umkm:application-step", args=[draft.pk, "toko"])
    return Edited(user, url, draft, ("about", "Sejak 2015.", "Sejak 2015."), ("name", "Dapur Baru", "Dapur Baru"))


def request() -> Edited:
    office = offices.Office()
    draft = offices.make_request(office, now=clock.now())
    url = reverse("procurement:request-edit", args=[draft.number])
    return Edited(office.requester, url, draft, ("purpose", "Rapat akhir.", "Rapat akhir."), ("attendees", "55", 55))


def account() -> Edited:
    user = make.make_user(name="Semula", phone="+6281234567890")
    changes = ("name", "Nama Baru", "Nama Baru"), ("phone", "0812 9999 8888", "+6281299998888")
    return Edited(user, reverse("users:profile"), user, *changes)


def own_address() -> Edited:
    person = make.make_user(name="Warga Contoh")
    row = make_address(person)
    changes = ("street", "Jl. Lain 3", "Jl. Lain 3"), ("recipient", "Ibu Contoh", "Ibu Contoh")
    return Edited(person, reverse("users:address-change", args=[row.pk]), row, *changes)


def budget_line() -> Edited:
    line = offices.make_line(pagu=50_000_000)
    changes = ("activity_name", "Rapat dinas", "Rapat dinas"), ("rup_id", "58210009", "58210009")
    return Edited(_superuser(), _admin(line), line, *changes)


def department() -> Edited:
    agency = offices.make_agency()
    changes = ("address", "Jl. Lain 2", "Jl. Lain 2"), ("npwp", "123", "123")
    return Edited(_superuser(), _admin(agency), agency, *changes)


def holiday() -> Edited:
    row = Holiday.objects.create(day="2027-02-03", name="Libur contoh", source="SK 1")
    return Edited(_superuser(), _admin(row), row, ("name", "Libur lain", "Libur lain"), ("source", "SK 2", "SK 2"))


def person_of_the_office() -> Edited:
    user = make.make_user(name="Semula")
    return Edited(_superuser(), _admin(user), user, ("name", "Nama Baru", "Nama Baru"), ("nip", "199001", "199001"))


PAGES = [
    goods,
    shop_page,
    registration,
    request,
    account,
    own_address,
    budget_line,
    department,
    holiday,
    person_of_the_office,
]


def _superuser() -> Any:
    return enrol(make.make_user(is_staff=True, is_superuser=True))


def _admin(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize("open_page", PAGES)
def test_the_later_save_is_refused_shows_the_earlier_and_keeps_what_was_typed(open_page: Callable[[], Edited]) -> None:
    page = open_page()
    client = signed_in(page.person)
    (one, typed_one, kept_one), (two, typed_two, kept_two) = page.first, page.second
    before = getattr(page.row, two)
    tab_1, tab_2 = form_of(client, page.url), form_of(client, page.url)
    assert client.post(page.url, {**tab_1, one: typed_one}).status_code == 302
    # The old tab changes another field: it would take the first change back.
    refused = client.post(page.url, {**tab_2, two: typed_two})
    assert refused.status_code in (200, 422)
    page.row.refresh_from_db()
    assert (getattr(page.row, one), getattr(page.row, two)) == (kept_one, before)
    told = refused.content.decode()
    assert "diubah di tempat lain" in told and typed_one in told
    again = form_of(client, page.url, page=told)
    assert (again[one], again[two]) == ([typed_one], [typed_two])
    assert client.post(page.url, again).status_code == 302
    page.row.refresh_from_db()
    assert (getattr(page.row, one), getattr(page.row, two)) == (kept_one, kept_two)


@pytest.mark.parametrize("open_page", PAGES)
def test_both_values_of_one_field_are_shown_before_one_wins(open_page: Callable[[], Edited]) -> None:
    page = open_page()
    client = signed_in(page.person)
    name, typed, kept = page.first
    tab_1, tab_2 = form_of(client, page.url), form_of(client, page.url)
    other = typed + "9"
    client.post(page.url, {**tab_1, name: typed})
    refused = client.post(page.url, {**tab_2, name: other})
    told = refused.content.decode()
    assert f"Di tempat lain baru disimpan “{typed}”" in told
    again = form_of(client, page.url, page=told)
    assert again[name] == [other]
    page.row.refresh_from_db()
    assert getattr(page.row, name) == kept
    assert client.post(page.url, again).status_code == 302
    page.row.refresh_from_db()
    assert str(getattr(page.row, name)) == other


@pytest.mark.parametrize("open_page", PAGES)
def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(open_page: Callable[[], Edited]) -> None:
    page = open_page()
    client = signed_in(page.person)
    name, typed, _kept = page.first
    before = getattr(page.row, name)
    sent = form_of(client, page.url)
    del sent["shown"]
    assert client.post(page.url, {**sent, name: typed}).status_code in (200, 422)
    page.row.refresh_from_db()
    assert getattr(page.row, name) == before


def test_a_form_sent_twice_is_saved_twice() -> None:
    page = shop_page()
    client = signed_in(page.person)
    sent = {**form_of(client, page.url), "about": "Sejak 2015."}
    assert [client.post(page.url, sent).status_code for _time in range(2)] == [302, 302]


def test_a_draft_that_saves_itself_goes_on_saving_and_says_when_another_tab_was_first() -> None:
    page = request()
    client = signed_in(page.person)
    tab_1, tab_2 = form_of(client, page.url), form_of(client, page.url)
    quiet = {"X-Autosave": "1"}
    kept = client.post(page.url, {**tab_1, "title": "Rapat A"}, headers=quiet)
    assert kept.status_code == 200
    newer = {**tab_1, "shown": kept["X-Shown"]}
    assert client.post(page.url, {**newer, "title": "Rapat AB"}, headers=quiet).status_code == 200
    late = client.post(page.url, {**tab_2, "title": "Rapat lain"}, headers=quiet)
    assert (late.status_code, "diubah di tempat lain" in late.content.decode()) == (409, True)
    page.row.refresh_from_db()
    assert page.row.title == "Rapat AB"


def test_the_amount_of_a_line_is_not_taken_back_and_a_removed_line_does_not_return() -> None:
    office = offices.Office()
    draft = offices.make_request(office, now=clock.now())
    line = draft.lines.get()
    client = signed_in(office.requester)
    url = reverse("procurement:request-line-put", args=[draft.number])
    tab = form_of(client, reverse("procurement:request-detail", args=[draft.number]), action=url)
    client.post(url, {**tab, "quantity": "20"})
    answer = client.post(url, {**tab, "quantity": "30"}, follow=True).content.decode()
    line.refresh_from_db()
    assert line.quantity == 20 and "sekarang 20; 30 yang Anda tulis belum disimpan" in answer
    draft.lines.all().delete()
    client.post(url, {**tab, "quantity": "30"})
    assert not draft.lines.exists()


def test_every_form_over_a_row_says_what_it_showed() -> None:
    """A form that starts with a row's values is an EditForm; pages of the office compare all of theirs."""
    editing = {form.__name__ for form in every_form() if "shown" in getattr(form, "base_fields", {})}
    steps = {"OwnerForm", "ShopForm", "ServiceForm", "BusinessForm", "BankForm"}
    goods = {"EditProductForm", "ShelfForm", "AltForm"}
    assert steps | goods | {"ShopProfileForm", "RequestForm", "ProfileForm"} <= editing
    assert get_resolver().url_patterns
    for page in admin.site._registry.values():
        assert isinstance(page, HouseAdmin) or not page.has_change_permission(HttpRequest()), page


def test_the_digest_holds_no_value_and_reads_one_value_written_in_many_ways() -> None:
    shown = shown_of({"about": "Sejak\r\n2015", "fee": 10_000})
    assert "Sejak" not in shown and "10000" not in shown
    check_unchanged(shown, {"about": "Sejak\n2015 ", "fee": 10_000}, {"about": "Lain", "fee": 1})
    with pytest.raises(ChangedMeanwhile) as refused:
        check_unchanged(shown, {"about": "Sejak 2016", "fee": 10_000}, {"about": "Lain", "fee": 1})
    assert refused.value.current == {"about": "Sejak 2016"}
    # Of another field the same digest says nothing.
    with pytest.raises(ChangedMeanwhile):
        check_unchanged(shown_of({"a": "1", "b": "2"}), {"a": "2", "b": "2"}, {"a": "3"})
