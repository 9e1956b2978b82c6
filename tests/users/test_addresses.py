"""A person's address book: theirs alone, one default, a limit, gone with the account."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.users.addresses import services
from epeken.users.addresses.models import Address
from tests.factories.places import home
from tests.factories.umkm import make_staff
from tests.html_forms import form_of, shown_on

pytestmark = pytest.mark.django_db


def values(label: str = "Rumah", **over: Any) -> dict[str, Any]:
    return {
        "label": label, "recipient": "Ibu Uji", "phone": "0812 9999 0000", "street": "Jl. Kenanga 9",
        "kelurahan": home(), **over,
    }  # fmt: skip


def add(user: Any, label: str = "Rumah", **over: Any) -> Address:
    return services.add_address(actor=user, values=values(label, **over), now=clock.now())


def test_the_first_is_the_default_and_another_may_become_it(citizen: Any) -> None:
    first, second = add(citizen), add(citizen, "Kantor")
    assert (first.is_default, second.is_default, first.phone) == (True, False, "+6281299990000")
    services.choose_default(actor=citizen, address=second)
    assert [a.label for a in Address.objects.of(citizen)] == ["Kantor", "Rumah"]
    services.remove_address(actor=citizen, address=second)
    assert Address.objects.of(citizen).get().is_default


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"label": " "}, "address_part_missing"), ({"street": "\u200b"}, "address_part_missing"),
        ({"recipient": "x" * 121}, "address_part_long"), ({"phone": "12"}, "phone_invalid"),
        ({"kelurahan": None}, "address_ward_missing"), ({"label": "RUMAH"}, "address_label_taken"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(citizen: Any, over: dict[str, Any], code: str) -> None:
    add(citizen)
    with pytest.raises(RuleBroken) as refused:
        services.add_address(actor=citizen, values={**values("Kantor"), **over}, now=clock.now())
    assert refused.value.code == code
    assert Address.objects.count() == 1


def test_a_book_has_a_limit(citizen: Any) -> None:
    for number in range(services.MOST):
        add(citizen, f"Rumah {number}")
    with pytest.raises(RuleBroken):
        add(citizen, "Satu lagi")


def test_nobody_touches_anothers(citizen: Any, stranger: Any) -> None:
    mine = add(citizen)
    for act in (
        lambda: services.change_address(actor=stranger, address=mine, values=values(), shown=None, now=clock.now()),
        lambda: services.remove_address(actor=stranger, address=mine),
        lambda: services.choose_default(actor=stranger, address=mine),
    ):
        with pytest.raises(NotAllowed):
            act()
    client = Client()
    client.force_login(stranger)
    for name in ("change", "remove", "default"):
        address = reverse(f"users:address-{name}", args=[mine.pk])
        assert client.post(address, {"label": "x"}).status_code == 404
    assert "Kenanga" not in client.get(reverse("users:address-list")).content.decode()
    assert Address.objects.get().label == "Rumah"


def test_by_page(citizen: Any) -> None:
    client = Client()
    client.force_login(citizen)
    typed = {**values(), "kelurahan": home().pk}
    assert client.post(reverse("users:address-create"), typed | {"phone": "1"}).status_code == 422
    assert client.post(reverse("users:address-create"), typed | {"next": "https://jahat.invalid/"})["Location"] == (
        reverse("users:address-list")
    )
    mine = Address.objects.get()
    page = reverse("users:address-change", args=[mine.pk])
    assert client.post(page, typed | {"street": "Jl. Dua 2", "shown": shown_on(client, page)}).status_code == 302
    assert "Jl. Dua 2" in client.get(reverse("users:address-list")).content.decode()
    assert client.post(reverse("users:address-remove", args=[mine.pk])).status_code == 302
    assert not Address.objects.exists()


def test_the_book_leads_back_to_the_checkout(citizen: Any) -> None:
    mine, client = add(citizen), Client()
    client.force_login(citizen)
    book, checkout = reverse("users:address-list"), reverse("orders:checkout")
    said = client.get(book, {"next": checkout}).content.decode().split("<main")[1].split("</main")[0]
    assert said.count(f'href="{checkout}"') == 1 and said.count(f"?{urlencode({'next': checkout})}") == 3
    assert (
        "jahat"
        not in client.get(book, {"next": "https://jahat.invalid/"})
        .content.decode()
        .split("<main")[1]
        .split("</main")[0]
    )
    chosen = client.post(reverse("users:address-default", args=[mine.pk]), {"next": checkout})
    assert parse_qs(urlsplit(chosen["Location"]).query) == {"next": [checkout]}
    gone = client.post(reverse("users:address-remove", args=[mine.pk]), {"next": "https://jahat.invalid/"})
    assert gone["Location"] == book


def test_a_closed_account_keeps_no_addresses(citizen: Any) -> None:
    add(citizen)
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    page = reverse("admin:users_user_change", args=[citizen.pk])
    data = form_of(client, page)
    del data["is_active"]
    answer = client.post(page, data)
    citizen.refresh_from_db()
    assert answer.status_code == 302, answer.context["errors"]
    assert not citizen.is_active
    assert not Address.objects.exists()


def test_one_tap_deletes_nothing(citizen: Any) -> None:
    """The button of the list leads to a question that names the address and leads back to where the book was opened."""
    address = add(citizen)
    client = Client()
    client.force_login(citizen)
    remove = reverse("users:address-remove", args=[address.pk])
    book = reverse("users:address-list") + "?next=%2Fpesan%2F"
    assert f'action="{remove}"' not in client.get(book).text
    assert f'href="{remove}?next=%2Fpesan%2F"' in client.get(book).text
    page = client.get(f"{remove}?next=/pesan/")
    assert "Rumah" in page.text and "Jl. Kenanga 9" in page.text and f'href="{book}"' in page.text
    assert Address.objects.count() == 1
    assert client.post(remove, form_of(client, remove, page=page.text))["Location"] == book
    assert Address.objects.count() == 0
