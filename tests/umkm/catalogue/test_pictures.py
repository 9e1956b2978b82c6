"""Pictures of goods: new ones wait, one always stays."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client

from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.files import picture_forms
from tests.umkm.goods import offer, on_show
from tests.umkm.pictures import as_before, photo
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import photos, proposals

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_a_new_picture_of_goods_on_show_waits(seller_user: Any, shop: Any, curator: Any) -> None:
    product = on_show(seller_user, shop)
    first = Product.objects.get(pk=product.pk).picture
    added = photos.add_photo(actor=seller_user, product=product, file=photo(2), alt="sambal", now=NOW)
    assert added.is_waiting
    photos.move_photo(actor=seller_user, photo=added, now=NOW)
    assert Product.objects.get(pk=product.pk).picture == first
    proposals.apply_proposal(actor=curator, proposal=ChangeProposal.objects.get(), now=NOW)
    assert not product.photos.filter(is_waiting=True).exists()
    assert Product.objects.get(pk=product.pk).picture == added.small


def test_a_rejected_picture_goes(seller_user: Any, shop: Any, curator: Any) -> None:
    product = on_show(seller_user, shop)
    photos.add_photo(actor=seller_user, product=product, file=photo(2), alt="", now=NOW)
    proposals.reject_proposal(actor=curator, proposal=ChangeProposal.objects.get(), note="Bukan barangnya", now=NOW)
    assert product.photos.count() == 1


def test_pictures_are_ordered_described_and_removed(seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop, send=False)
    second = photos.add_photo(actor=seller_user, product=product, file=photo(2), alt="kotak", now=NOW)
    photos.move_photo(actor=seller_user, photo=second, now=NOW)
    assert Product.objects.get(pk=product.pk).picture == second.small
    photos.describe_photo(actor=seller_user, photo=second, alt="kotak terbuka", now=NOW)
    assert product.photos.first() == second and product.photos.first().alt == "kotak terbuka"  # type: ignore[union-attr]
    photos.remove_photo(actor=seller_user, photo=second, now=NOW)
    assert Product.objects.get(pk=product.pk).picture == product.photos.get().small


def test_goods_on_show_keep_a_picture(seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    with pytest.raises(RuleBroken) as refused:
        photos.remove_photo(actor=seller_user, photo=product.photos.get(), now=NOW)
    assert refused.value.code == "last_photo"
    assert product.photos.count() == 1


def test_the_same_picture_is_not_kept_twice(seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop, send=False)
    with pytest.raises(RuleBroken) as refused:
        photos.add_photo(actor=seller_user, product=product, file=photo(1), alt="", now=NOW)
    assert refused.value.code == "photo_twice"
    assert product.photos.count() == 1


def test_strangers_do_not_touch_pictures(seller_user: Any, shop: Any, stranger: Any) -> None:
    product = offer(seller_user, shop, send=False)
    with pytest.raises(NotAllowed):
        photos.remove_photo(actor=stranger, photo=product.photos.get(), now=NOW)
    assert product.photos.count() == 1


@pytest.mark.parametrize("size", [(399, 900), (900, 399)])
def test_a_photo_too_small_for_goods_is_refused_in_words(
    client: Client, seller_user: Any, shop: Any, size: tuple[int, int]
) -> None:
    product = offer(seller_user, shop, send=False)
    client.force_login(seller_user)
    page = f"/penjual/barang/{product.pk}/"
    assert "paling sedikit 400 piksel" in client.get(page).text
    answer = client.post(f"{page}foto/", {"photo": photo(2, size=size), "alt": ""}, follow=True)
    assert "tiap sisinya paling sedikit 400 piksel" in answer.text
    assert product.photos.count() == 1
    photos.add_photo(actor=seller_user, product=product, file=photo(2, size=(400, 400)), alt="", now=NOW)


def test_a_page_has_the_pictures_of_before_and_of_now(client: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    shown = f"/barang/{product.pk}/"
    kept = product.photos.get()
    forms = picture_forms.forms_of(kept.image)
    assert forms is not None
    text = client.get(shown, follow=True).text
    for width in forms.widths:
        assert f"{forms.name(width, 'avif')} {width}w" in text
    addresses = {part.split()[0] for part in text.replace('"', ",").split(",") if part.startswith("/media/")}
    assert len(addresses) > 6
    missing = [one for one in addresses if not (Path(settings.MEDIA_ROOT) / one.removeprefix("/media/")).is_file()]
    assert missing == []
    old = as_before(kept)
    text = client.get(shown, follow=True).text
    assert default_storage.url(old.image) in text and default_storage.url(old.small) in text
    assert "srcset" not in text


def test_pictures_of_before_are_renewed_once(seller_user: Any, shop: Any, capsys: Any) -> None:
    old = as_before(on_show(seller_user, shop).photos.get())
    before = (old.sha256, old.dhash)
    shop.picture = default_storage.save("toko/ab/depan-1280.webp", default_storage.open(old.image))
    shop.save(update_fields=["picture"])
    lost = offer(seller_user, shop, name="Nasi kuning", seed=2, key="b" * 32, send=False).photos.get()
    lost.image = lost.small = "products/ab/hilang-1280.webp"
    lost.save(update_fields=["image", "small"])
    call_command("renew_pictures")
    told = capsys.readouterr()
    assert "2 pictures renewed." in told.out and "products/ab/hilang-1280.webp" in told.err
    kept = Product.objects.get(pk=old.product_id).photos.get()
    shop.refresh_from_db()
    for name in (kept.image, kept.small, shop.picture.name):
        forms = picture_forms.forms_of(name)
        assert forms is not None
        for width in forms.widths:
            assert all(default_storage.exists(forms.name(width, kind)) for kind in ("webp", "avif"))
    assert Product.objects.get(pk=old.product_id).picture == kept.small != old.small
    assert (kept.sha256, kept.dhash) == before  # it is still the picture others are compared with
    assert default_storage.exists(old.image)
    call_command("renew_pictures")
    assert "0 pictures renewed." in capsys.readouterr().out
    assert Product.objects.get(pk=old.product_id).photos.get().image == kept.image
