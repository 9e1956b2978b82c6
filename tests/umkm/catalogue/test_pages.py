"""The seller's own pages: each button, each refusal, and nobody else's hands."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from epeken.core import clock, editing
from epeken.core.idempotency import new_key
from epeken.core.models import Claim
from tests.factories import umkm as make
from tests.factories.standards import make_standard
from tests.umkm.goods import offer, on_show
from tests.umkm.pictures import photo
from umkm.catalogue.models import Category, ChangeProposal, Product
from umkm.catalogue.services import products
from umkm.catalogue.states import ProductState
from umkm.catalogue.views import my_products
from umkm.sellers.states import SellerKind
from umkm.stock import services as stock
from umkm.stock.models import StockEntry

pytestmark = pytest.mark.django_db
NEW = "/penjual/barang/baru/"


@pytest.fixture
def desk(client: Client, seller_user: Any) -> Client:
    client.force_login(seller_user)
    return client


def typed(**over: Any) -> dict[str, Any]:
    return {
        "key": new_key(),
        "name": "Nasi kotak ayam",
        "category": Category.objects.get(slug="nasi-kotak").pk,
        "price": "27.500",
        "amount": "140",
        "is_halal": "on",
        "photo": photo(),
        "lalu": "kirim",
        **over,
    }


def edited(product: Product, **over: Any) -> dict[str, Any]:
    return {
        "key": new_key(),
        "name": product.name,
        "category": product.category_id,
        "price": product.price,
        "description": product.description,
        "minimum": "10",
        "step": "1",
        "daily_capacity": "140",
        "lead_days": "1",
        "keeps": "cooked",
        "shown": editing.shown_of({name: getattr(product, name) for name in products.FIELDS}),
        **over,
    }


def test_one_page_and_one_photo_reach_the_curators(desk: Client, shop: Any) -> None:
    answer = desk.post(NEW, typed())
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('umkm:product-mine')}?toko={shop.pk}")
    product = Product.objects.get()
    assert (product.state, product.price, product.daily_capacity) == (ProductState.SUBMITTED, 27_500, 140)
    assert product.photos.count() == 1


def test_what_was_mistyped_is_taken_back_from_the_curators_and_deleted(desk: Client, shop: Any) -> None:
    make_standard(Category.objects.get(slug="nasi-kotak"), 38_000, words="Kotak")
    answer = desk.post(NEW, typed(price="999.999.999.999"), follow=True)
    product = Product.objects.get()
    page = reverse("umkm:product-edit", args=[product.pk])
    assert answer.redirect_chain[-1][0] == page  # with what is wrong and the way out
    assert "Salah ketik?" in answer.text and "Tarik kembali ke draf" in answer.text
    recall = reverse("umkm:product-recall", args=[product.pk])
    for _click in range(2):
        assert desk.post(recall)["Location"] == page
    product.refresh_from_db()
    assert (product.state, product.review_due_at) == (ProductState.DRAFT, None)
    gone = reverse("umkm:product-withdraw", args=[product.pk])
    assert "Hapus Nasi kotak ayam?" in desk.get(gone).text
    assert desk.post(gone)["Location"] == f"{reverse('umkm:product-mine')}?toko={shop.pk}"
    assert desk.get(gone).status_code == 404 and desk.post(gone)["Location"] == page
    assert product.name not in desk.get(reverse("umkm:product-mine")).content.decode().partition("<main")[2]
    shown = make.make_product(seller=shop)
    assert desk.get(reverse("umkm:product-withdraw", args=[shown.pk])).status_code == 404
    desk.post(reverse("umkm:product-withdraw", args=[shown.pk]))
    shown.refresh_from_db()
    assert shown.state == ProductState.PUBLISHED


def test_the_same_page_sent_twice_makes_one_product(desk: Client) -> None:
    key = new_key()
    for _ in range(2):
        assert desk.post(NEW, typed(key=key)).status_code == 302
    assert Product.objects.count() == 1


def test_goods_may_be_kept_as_a_draft_first(desk: Client) -> None:
    answer = desk.post(NEW, typed(lalu="simpan", photo=""))
    product = Product.objects.get()
    assert answer["Location"] == reverse("umkm:product-edit", args=[product.pk])
    assert product.state == ProductState.DRAFT


def test_finished_goods_start_with_stock(desk: Client) -> None:
    desk.post(NEW, typed(category=Category.objects.get(slug="sambal").pk, amount="12"))
    assert Product.objects.get().on_hand == 12
    assert StockEntry.objects.get().on_hand_delta == 12


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"name": ""}, "name"),
        ({"price": "12,5"}, "price"),
        ({"price": "-1"}, "price"),
        ({"price": "0"}, "price"),
        ({"category": ""}, "category"),
        ({"category": "999999"}, "category"),
        ({"amount": "banyak"}, "amount"),
        ({"is_halal": ""}, "is_halal"),
        ({"photo": ""}, "photo"),
        ({"halal_number": "123"}, "halal_number"),
        ({"pirt_number": "123"}, "pirt_number"),
        ({"unit": "lusin"}, "unit"),
        ({"lead_days": "400"}, "lead_days"),
        ({"name": "Rokok kretek"}, "name"),
        ({"key": "x"}, "key"),
    ],
)
def test_a_bad_value_comes_back_with_its_reason(desk: Client, over: dict[str, Any], field: str) -> None:
    answer = desk.post(NEW, typed(**over))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Product.objects.exists()


def test_one_sending_tells_all_that_is_wrong(desk: Client) -> None:
    """Also what other goods of the category are judged by: nobody mends one box to be refused for the next."""
    wrong = {"price": "0", "amount": "0", "is_halal": "", "name": "Emas batangan", "photo": "", "step": "0,5"}
    form = desk.post(NEW, typed(**wrong)).context["form"]
    assert set(form.errors) == set(wrong)
    assert not Product.objects.exists()


def test_a_draft_may_be_kept_without_its_photo_but_not_out_of_shape(desk: Client) -> None:
    form = desk.post(NEW, typed(lalu="simpan", photo="", is_halal="", amount="0")).context["form"]
    assert set(form.errors) == {"is_halal", "amount"}


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script></html>",
        b"GIF89a",
        b"%PDF-1.7 x",
        b"\xff\xd8\xff\xe0broken",
        b"",
        b"MZ\x90\x00",
    ],
)
def test_a_file_that_is_no_picture_is_refused(desk: Client, data: bytes) -> None:
    answer = desk.post(NEW, typed(photo=SimpleUploadedFile("foto.jpg", data, content_type="image/jpeg")))
    assert answer.status_code == 422
    assert "photo" in answer.context["form"].errors
    assert not Product.objects.exists()


def test_only_categories_of_the_sellers_kind_are_offered(client: Client) -> None:
    user = make.make_user()
    make.make_seller(member=user, kind=SellerKind.KELONTONG)
    client.force_login(user)
    text = client.get(NEW).content.decode()
    assert "Minyak goreng" in text and "Kain dan busana batik" not in text


def test_a_person_with_two_shops_chooses(desk: Client, seller_user: Any, shop: Any) -> None:
    other = make.make_seller(member=seller_user, name="Toko Kedua")
    stranger = make.make_seller()
    desk.post(NEW, typed(toko=str(other.pk)))
    assert Product.objects.get().seller == other
    assert desk.post(NEW, typed(toko=str(stranger.pk), name="Lain")).status_code == 404
    assert not Product.objects.filter(name="Lain").exists()


def test_a_person_without_a_shop_is_shown_the_way(client: Client, citizen: Any) -> None:
    client.force_login(citizen)
    assert client.get(NEW)["Location"] == reverse("umkm:product-mine")
    assert reverse("umkm:register") in client.get(reverse("umkm:product-mine")).content.decode()


def test_my_goods_show_states_reasons_and_stock(desk: Client, seller_user: Any, shop: Any) -> None:
    for state in sorted(ProductState.values):
        make.make_product(seller=shop, state=state, review_note="Fotonya gelap" if state == "sent_back" else "")
    make.make_product(name="Milik orang lain")
    answer = desk.get(reverse("umkm:product-mine"), HTTP_ACCEPT_LANGUAGE="id")
    text = answer.content.decode()
    assert answer.context["count"] == 7
    first = [row["product"].state for row in answer.context["rows"][:2]]
    assert first == [ProductState.LAPSED, ProductState.SENT_BACK]
    assert "Fotonya gelap" in text and "Milik orang lain" not in text
    assert len(desk.get(reverse("umkm:product-mine") + "?keadaan=hidden").context["rows"]) == 1


def test_my_goods_ask_the_same_for_one_and_for_many(desk: Client, shop: Any) -> None:
    url, counts = reverse("umkm:product-mine"), []
    for more in (1, 20):
        for _ in range(more):
            make.make_product(seller=shop)
        desk.get(url)
        with CaptureQueriesContext(connection) as captured:
            desk.get(url)
        counts.append(len(captured))
    # Four of the list; the others are the session, the person and what the frame of every desk page asks.
    assert counts[0] == counts[1] <= 16


# --- Keeping goods ----------------------------------------------------------------------------------------------------
def test_a_lower_price_shows_and_a_higher_one_waits(desk: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    url = reverse("umkm:product-edit", args=[product.pk])
    assert desk.post(url, edited(product, price="25.000")).status_code == 302
    assert Product.objects.get().price == 25_000
    product.refresh_from_db()
    assert desk.post(url, edited(product, price="40.000")).status_code == 302
    assert (Product.objects.get().price, ChangeProposal.objects.get().price) == (25_000, 40_000)
    assert "40.000" in desk.get(url).content.decode()
    withdraw = reverse("umkm:proposal-withdraw", args=[product.pk])
    assert f'action="{withdraw}"' not in desk.get(url).text
    assert f"Tarik usulan untuk {product.name}?" in desk.get(withdraw).text
    assert ChangeProposal.objects.waiting().exists()
    desk.post(withdraw)
    assert desk.get(withdraw).status_code == 404
    assert not ChangeProposal.objects.waiting().exists()


def test_a_new_description_waits_and_a_lower_price_shows_meanwhile(desk: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    url = reverse("umkm:product-edit", args=[product.pk])
    said = desk.post(url, edited(product, description="Isi lima.", price="25.000"), follow=True).content.decode()
    assert "Yang dibaca pembeli berubah sesudah kurator melihatnya." in said
    assert "Perubahan menunggu kurator" in said and "Isi lima." in said
    shown = Product.objects.get()
    assert (shown.description, shown.price) == ("", 25_000)
    assert desk.post(url, edited(shown, price="24.000")).status_code == 302
    assert (Product.objects.get().price, ChangeProposal.objects.get().price) == (24_000, 24_000)


def test_a_refused_edit_changes_nothing(desk: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    url = reverse("umkm:product-edit", args=[product.pk])
    answer = desk.post(url, edited(product, minimum="7", step="5", price="20000"))
    assert answer.status_code == 422 and "minimum" in answer.context["form"].errors
    assert Product.objects.get().price == 27_500


def test_goods_are_hidden_and_shown(desk: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    desk.post(reverse("umkm:product-hide", args=[product.pk]))
    assert Product.objects.get().state == ProductState.HIDDEN
    desk.post(reverse("umkm:product-hide", args=[product.pk]))
    assert Product.objects.get().state == ProductState.HIDDEN
    desk.post(reverse("umkm:product-show", args=[product.pk]))
    assert Product.objects.get().state == ProductState.PUBLISHED


def test_a_file_that_is_no_photo_is_told_at_the_top_of_its_form(desk: Client, seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop, send=False)
    kept = product.photos.count()
    wrong = SimpleUploadedFile("daftar.txt", b"bukan gambar", content_type="text/plain")
    answer = desk.post(reverse("umkm:photo-create", args=[product.pk]), {"photo": wrong, "alt": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "data-focus" in page
    assert "bukan foto" in page.split("Ada yang perlu diperbaiki")[1].split("</ul>")[0]
    assert product.photos.count() == kept


def test_photos_are_added_ordered_described_and_removed(desk: Client, seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop, send=False)
    desk.post(reverse("umkm:photo-create", args=[product.pk]), {"photo": photo(2), "alt": "dapur"})
    second = product.photos.get(alt="dapur")
    desk.post(reverse("umkm:photo-first", args=[product.pk, second.pk]))
    assert product.photos.first() == second
    desk.post(
        reverse("umkm:photo-describe", args=[product.pk, second.pk]),
        {"alt": "dapur bersih", "shown": editing.shown_of({"alt": "dapur"})},
    )
    assert product.photos.get(pk=second.pk).alt == "dapur bersih"
    remove = reverse("umkm:photo-remove", args=[product.pk, second.pk])
    assert f'action="{remove}"' not in desk.get(reverse("umkm:product-edit", args=[product.pk])).text
    assert "dapur bersih" in desk.get(remove).text and product.photos.count() == 2
    desk.post(remove)
    assert product.photos.count() == 1
    bad = SimpleUploadedFile("x.png", b"bukan foto")
    assert desk.post(reverse("umkm:photo-create", args=[product.pk]), {"photo": bad}).status_code == 422
    assert product.photos.count() == 1


def test_a_photo_of_other_goods_is_not_reached(desk: Client, seller_user: Any, shop: Any) -> None:
    mine = offer(seller_user, shop, send=False)
    other_user = make.make_user()
    other = offer(other_user, make.make_seller(member=other_user), send=False, seed=3)
    url = reverse("umkm:photo-remove", args=[mine.pk, other.photos.get().pk])
    assert desk.post(url).status_code == 404
    assert other.photos.count() == 1


def test_stock_is_received_once_and_corrected_with_a_reason(desk: Client, shop: Any) -> None:
    product = make.make_product(seller=shop, on_hand=10, unit="kg")
    url, key = reverse("umkm:stock-receive", args=[product.pk]), new_key()
    for _ in range(2):
        assert desk.post(url, {"masuk-key": key, "masuk-quantity": "2,5"}).status_code == 302
    assert not Claim.objects.filter(result="").exists()
    assert Product.objects.get().on_hand == Decimal("12.5")
    url = reverse("umkm:stock-correct", args=[product.pk])
    assert desk.post(url, {"hitung-key": new_key(), "hitung-counted": "9"}).status_code == 422
    assert Product.objects.get().on_hand == Decimal("12.5")
    desk.post(url, {"hitung-key": new_key(), "hitung-counted": "9", "hitung-reason": "dihitung ulang"})
    assert Product.objects.get().on_hand == 9
    assert sum(e.on_hand_delta for e in StockEntry.objects.all()) == 9


@pytest.mark.parametrize(("counted", "free", "missing"), [(20, 15, 0), (5, 0, 0), (3, 0, 2), (0, 0, 5)])
def test_a_count_of_the_shelf_counts_what_orders_hold_too(
    desk: Client, shop: Any, now: Any, counted: int, free: int, missing: int
) -> None:
    product = make.make_product(seller=shop, on_hand=20)
    stock.take_stock(product=product, quantity=Decimal(5), reference="PS-1", days=[], actor=None, now=now)
    url, key = reverse("umkm:stock-correct", args=[product.pk]), new_key()
    form = {"hitung-key": key, "hitung-counted": str(counted), "hitung-reason": "Hitung ulang"}
    answer = desk.post(url, form, follow=True)
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (free, 5)
    assert (f"menunggu {missing} " in answer.content.decode()) is (missing > 0)
    # Sold in between; the same form once more changes nothing.
    if free:
        stock.take_stock(product=product, quantity=Decimal(1), reference="PS-2", days=[], actor=None, now=now)
    desk.post(url, form)
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (max(free - 1, 0), 6 if free else 5)
    assert not Claim.objects.filter(result="").exists()


ACTIONS = [
    "product-submit",
    "product-hide",
    "product-show",
    "proposal-withdraw",
    "product-recall",
    "photo-create",
    "stock-receive",
    "stock-correct",
]


@pytest.mark.parametrize("name", ["product-edit", *ACTIONS])
def test_nobody_else_reaches_a_shops_goods(client: Client, shop: Any, stranger: Any, curator: Any, name: str) -> None:
    product = make.make_product(seller=shop)
    url = reverse(f"umkm:{name}", args=[product.pk])
    assert client.post(url)["Location"].startswith(reverse("account_login"))
    for person in (stranger, curator):
        client.force_login(person)
        assert client.post(url).status_code in (302, 404)
        assert client.get(url).status_code in (302, 404, 405)
    product.refresh_from_db()
    assert (product.state, product.on_hand) == (ProductState.PUBLISHED, 100)


@pytest.mark.parametrize("name", ACTIONS)
def test_actions_do_not_happen_by_a_link(desk: Client, shop: Any, name: str) -> None:
    product = make.make_product(seller=shop)
    # Without a proposal there is nothing to ask about.
    right = 404 if name == "proposal-withdraw" else 405
    assert desk.get(reverse(f"umkm:{name}", args=[product.pk])).status_code == right


def test_a_colleague_may_keep_the_goods(client: Client, shop: Any, colleague: Any) -> None:
    product = make.make_product(seller=shop)
    client.force_login(colleague)
    client.post(reverse("umkm:product-hide", args=[product.pk]))
    assert Product.objects.get(pk=product.pk).state == ProductState.HIDDEN


def test_all_goods_of_a_shop_are_listed_page_by_page(desk: Client, shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What asks for work comes first, however old."""
    monkeypatch.setattr(my_products, "PAGE_SIZE", 2)
    first = make.make_product(shop, name="Dikembalikan", state="sent_back")
    newer = [make.make_product(shop, name=f"Barang {n}") for n in range(3)]
    pages = [[row["product"].name for row in desk.get("/penjual/barang/", {"page": n}).context["rows"]] for n in (1, 2)]
    assert pages == [[first.name, newer[2].name], [newer[1].name, newer[0].name]]


def test_the_stock_history_tells_how_much_was_handed_over(desk: Client, shop: Any) -> None:
    product, now = make.make_product(shop, on_hand=50), clock.now()
    stock.take_stock(product=product, quantity=Decimal(12), reference="SP-1", days=[], actor=None, now=now)
    stock.deliver_stock(
        product=product, held=Decimal(12), delivered=Decimal(10), reference="SP-1", part="SJ-1", actor=None, now=now
    )
    page = " ".join(desk.get(reverse("umkm:product-edit", args=[product.pk])).content.decode().split())
    for told in ("Ditahan untuk pesanan 12", "Diserahkan 10", "Dilepas kembali 2"):
        assert told in page
