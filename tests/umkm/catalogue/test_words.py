"""Goods that may not be sold, and goods a curator should look at twice."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from epeken.core.errors import RuleBroken
from tests.factories import umkm as make
from tests.umkm.goods import offer, on_show
from tests.umkm.pictures import photo as picture
from umkm.catalogue import banned, checks
from umkm.catalogue.findings import MESSAGES
from umkm.catalogue.models import ChangeProposal, Product, ProductPhoto
from umkm.catalogue.services import photos, products

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "Rokok kretek",
        "ROKOK",
        "r o k o k",
        "rok0k lintingan",
        "Voucher belanja",
        "emas batangan 5 gram",
        "Miras oplosan",
    ],
)
def test_banned_goods_are_recognised(text: str) -> None:
    assert banned.refused_in(text, DAY) is not None


@pytest.mark.parametrize(
    "text",
    ["Nasi kotak ayam", "Bir pletok", "Kue keemasan", "Kerupuk udang 500 g", "Anggur merah segar", "Sandal rajut"],
)
def test_honest_goods_are_not(text: str) -> None:
    assert banned.refused_in(text, DAY) is None


def test_the_list_is_dated_and_sourced() -> None:
    assert all(entry.source and banned.REASONS[entry.reason] for entry in banned.banned_words())
    assert {entry.level for entry in banned.banned_words()} == {"refuse", "alert"}
    assert banned.refused_in("rokok", date(2021, 1, 1)) is None


@pytest.mark.django_db
@pytest.mark.parametrize("over", [{"name": "Rokok herbal"}, {"description": "Bonus voucher"}])
def test_banned_goods_are_refused_when_sent(seller_user: Any, shop: Any, over: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken) as refused:
        offer(seller_user, shop, **over)
    assert refused.value.code == "banned_word"
    assert not Product.objects.exists()


@pytest.mark.django_db
def test_goods_on_show_do_not_become_banned_ones(seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    with pytest.raises(RuleBroken) as refused:
        products.save_product(actor=seller_user, product=product, values={"name": "Rokok"}, now=NOW)
    assert refused.value.code == "banned_word"
    assert not ChangeProposal.objects.exists()
    assert Product.objects.get(pk=product.pk).name == "Nasi kotak ayam bakar"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "code"), [("Nasi ayam bakar. Pesan di 0812-3456-7890.", "contact_inside"), ("Bonus rokok", "banned_word")]
)
def test_what_a_description_on_show_may_not_gain(seller_user: Any, shop: Any, text: str, code: str) -> None:
    product = on_show(seller_user, shop)
    with pytest.raises(RuleBroken) as refused:
        products.save_product(actor=seller_user, product=product, values={"description": text}, now=NOW)
    assert (refused.value.code, refused.value.field) == (code, "description")
    assert Product.objects.get(pk=product.pk).description == product.description


@pytest.mark.django_db
@pytest.mark.parametrize(("alt", "code"), [("Pesan 0812-3456-7890", "contact_inside"), ("Rokok", "banned_word")])
def test_what_the_description_of_a_picture_may_not_say(seller_user: Any, shop: Any, alt: str, code: str) -> None:
    product = on_show(seller_user, shop)
    photo = product.photos.get()
    told = photo.alt
    for act in (
        lambda: photos.describe_photo(actor=seller_user, photo=photo, alt=alt, now=NOW),
        lambda: photos.add_photo(actor=seller_user, product=product, file=picture(7), alt=alt, now=NOW),
    ):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert (refused.value.code, refused.value.field) == (code, "alt")
    assert product.photos.get().alt == told
    # What was let pass in the name or the description itself may stay.
    ProductPhoto.objects.filter(pk=photo.pk).update(alt="Layanan kota 0812-3456-7890")
    kept = "Layanan kota 0812-3456-7890, kotak"
    photos.describe_photo(actor=seller_user, photo=photo, alt=kept, now=NOW)
    assert product.photos.get().alt == kept
    found = checks.findings_of(Product.objects.get(pk=product.pk), DAY)
    assert "contact_inside" in [finding.code for finding in found]


@pytest.mark.django_db
def test_a_contact_the_curator_let_pass_stays(seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    Product.objects.filter(pk=product.pk).update(description="Layanan kota 0812-3456-7890.")
    text = "Layanan kota 0812-3456-7890. Isi sepuluh."
    products.save_product(actor=seller_user, product=product, values={"description": text}, now=NOW)
    assert ChangeProposal.objects.get(product=product).description == text


@pytest.mark.django_db
@pytest.mark.parametrize("over", [{"name": "Nasi kotak 0812 3456 7890"}, {"description": "Pesan: bit.ly/nasi"}])
def test_a_curator_is_warned_of_a_contact_in_goods(seller_user: Any, shop: Any, over: dict[str, Any]) -> None:
    assert [finding.code for finding in checks.findings_of(offer(seller_user, shop, **over), DAY)] == ["contact_inside"]


@pytest.mark.django_db
def test_a_curator_is_warned_of_words_odd_prices_and_borrowed_pictures(seller_user: Any, shop: Any) -> None:
    for n in range(6):
        make.make_product(category=offer_category(), unit="box", price=20_000 + n)
    other = make.make_user()
    offer(other, make.make_seller(member=other))
    product = offer(seller_user, shop, name="Nasi kotak original", price=900_000)
    found = {finding.code: finding for finding in checks.findings_of(product, DAY)}
    assert set(found) == {"word_listed", "price_above_market", "photo_elsewhere"}
    told = " ".join(MESSAGES.words(finding.code, finding.parameters) for finding in found.values())
    assert "Kata “original”" in told and "di atas harga tengah 6 penjual lain" in told and "Foto yang sama" in told


@pytest.mark.django_db
def test_ordinary_goods_raise_no_warning(seller_user: Any, shop: Any) -> None:
    assert list(checks.findings_of(offer(seller_user, shop), DAY)) == []


def offer_category() -> Any:
    from umkm.catalogue.models import Category

    return Category.objects.get(slug="nasi-kotak")
