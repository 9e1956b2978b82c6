"""The switch of the seller's desk: closed for the rest of the day, and open again."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from epeken.core import clock
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.kept_steps import kept
from umkm.sellers import hours
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db
DESK, SWITCH = "/penjual/", reverse("umkm:seller-opening")


@pytest.fixture
@kept
def shop() -> Seller:
    return goods.make_seller(closes_at=time(23, 59))


def test_one_tap_closes_and_one_opens(shop: Seller) -> None:
    client = signed_in(shop.members.get().user)
    assert "Tutup toko hari ini" in client.get(DESK).content.decode()
    for _press in range(2):
        assert client.post(SWITCH, {"keadaan": "tutup"})["Location"] == f"{DESK}?toko={shop.pk}"
    shop.refresh_from_db()
    assert shop.closed_until == clock.today()
    assert not hours.is_open(shop, clock.now())
    text = client.get(DESK).content.decode()
    assert "Buka toko lagi" in text
    assert "Tutup toko hari ini" not in text
    client.post(SWITCH, {"keadaan": "buka"})
    shop.refresh_from_db()
    assert shop.closed_until is None


def test_a_longer_holiday_ends_when_the_shop_opens_again(shop: Seller) -> None:
    Seller.objects.filter(pk=shop.pk).update(closed_until=clock.today() + timedelta(days=9))
    signed_in(shop.members.get().user).post(SWITCH, {"keadaan": "buka"})
    shop.refresh_from_db()
    assert shop.closed_until is None


def test_nobody_else_and_no_frozen_shop(shop: Seller) -> None:
    signed_in(goods.make_seller().members.get().user).post(SWITCH, {"keadaan": "tutup"})
    shop.refresh_from_db()
    assert shop.closed_until is None
    frozen = goods.make_seller(state=SellerState.FROZEN)
    signed_in(frozen.members.get().user).post(SWITCH, {"keadaan": "tutup"})
    frozen.refresh_from_db()
    assert frozen.closed_until is None
    assert signed_in(shop.members.get().user).get(SWITCH).status_code == 405


def test_a_day_on_which_it_is_closed_anyway_is_not_closed_again(shop: Seller) -> None:
    Seller.objects.filter(pk=shop.pk).update(open_days=str(clock.today().isoweekday() % 7 + 1))
    assert "Tutup toko hari ini" not in signed_in(shop.members.get().user).get(DESK).content.decode()


@pytest.mark.parametrize(
    ("hour", "opens", "closes", "changes"),
    [
        (6, 7, 17, True), (7, 7, 17, True), (16, 7, 17, True), (17, 7, 17, False), (23, 7, 17, False),
        (1, 20, 2, True), (5, 20, 2, True), (23, 20, 2, True),
    ],
)  # fmt: skip
def test_the_day_is_closed_only_while_something_of_it_is_left(
    shop: Seller, monkeypatch: pytest.MonkeyPatch, hour: int, opens: int, closes: int, changes: bool
) -> None:
    """Else a shop that closed by its hours would write itself a holiday; and without one it may still be closed."""
    Seller.objects.filter(pk=shop.pk).update(opens_at=time(opens), closes_at=time(closes))
    now = datetime.combine(clock.today(), time(hour), tzinfo=clock.ZONE)
    monkeypatch.setattr(clock, "now", lambda: now)
    client = signed_in(shop.members.get().user)
    assert ('value="tutup"' in client.get(DESK).text) == changes
    client.post(SWITCH, {"keadaan": "tutup"})
    shop.refresh_from_db()
    assert (shop.closed_until == clock.local_date(now)) == changes
    client.get(DESK)
    client.post(SWITCH, {"keadaan": "buka"})
    shop.refresh_from_db()
    assert (
        hours.opening_of(shop, now).text in client.get(DESK, HTTP_ACCEPT_LANGUAGE="id").text.split("Libur diakhiri.")[1]
    )


@pytest.mark.parametrize(
    "name", ["umkm:product-mine", "site:seller-orders", "site:seller-money", "umkm:seller-profile"]
)
def test_every_page_of_the_desk_has_it_and_leads_back_to_itself(shop: Seller, name: str) -> None:
    client, page = signed_in(shop.members.get().user), reverse(name)
    sent = form_of(client, page, action=SWITCH)
    assert sent["toko"] == [str(shop.pk)]
    assert "Tutup toko hari ini" in client.get(page).text
    assert client.post(SWITCH, {**sent, "keadaan": "tutup"})["Location"] == page
    assert "Buka toko lagi" in client.get(page).text
    for other in ("https://contoh.invalid/", SWITCH):  # not ours, and no page
        assert client.post(SWITCH, {**sent, "keadaan": "buka", "next": other})["Location"].startswith(DESK)
    assert client.get(DESK).text.count(f'action="{SWITCH}"') == 1


def test_a_page_about_another_shop_of_the_person_switches_that_one(shop: Seller) -> None:
    user = shop.members.get().user
    second = goods.make_seller(user, closes_at=time(23, 59))
    client = signed_in(user)
    page = f"{reverse('umkm:seller-profile')}?toko={second.pk}"
    client.post(SWITCH, {**form_of(client, page, action=SWITCH), "keadaan": "tutup"})
    assert list(Seller.objects.filter(closed_until=clock.today())) == [second]


def test_a_page_of_a_frozen_shop_has_no_switch() -> None:
    frozen = goods.make_seller(state=SellerState.FROZEN)
    assert SWITCH not in signed_in(frozen.members.get().user).get(reverse("umkm:product-mine")).text
