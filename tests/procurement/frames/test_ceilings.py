"""A frame's highest price far above the market or the standard is explained, and the head reads it before signing."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from procurement.frames.models import ApprovalFrame
from tests.factories import umkm as make
from tests.factories.procurement import MONDAY, Office, make_frame
from tests.factories.standards import make_standard
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import refused
from umkm.catalogue.models import Category
from umkm.catalogue.states import Unit

pytestmark = pytest.mark.django_db
LONG_AGO = MONDAY - timedelta(days=60)


@kept
def sold(owners: int, price: int = 20_000, **over: Any) -> Category:
    """A category that so many owners have sold boxes of since long ago."""
    category = over.pop("category", None) or make.make_category()
    for _n in range(owners):
        make.make_product(category=category, price=price, unit=Unit.BOX, published_at=LONG_AGO, **over)
    return category


def told(office: Office, price_limit: int, **goods: Any) -> tuple[str, int | None]:
    """What the only row of a frame with this highest price is told to stand far above."""
    frame = make_frame(office, price_limit=price_limit, state="proposed", **goods)
    row = frame.goods.get()
    assert bool(frame.ceiling_reason) == bool(row.basis)
    return row.basis, row.reference


def test_ceiling_of_a_category_is_put_against_the_middle_price(office: Office) -> None:
    goods = sold(5)
    assert told(office, 35_000, category=goods) == ("", None)  # 75 % above
    assert told(office, 35_001, category=goods) == ("market", 20_000)


def test_ceiling_of_few_owners_is_put_against_the_dearest(office: Office) -> None:
    goods = sold(3)
    make.make_product(category=goods, price=40_000, unit=Unit.BOX, published_at=LONG_AGO)
    assert told(office, 70_000, category=goods) == ("", None)
    assert told(office, 70_001, category=goods) == ("few", 40_000)


def test_ceiling_is_never_without_a_figure_or_a_reason(office: Office) -> None:
    """Not where nobody sells such goods in the unit, and not where one shop alone does."""
    goods = sold(5)
    assert told(office, 1, category=goods, unit=Unit.PACK) == ("none", None)
    alone = make.make_product(price=20_000, unit=Unit.BOX, published_at=LONG_AGO)
    assert told(office, 35_000, products=[alone]) == ("", None)
    assert told(office, 35_001, products=[alone]) == ("own", 20_000)


def test_ceiling_of_single_goods_is_put_against_other_owners(office: Office) -> None:
    """The shop's own high price excuses nothing."""
    dear = make.make_product(category=sold(5), price=90_000, unit=Unit.BOX, published_at=LONG_AGO)
    assert told(office, 90_000, products=[dear]) == ("market", 20_000)
    assert told(office, 35_000, products=[dear]) == ("", None)


def test_ceiling_of_a_group_is_for_its_dearest_goods(office: Office) -> None:
    group = make.make_category()
    cheap, dear = (make.make_category(parent=group) for _n in range(2))
    sold(5, category=cheap)
    sold(5, 100_000, category=dear)
    assert told(office, 175_000, category=group) == ("", None)
    assert told(office, 175_001, category=group) == ("market", 100_000)


def test_ceiling_above_the_city_standard(office: Office) -> None:
    goods = sold(5)
    make_standard(goods, 30_000, words="Kotak")
    assert told(office, 30_000, category=goods) == ("", None)
    assert told(office, 30_001, category=goods) == ("standard", 30_000)


def test_ceiling_without_a_reason_is_refused_with_the_figure(office: Office) -> None:
    goods = sold(5)
    high = {"category": goods, "price_limit": 9_999_999, "state": "proposed"}
    problem = refused(RuleBroken, lambda: make_frame(office, ceiling_reason=" ok ", **high), "ceiling_unexplained")
    assert "harga tengah di pasar Rp20.000" in problem.message and "Rp9.979.999" in problem.message
    assert make_frame(office, category=goods, price_limit=30_000, ceiling_reason="", state="proposed").goods.get()


def test_ceiling_is_explained_on_the_form_and_read_before_signing() -> None:
    now = clock.now()
    office = Office(now=now)
    category = make.make_category()
    for _n in range(5):
        make.make_product(category=category, price=20_000, unit=Unit.BOX, published_at=now - timedelta(days=60))
    first = clock.local_date(now)
    typed = {
        "key": new_key(), "title": "Konsumsi rapat", "line": office.line.pk, "amount": "5.000.000",
        "order_limit": "2.000.000", "valid_from": str(first), "valid_until": str(first + timedelta(days=20)),
        "category_1": str(category.pk), "unit_1": "box", "price_1": "9.999.999",
    }  # fmt: skip
    ppk, create = signed_in(office.ppk), reverse("procurement:frame-create")
    assert 'name="ceiling_reason"' not in ppk.get(create).text
    answer = ppk.post(create, typed | {"valid_until": str(first - timedelta(days=1))})
    assert answer.status_code == 422 and 'name="ceiling_reason"' in answer.text
    assert "Hari terakhir tidak boleh" in answer.text  # all in one answer
    assert "harga tengah di pasar Rp20.000" in answer.text
    ppk.post(create, {**typed, "ceiling_reason": "Tumpeng besar ikut kategori ini."})
    frame = ApprovalFrame.objects.get()
    page = " ".join(signed_in(office.head).get(reverse("procurement:frame-detail", args=[frame.number])).text.split())
    assert "Lebihnya Rp9.979.999 tiap satuan." in page and "Tumpeng besar ikut kategori ini." in page
    left = office.line.available - 5_000_000
    assert f"tersisa Rp{left:,}".replace(",", ".") in page
