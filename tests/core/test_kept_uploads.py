"""A file chosen once stays chosen while the form it belongs to is refused for something else."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.core.models import KeptUpload, Upload
from epeken.core.retention import KEPT_UPLOADS, tidy
from epeken.core.web.kept_uploads import MOST
from tests.factories import orders as make
from tests.factories.umkm import make_seller
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.orders.pages import to_arrived, to_billed
from tests.umkm.pictures import photo
from umkm.catalogue.models import Category, Product

pytestmark = pytest.mark.django_db
NEW = "/penjual/barang/baru/"


@pytest.fixture
def seller(client: Client) -> Client:
    shop = make_seller()
    client.force_login(shop.members.get().user)
    return client


def values(**over: Any) -> dict[str, Any]:
    nasi = Category.objects.get(slug="nasi-kotak").pk
    written = {"name": "Nasi kotak", "category": nasi, "price": "27.500", "amount": "140", "is_halal": "on"}
    return {"key": new_key(), **written, "photo": photo(), "lalu": "simpan", **over}


def refused(client: Client, url: str, data: dict[str, Any], *, action: str = "") -> dict[str, Any]:
    """The form as the browser sends it again, without a file; nobody is asked for one."""
    answer = client.post(action or url, data)
    page = answer.content.decode()
    assert answer.status_code == 422, answer
    assert not re.search(r'<input type="file"[^>]*\brequired', page)
    return form_of(client, url, action=action, page=page)


def test_goods_keep_their_photo_while_the_price_is_put_right(seller: Client) -> None:
    again = refused(seller, NEW, values(price=""))
    again = refused(seller, NEW, again | {"name": ""})  # and once more
    assert again["kept-photo"] and "photo" not in again
    assert seller.post(NEW, again | {"name": "Nasi kotak", "price": "27.500", "lalu": "simpan"}).status_code == 302
    goods = Product.objects.get()
    assert goods.photos.count() == 1
    assert not KeptUpload.objects.exists()  # taken


def test_a_photo_chosen_anew_takes_its_place(seller: Client) -> None:
    again = refused(seller, NEW, values(price=""))
    seller.post(NEW, again | {"price": "27.500", "lalu": "simpan", "photo": photo(2)})
    alone = Client()
    alone.force_login(make_seller().members.get().user)
    alone.post(NEW, values(photo=photo(2)))
    mine, theirs = Product.objects.order_by("pk")
    assert mine.photos.get().sha256 == theirs.photos.get().sha256


def test_the_page_shows_what_it_keeps(seller: Client) -> None:
    page = seller.post(NEW, values(price=""), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert 'src="data:image/webp;base64,' in page
    assert "foto.jpg" in page and "Pilih lagi hanya untuk menggantinya" in page


def test_what_is_kept_carries_no_place_and_no_camera(seller: Client) -> None:
    refused(seller, NEW, values(price="", photo=placed_photo()))
    data = bytes(KeptUpload.objects.get().data)
    assert data.startswith(b"\xff\xd8") and b"Exif" not in data
    assert not Upload.objects.exists()  # nobody's quota: it is gone within a day


def test_a_file_that_cannot_be_read_is_said_with_the_rest(seller: Client) -> None:
    false = SimpleUploadedFile("foto.jpg", b"<html>", content_type="image/jpeg")
    answer = seller.post(NEW, values(price="", photo=false))
    assert set(answer.context["form"].errors) == {"price", "photo"}
    assert not KeptUpload.objects.exists()


def test_nobody_sends_what_another_person_chose(seller: Client) -> None:
    again = refused(seller, NEW, values(price=""))
    other, shop = Client(), make_seller()
    other.force_login(shop.members.get().user)
    other.post(NEW, again | {"toko": shop.pk, "price": "27.500", "lalu": "simpan"})
    assert not Product.objects.get().photos.exists()
    assert KeptUpload.objects.count() == 1
    assert Client().post(NEW, again).status_code == 302  # to the sign-in
    assert KeptUpload.objects.count() == 1


def test_a_person_keeps_no_more_than_a_form_takes(seller: Client) -> None:
    for seed in range(MOST + 2):
        last = refused(seller, NEW, values(price="", photo=photo(seed)))
    assert KeptUpload.objects.count() == MOST
    assert KeptUpload.objects.filter(token=last["kept-photo"][0]).exists()


def test_what_nobody_sends_again_is_gone_the_next_day(seller: Client) -> None:
    refused(seller, NEW, values(price=""))
    row, now = KeptUpload.objects.get(), clock.now()
    KeptUpload.objects.update(created_at=now - KEPT_UPLOADS + timedelta.resolution)
    tidy(now)
    assert KeptUpload.objects.filter(pk=row.pk).exists()
    KeptUpload.objects.update(created_at=now - KEPT_UPLOADS)
    assert tidy(now)["kept uploads"] == 1


def test_another_photo_of_goods_is_kept_while_its_words_are_too_long(seller: Client) -> None:
    seller.post(NEW, values())
    goods = Product.objects.get()
    edit, add = reverse("umkm:product-edit", args=[goods.pk]), reverse("umkm:photo-create", args=[goods.pk])
    again = refused(seller, edit, {"photo": photo(2), "alt": "a" * 161}, action=add)
    assert seller.post(add, again | {"alt": "kotak nasi"}).status_code == 302
    assert goods.photos.count() == 2


def test_a_certificate_is_kept_while_its_number_is_put_right(client: Client) -> None:
    shop = make_seller(state="draft")
    client.force_login(shop.members.get().user)
    url = reverse("umkm:document-create", args=[shop.pk, "halal"])
    again = refused(client, url, {"file": SimpleUploadedFile("halal.pdf", pdf()), "expires_on": "besok"})
    assert client.post(url, again | {"expires_on": ""}).status_code == 302
    kept = shop.documents.get()
    assert (kept.kind, kept.content_type) == ("halal", "application/pdf")


@pytest.fixture
def office() -> make.Office:
    return make.make_office(now=clock.now())


def test_eight_photos_of_an_inspection_are_kept(office: make.Office) -> None:
    order = make.make_issued(office, now=clock.now())
    delivery = to_arrived(order, office)
    client = signed_in(office.receiver)
    url = reverse("orders:delivery-inspect", args=[order.number, delivery.number])
    (line,) = delivery.lines.all()
    photos = [photo(seed) for seed in range(8)]
    again = refused(client, url, {"key": new_key(), "photos": photos})
    assert len(again["kept-photos"]) == 8
    counts = {f"arrived_{line.pk}": "10", f"accepted_{line.pk}": "10"}
    assert client.post(url, again | counts).status_code == 302
    assert delivery.photos.count() == 8


def test_the_proof_of_a_payment_is_kept(office: make.Office) -> None:
    order = make.make_issued(office, now=clock.now())
    invoice = to_billed(order, office)
    client = signed_in(office.treasurer)
    make.clear(office, invoice, clock.now())
    url = reverse("orders:payment-create", args=[order.number, invoice.number])
    sent = {"key": new_key(), "method": "ls", "paid_on": clock.today().isoformat(), "reference": "SP2D-9"}
    again = refused(client, url, sent | {"amount": "banyak", "proof": SimpleUploadedFile("bukti.pdf", pdf())})
    assert client.post(url, again | {"amount": "", "method": "ls"}).status_code == 302
    assert invoice.payments.get().proof.endswith(".pdf")


def test_an_attachment_is_kept_while_its_title_is_too_long(office: make.Office) -> None:
    order = make.make_issued(office, now=clock.now())
    client = signed_in(office.receiver)
    url = reverse("orders:attachment-create", args=[order.number])
    again = refused(client, url, {"kind": "invitation", "title": "a" * 121, "file": photo()})
    assert client.post(url, again | {"title": "Undangan"}).status_code == 302
    assert order.attachments.get().title == "Undangan"


def pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def placed_photo() -> SimpleUploadedFile:
    """A photo that tells where it was taken."""
    exif, out = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8825)[1] = "S"
    exif[0x010F] = "Kamera"
    Image.open(photo()).save(out, "JPEG", exif=exif)
    assert b"Exif" in out.getvalue()
    return SimpleUploadedFile("foto.jpg", out.getvalue(), content_type="image/jpeg")


# --- Photos that travel before their form ----------------------------------------------------------------------------
TOKEN = "0123456789abcdef" * 2


def early(client: Client, *, file: Any = None, token: str = TOKEN) -> Any:
    return client.post(reverse("keep-file"), {"file": file or photo(), "token": token})


def test_a_photo_sent_before_its_form_is_among_its_files(seller: Client) -> None:
    assert early(seller).json() == {"token": TOKEN}
    sent = values(**{"kept-photo": TOKEN})
    del sent["photo"]
    assert seller.post(NEW, sent).status_code == 302
    assert Product.objects.get().photos.count() == 1
    assert not KeptUpload.objects.exists()


def test_sent_again_after_a_lost_answer_it_is_kept_once(seller: Client) -> None:
    for _sending in range(2):
        assert early(seller).json() == {"token": TOKEN}
    assert KeptUpload.objects.count() == 1


def test_no_page_takes_the_token_of_another_person(seller: Client) -> None:
    early(seller)
    other = Client()
    other.force_login(make_seller().members.get().user)
    answer = early(other, file=photo(3))
    assert answer.status_code == 422 and TOKEN not in answer.text
    assert KeptUpload.objects.count() == 1


@pytest.mark.parametrize("token", ["", "kurang", TOKEN.upper(), f"{TOKEN}0"])
def test_a_token_that_no_page_makes_is_refused(seller: Client, token: str) -> None:
    assert early(seller, token=token).status_code == 422
    assert not KeptUpload.objects.exists()


def test_what_is_no_photo_is_refused_and_nobody_else_keeps_one(seller: Client) -> None:
    false = SimpleUploadedFile("foto.jpg", b"<html>", content_type="image/jpeg")
    assert early(seller, file=false).status_code == 422
    assert seller.post(reverse("keep-file"), {"token": TOKEN}).status_code == 422
    assert early(Client()).status_code == 302
    assert seller.get(reverse("keep-file")).status_code == 405
    assert not KeptUpload.objects.exists()
