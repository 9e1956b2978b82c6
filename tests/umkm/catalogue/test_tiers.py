"""Price tiers: what so much of goods costs, what may be written, and which change waits for a curator."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.urls import reverse

from epeken.core import clock, editing
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.umkm.goods import noted
from umkm.catalogue import listing, tier_fields
from umkm.catalogue.changed import shown_changes
from umkm.catalogue.models import ChangeProposal, Product, TierChange
from umkm.catalogue.pages.my_product import facts
from umkm.catalogue.services import products, proposals, shelf
from umkm.catalogue.states import ProductState
from umkm.catalogue.tiers import (
    PriceTier,
    Tiers,
    affordable,
    no_dearer,
    no_dearer_words,
    tier_from,
    unit_price,
    unit_price_sql,
)
from umkm.imports.columns import CategoryNames, by_name, read_row, written
from umkm.templatetags.kartu import card_body
from umkm.variants import services as variants
from umkm.variants.services import NewVariant

pytestmark = pytest.mark.django_db
NOW = clock.now()


def tiers(**prices: int) -> Tiers:
    """`tiers(_50=18_000)`."""
    return tuple(PriceTier(Decimal(name.lstrip("_").replace("_", ".")), price) for name, price in prices.items())


TWO = tiers(_50=18_000, _100=17_000)


@pytest.fixture(scope="module")
def goods(module_transaction: None) -> Product:
    """Boxes at Rp20.000, from 50 on at Rp18.000, from 100 on at Rp17.000; five at least, in fives."""
    return make.make_product(
        make.make_seller(make.make_user()), price=20_000, unit="box", step=Decimal(5), minimum=Decimal(5), tiers=TWO
    )


@pytest.fixture(autouse=True)
def _django_db_helper(goods: Product, savepoint: None) -> Iterator[None]:
    """Each test writes on top of the module's goods."""
    goods.refresh_from_db()
    yield


def owner(goods: Product) -> Any:
    return goods.seller.members.get().user


def save(goods: Product, **values: Any) -> Product:
    return products.save_product(actor=owner(goods), product=goods, values=values, now=NOW, is_sure=True)


# --- What so much costs -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("quantity", "price", "reached"), [(5, 20_000, None), (45, 20_000, None), (50, 18_000, 50), (95, 18_000, 50),
                                       (100, 17_000, 100), (10_000, 17_000, 100)],
)  # fmt: skip
def test_the_price_is_that_of_the_tier_reached_in_python_and_in_sql(
    goods: Product, quantity: int, price: int, reached: int | None
) -> None:
    many = Decimal(quantity)
    assert unit_price(goods, many) == price
    in_sql = Product.objects.annotate(asked=unit_price_sql(Value(many)))
    assert in_sql.get(pk=goods.pk).asked == price
    assert tier_from(goods, many, price) == reached and tier_from(goods, many, price - 1) is None


def test_goods_without_tiers_cost_the_same_however_many_in_sql_too(goods: Product) -> None:
    plain = make.make_product(goods.seller, price=7_000)
    assert Product.objects.annotate(asked=unit_price_sql(Value(Decimal(500)))).get(pk=plain.pk).asked == 7_000
    assert plain.tiers == Product.objects.get(pk=plain.pk).tiers == ()


@pytest.mark.parametrize(
    ("rupiah", "most"), [(100_000, 5), (980_000, 49), (1_000_000, 55), (1_700_000, 94), (1_900_000, 111)]
)
def test_as_much_as_a_sum_pays_for_and_any_less_of_it(goods: Product, rupiah: int, most: int) -> None:
    """From 46 to 49 boxes cost more than 50 do: Rp900.000 pay for 50 of them and not for 49."""
    assert int(affordable(goods, rupiah)) == most
    assert all(unit_price(goods, Decimal(n)) * n <= rupiah for n in range(1, most + 1))


@pytest.mark.parametrize(("chosen", "told"), [(45, "50 kotak sama harganya: Rp900.000"), (44, ""), (50, ""), (100, "")])
def test_the_next_tier_that_costs_no_more_in_all_is_told(goods: Product, chosen: int, told: str) -> None:
    """Ninety-five boxes at Rp18.000 are Rp1.710.000, more than a hundred at Rp17.000."""
    quantity, dearer = Decimal(chosen), Decimal(95)
    tier = no_dearer(goods, quantity)
    assert (no_dearer_words("box", tier, 20_000 * chosen) if tier else "") == told
    tier = no_dearer(goods, dearer)
    assert tier and no_dearer_words("box", tier, 1_710_000) == "100 kotak lebih murah: Rp1.700.000"


# --- What may be written ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (tiers(_50=20_000), "tier_not_lower"),
        (tiers(_50=18_000, _100=18_000), "tier_not_lower"),
        (tiers(_50=0), "tier_price_zero"),
        (tiers(_52=18_000), "tier_off_step"),
        (tiers(_5=18_000), "tier_below_minimum"),
        (tiers(_0=18_000), "tier_from_zero"),
        ((PriceTier(Decimal(-5), 18_000),), "tier_from_zero"),
        (tiers(_50=18_000, _50_0=17_000), "tier_twice"),
        (tiers(_1000000=18_000), "tier_beyond_most"),
        (tiers(_10=19_000, _20=18_000, _30=17_000, _40=16_000), "too_many_tiers"),
    ],
)
def test_tiers_that_are_none(goods: Product, wrong: Tiers, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        save(goods, tiers=wrong)
    assert (refused.value.code, refused.value.field) == (code, "tiers")
    assert Product.objects.get(pk=goods.pk).tiers == TWO


def test_the_database_knows_too(goods: Product) -> None:
    for wrong in (tiers(_50=20_000), tiers(_50=18_000, _40=17_000), tiers(_50=0), tiers(_5=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Product.objects.filter(pk=goods.pk).update(tiers=wrong)


def test_quantities_of_a_tier_keep_to_a_step_of_parts() -> None:
    rice = make.make_product(unit="kg", step=Decimal("0.25"), minimum=Decimal(1), price=15_000)
    rice.tiers = tiers(_2_5=14_000)
    assert list(listing.problems(rice)) == []
    rice.tiers = tiers(_2_6=14_000)
    assert [problem.code for problem in listing.problems(rice)] == ["tier_off_step"]


# --- Which change waits -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "values",
    [
        {"tiers": tiers(_50=17_500, _100=17_000)},  # cheaper
        {"tiers": tiers(_40=18_000, _100=17_000)},  # from less on
        {"tiers": (*TWO, *tiers(_200=16_000))},  # one more
        {"tiers": tiers(_50=17_000)},  # two become one that is no dearer
        {"price": 18_500},
        {"price": 16_500, "tiers": ()},  # whatever is bought, it costs less than before
        {"price": 17_500, "tiers": tiers(_100=17_000)},
    ],
)
def test_what_makes_no_quantity_dearer_applies_at_once(goods: Product, values: dict[str, Any]) -> None:
    assert save(goods, **values).waiting_proposal is None
    now = Product.objects.get(pk=goods.pk)
    assert {name: getattr(now, name) for name in values} == values
    changes = [(change.old, change.new) for change in TierChange.objects.filter(product=goods)]
    assert changes == ([(TWO, values["tiers"])] if "tiers" in values else [])


@pytest.mark.parametrize(
    "values",
    [
        {"tiers": ()},
        {"tiers": tiers(_50=18_000)},
        {"tiers": tiers(_50=18_001, _100=17_000)},
        {"tiers": tiers(_55=18_000, _100=17_000)},
        {"tiers": tiers(_50=16_000, _100=15_000, _200=14_000), "price": 21_000},
        {"tiers": tiers(_50=20_500), "price": 21_000},  # below the price that is asked for, not below today's
    ],
)
def test_what_makes_some_quantity_dearer_waits_for_a_curator(goods: Product, values: dict[str, Any]) -> None:
    waiting = save(goods, **values).waiting_proposal
    assert waiting is not None
    now = Product.objects.get(pk=goods.pk)
    assert now.price == 20_000
    assert {name: getattr(waiting, name) for name in values} == values
    if len(values["tiers"]) < 3:
        assert now.tiers == TWO
    curator = make.make_staff("umkm.curate_product")
    proposals.apply_proposal(
        actor=curator, proposal=waiting, now=NOW, shown=listing.shown_of(noted(curator, now, waiting))
    )
    now.refresh_from_db()
    assert (now.tiers, now.price) == (values["tiers"], values.get("price", 20_000))
    assert TierChange.objects.filter(product=goods).latest("pk").new == values["tiers"]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ((), "50 kotak menjadi Rp20.000 per kotak, sebelumnya Rp18.000"),
        (tiers(_55=18_000, _100=17_000), "50 kotak menjadi Rp20.000 per kotak, sebelumnya Rp18.000"),
        (tiers(_50=18_000), "100 kotak menjadi Rp18.000 per kotak, sebelumnya Rp17.000"),
    ],
)
def test_the_curator_reads_which_quantity_gets_dearer(goods: Product, new: Any, told: str) -> None:
    waiting = save(goods, tiers=new).waiting_proposal
    assert waiting is not None
    person = make.make_staff("umkm.curate_product")
    curator, page = signed_in(person), reverse("admin:umkm_changeproposal_change", args=[waiting.pk])
    assert told in curator.get(page).text
    before = shown_changes(waiting, goods)
    proposals.apply_proposal(
        actor=person, proposal=waiting, now=NOW, shown=listing.shown_of(noted(person, goods, waiting))
    )
    waiting.refresh_from_db()
    assert before and shown_changes(waiting, Product.objects.get(pk=goods.pk)) == before  # as it was decided
    assert "Isinya tetap" not in curator.get(page).text


def test_a_price_is_not_lowered_below_a_tier_that_stays(goods: Product) -> None:
    with pytest.raises(RuleBroken) as refused:
        shelf.change_shelf(
            actor=owner(goods), product=goods, price=18_000, added=None, capacity=None, key=new_key(), shown=None,
            now=NOW, is_sure=True,
        )  # fmt: skip
    assert refused.value.code == "tier_not_lower"
    assert Product.objects.get(pk=goods.pk).price == 20_000


def test_a_tier_far_below_is_asked_about(goods: Product) -> None:
    low = tiers(_50=1_800)
    with pytest.raises(RuleBroken) as refused:
        products.save_product(actor=owner(goods), product=goods, values={"tiers": low}, now=NOW)
    assert refused.value.code == "price_far_below" and "Rp1.800" in refused.value.message
    far = tiers(_50=18_000, _100=17_000, _200=1)
    with pytest.raises(RuleBroken) as refused:
        products.save_product(actor=owner(goods), product=goods, values={"tiers": far}, now=NOW)
    told = "mulai 200 kotak Rp1 per kotak, padahal harganya sekarang Rp17.000 (harga mulai 100 kotak)"
    assert told in refused.value.message
    assert save(goods, tiers=low).tiers == low


def test_a_lower_tier_is_in_the_change_that_waits_already(goods: Product) -> None:
    save(goods, name="Nasi kotak pilihan")
    save(goods, tiers=tiers(_50=17_900, _100=17_000))
    assert ChangeProposal.objects.get().tiers == tiers(_50=17_900, _100=17_000)


# --- Pages ------------------------------------------------------------------------------------------------------------
def posted(goods: Product, shown: str, rows: list[tuple[str, str]]) -> dict[str, str]:
    data = {
        "key": new_key(), "shown": shown, "name": goods.name, "category": str(goods.category_id), "price": "20.000",
        "minimum": "5", "step": "5", "lead_days": "0", "keeps": goods.keeps, "description": goods.description,
    }  # fmt: skip
    for n, (quantity, price) in enumerate(rows, 1):
        data |= {f"tiers_from_{n}": quantity, f"tiers_price_{n}": price}
    return data


def test_two_browsers_do_not_overwrite_each_other(goods: Product) -> None:
    browser, url = signed_in(owner(goods)), reverse("umkm:product-edit", args=[goods.pk])
    page = browser.get(url).content.decode()
    assert 'name="tiers_from_1"' in page and 'value="18.000"' in page
    shown = editing.shown_of(products.current_values(goods))
    save(goods, tiers=(*TWO, *tiers(_200=16_000)))
    answer = browser.post(url, posted(goods, shown, [("50", "17.900"), ("100", "17.000"), ("", "")]))
    assert answer.status_code == 422 and "200: 16.000" in answer.content.decode()
    assert len(Product.objects.get(pk=goods.pk).tiers) == 3
    # Who left them alone sees the newer ones in their place.
    answer = browser.post(url, posted(goods, shown, [("50", "18.000"), ("100", "17.000"), ("", "")]))
    assert 'value="16.000"' in answer.content.decode()


def test_the_seller_writes_rows_in_any_order_and_a_half_row_is_refused(goods: Product) -> None:
    browser, url = signed_in(owner(goods)), reverse("umkm:product-edit", args=[goods.pk])
    shown = editing.shown_of(products.current_values(goods))
    answer = browser.post(url, posted(goods, shown, [("100", ""), ("50", "18.000"), ("", "")]))
    assert answer.status_code == 422 and "Harga grosir 1" in answer.content.decode()
    assert [row.is_wrong for row in answer.context["form"].tier_rows] == [True, False, False]
    answer = browser.post(url, posted(goods, shown, [("100", "16.900"), ("", ""), ("50", "18.000")]))
    assert answer.status_code == 302
    assert Product.objects.get(pk=goods.pk).tiers == tiers(_50=18_000, _100=16_900)
    (before,) = facts(Product.objects.get(pk=goods.pk))["tier_changes"]
    assert "17.000" in before["words"] and "16.900" not in before["words"]  # what is in force is no past price


def test_buyers_and_machines_read_the_tiers(goods: Product) -> None:
    page = signed_in(make.make_user()).get(reverse("umkm:product-short", args=[goods.pk]), follow=True)
    assert "Mulai 50 kotak" in page.content.decode() and "Rp18.000" in page.content.decode()
    card = {"product": goods, "name": goods.name, "href": "/", "proofs": []}
    assert "Harga grosir mulai 50 kotak" in card_body(card, "card")
    machine = signed_in(make.make_user()).get(f"/api/v1/products/{goods.pk}/").json()
    assert machine["tiers"][0] == {"from_quantity": "50.000", "price": 18_000}


# --- Copies, variants, files ------------------------------------------------------------------------------------------
def test_a_copy_and_a_variant_have_the_tiers_their_price_allows(goods: Product) -> None:
    made = shelf.copy_product(actor=owner(goods), product=goods, key=new_key(), now=NOW)
    assert made.tiers == TWO and made.state == ProductState.DRAFT
    rows = [NewVariant(("Kecil", ""), 17_500, Decimal(10)), NewVariant(("Besar", ""), 30_000, Decimal(10))]
    small, large = variants.add_variants(
        actor=owner(goods), product=made, kinds=("size", ""), own=("Sedang", ""), rows=rows, key=new_key(), now=NOW
    )
    assert (small.tiers, large.tiers) == (tiers(_100=17_000), TWO)


def test_a_file_holds_them_in_one_cell(goods: Product) -> None:
    names = CategoryNames([goods.category])
    cells = by_name(written(goods, names))
    assert cells["harga_grosir"] == "50: 18.000; 100: 17.000"
    assert read_row(cells, names).values["tiers"] == TWO
    assert read_row({**cells, "harga_grosir": "-"}, names).values["tiers"] == ()
    assert "harga_grosir" in read_row({**cells, "harga_grosir": "50 18.000"}, names).wrong
    with pytest.raises(forms.ValidationError):
        tier_fields.read_text("50: nol")
