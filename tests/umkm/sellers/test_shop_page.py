"""The page on which an owner keeps the open shop."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from epeken.core import clock
from tests.factories import sanctions
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.html_forms import send
from tests.umkm.drafts import SERVICE
from tests.umkm.pictures import photo
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db


PROFILE = {**SERVICE, "about": "Masakan rumahan.", "closed_until": ""}


def test_the_owner_keeps_the_shops_page(seller_user: Any, shop: Seller) -> None:
    client = signed_in(seller_user)
    page = client.get("/penjual/toko/").text
    assert shop.nik not in page
    assert shop.bank_account not in page
    answer = send(client, "/penjual/toko/", PROFILE)
    assert answer.status_code == 302
    shop.refresh_from_db()
    assert (shop.about, shop.open_days, shop.delivery_fee) == ("Masakan rumahan.", "126", 12_500)


@pytest.mark.parametrize(
    "data",
    [{"closed_until": "2020-01-01"}, {"closed_until": "kapan-kapan"}, {"about": "x" * 601}, {"open_days": []}, {}],
)
def test_a_bad_shop_page_is_refused(seller_user: Any, shop: Seller, data: dict[str, Any]) -> None:
    before = Seller.objects.values().get()
    answer = send(signed_in(seller_user), "/penjual/toko/", {**PROFILE, **data} if data else {"x": "1"})
    assert answer.status_code == 422
    assert Seller.objects.values().get() == before


def test_one_sending_tells_all_that_is_wrong_with_the_shops_page(seller_user: Any, shop: Seller) -> None:
    today = clock.today()
    wrong = {"closed_until": (today - timedelta(days=1)).isoformat(), "about": "Telepon 081234567890"}
    answer = send(signed_in(seller_user), "/penjual/toko/", {**PROFILE, **wrong})
    assert set(answer.context["form"].errors) == {"closed_until", "about"}
    for days, status in ((366, 302), (367, 422)):
        told = {"closed_until": (today + timedelta(days=days)).isoformat()}
        assert send(signed_in(seller_user), "/penjual/toko/", {**PROFILE, **told}).status_code == status


def test_the_shops_picture(seller_user: Any, shop: Seller) -> None:
    client = signed_in(seller_user)
    wrong = client.post("/penjual/toko/foto/", {"picture": SimpleUploadedFile("x.jpg", b"bukan foto")})
    assert wrong.status_code == 422
    assert client.post("/penjual/toko/foto/", {"picture": photo(2)}).status_code == 302
    shop.refresh_from_db()
    assert shop.picture
    assert client.get("/penjual/toko/foto/").status_code == 405


def test_a_person_without_a_shop_is_shown_the_way(citizen: Any) -> None:
    assert signed_in(citizen).get("/penjual/toko/")["Location"] == "/daftar-berjualan/"


def test_another_persons_shop_cannot_be_chosen(citizen: Any, seller_user: Any, shop: Seller) -> None:
    make.make_seller(member=citizen)
    for chosen in (str(shop.pk), "0", "abc", "9" * 30, "²"):
        assert signed_in(citizen).get("/penjual/toko/", {"toko": chosen}).status_code == 404


def test_a_frozen_shop_can_be_read_and_not_changed(seller_user: Any, shop: Seller, now: datetime) -> None:
    sanctions.freeze(shop, now)
    client = signed_in(seller_user)
    assert "Barang tidak sesuai" in client.get("/penjual/toko/").text
    assert send(client, "/penjual/toko/", PROFILE).status_code == 422
    shop.refresh_from_db()
    assert shop.about != PROFILE["about"]
