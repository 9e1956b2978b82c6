"""Which of a person's shops a page is about: what is written for one never goes into another."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from tests.factories import sanctions
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.umkm.pictures import photo
from umkm.catalogue.models import Product

PAGES = ["seller-profile", "identity-list", "tax-papers", "import-list", "import-template", "product-create"]


@pytest.mark.django_db
def test_a_shop_is_chosen_by_name_and_another_is_not_found() -> None:
    owner = make.make_user()
    first, second = make.make_seller(owner), make.make_seller(owner)
    page = signed_in(owner)
    for name in PAGES:
        url = reverse(f"umkm:{name}")
        assert [page.get(url, {"toko": shop}).status_code for shop in ("", first.pk, second.pk)] == [200, 200, 200]
        assert page.get(reverse("umkm:seller-profile"), {"toko": second.pk}).context["seller"] == second
        for none in (make.make_seller().pk, "x", "٣", "9" * 40):
            assert (name, page.get(url, {"toko": none}).status_code) == (name, 404)


@pytest.mark.django_db
def test_what_was_written_for_a_shop_that_went_meanwhile_goes_into_no_other() -> None:
    owner = make.make_user()
    gone, other = make.make_seller(owner), make.make_seller(owner)
    sanctions.freeze(gone, clock.now())
    page = signed_in(owner)
    goods = {"toko": gone.pk, "key": new_key(), "name": "Nasi kotak", "photo": photo(3)}
    assert page.post(reverse("umkm:product-create"), goods).status_code == 404
    picture = reverse("umkm:seller-picture") + f"?toko={make.make_seller().pk}"
    assert page.post(picture, {"picture": photo(4)}).status_code == 404
    other.refresh_from_db()
    assert (Product.objects.count(), other.picture) == (0, "")


def test_one_place_reads_which_shop_is_named() -> None:
    root = Path(settings.BASE_DIR)
    found = [
        str(path.relative_to(root))
        for app in ("epeken", "umkm", "procurement", "orders")
        for path in (root / app).rglob("*.py")
        if '.get("toko"' in path.read_text()
    ]
    assert found == ["umkm/sellers/fetch.py"]
