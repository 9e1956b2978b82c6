"""Variants: made from one product, found as one result, ordered each for itself."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.editing import shown_of
from epeken.core.errors import DomainError, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.core.states import move
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.goods import family
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import products, proposals
from umkm.catalogue.services.shelf import RowRefused
from umkm.catalogue.states import ProductState, StockMode
from umkm.discovery.pages import cards
from umkm.discovery.search import GroupPrices, Query, matches, search
from umkm.variants import services
from umkm.variants.checking import refusing_twins
from umkm.variants.services import NewVariant, named, stem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def shirt() -> Product:
    return make.make_product(name="Kaus relawan", price=50_000, state=ProductState.DRAFT, published_at=None)


def owner(product: Product) -> Any:
    return product.seller.members.get().user


def add(product: Product, *values: str, **over: Any) -> list[Product]:
    rows = [NewVariant((value, ""), 55_000, Decimal(5)) for value in values]
    asked = {"kinds": ("size", ""), "own": ("M", ""), "rows": rows, "key": new_key(), **over}
    return services.add_variants(actor=owner(product), product=product, now=clock.now(), **asked)


def hits(query: Query) -> dict[str, GroupPrices | None]:
    return {hit.product.name: hit.group for hit in search(query, now=clock.now()).hits}


# --- Made and changed -------------------------------------------------------------------------------------------------
def test_a_draft_becomes_one_of_its_variants_and_each_is_goods_of_its_own(shirt: Product) -> None:
    key = new_key()
    made = add(shirt, "L", " XL  besar ", key=key)
    assert add(shirt, "L", " XL  besar ", key=key) == made
    shirt.refresh_from_db()
    assert (shirt.name, shirt.option_1) == ("Kaus relawan, M", "M")
    assert [one.name for one in made] == ["Kaus relawan, L", "Kaus relawan, XL besar"]
    assert {one.group_id for one in made} == {shirt.group_id}
    assert all((one.state, one.price, one.on_hand, one.unit) == ("draft", 55_000, 5, shirt.unit) for one in made)
    (more,) = add(made[0], "S", own=("", ""), kinds=("", ""))  # from another one of them
    assert (more.name, more.group_id) == ("Kaus relawan, S", shirt.group_id)


def test_what_goods_on_show_are_offered_as_waits_for_a_curator() -> None:
    product = make.make_product(name="Kaus relawan", price=50_000)
    add(product, "L")
    product.refresh_from_db()
    assert (product.name, product.option_1) == ("Kaus relawan", "")
    waiting = ChangeProposal.objects.get()
    assert (waiting.name, waiting.option_1) == ("Kaus relawan, M", "M")
    with pytest.raises(RowRefused):
        add(product, "m")  # asked for already
    (more,) = add(product, "XL")
    assert more.name == "Kaus relawan, XL"
    proposals._apply(product, waiting, None, clock.now())
    assert Product.objects.get(pk=product.pk).option_1 == "M"


@pytest.mark.parametrize(
    ("over", "field", "code"),
    [
        ({"kinds": ("", "")}, "kind_1", "option_missing"),
        ({"kinds": ("size", "size")}, "kind_2", "option_twice"),
        ({"own": ("", "")}, "value_1", "value_missing"),
        ({"kinds": ("size", "colour")}, "value_2", "value_missing"),
        ({"own": ("x" * 31, "")}, "value_1", "value_too_long"),
        ({"rows": []}, "value_1_0", "variants_missing"),
        ({"rows": [NewVariant(("L", ""), 1, None)] * 31}, "value_1_0", "too_many_variants"),
        ({"rows": [NewVariant(("m", ""), 1, None)]}, "option_1", "variant_taken"),
        ({"rows": [NewVariant(("L", ""), 0, None)]}, "price", "price_zero"),
    ],
)
def test_what_cannot_be_a_variant_is_refused_and_nothing_is_made(
    shirt: Product, over: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        add(shirt, "L", **over)
    assert (refused.value.field, refused.value.code) == (field, code)
    shirt.refresh_from_db()
    assert (shirt.group_id, shirt.name, Product.objects.count()) == (None, "Kaus relawan", 1)


def test_a_stranger_adds_changes_and_releases_nothing(shirt: Product) -> None:
    add(shirt, "L")
    shirt.refresh_from_db()
    by = {"actor": make.make_user(), "product": shirt, "now": clock.now()}
    for act, more in (
        (services.add_variants, {"kinds": ("", ""), "own": ("", ""), "rows": [], "key": new_key()}),
        (services.save_variants, {"prices": {shirt.pk: 1}, "amounts": {}, "key": new_key(), "shown": None}),
        (services.release_variant, {}),
    ):
        with pytest.raises(NotAllowed):
            act(**by, **more)
    assert Product.objects.get(pk=shirt.pk).price == 50_000


def test_the_database_refuses_the_same_values_twice_unless_one_is_gone() -> None:
    first, second = family("M", "L")
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=second.pk).update(option_1="m")
    with pytest.raises(RuleBroken) as refused, refusing_twins():
        Product.objects.filter(pk=second.pk).update(option_1="m")
    assert refused.value.code == "variant_taken"
    move(first, "take_down", actor=None, now=clock.now())
    Product.objects.filter(pk=second.pk).update(option_1="m")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"category": "other"}, "variant_unlike"),
        ({"unit": "kg"}, "variant_unlike"),
        ({"option_1": "l", "name": "Kaus l"}, "variant_taken"),
        ({"name": "Kaus"}, "value_not_in_name"),
        ({"name": "Kemeja bermutu"}, "value_not_in_name"),  # the letter is no word of it
    ],
)
def test_variants_stay_alike_and_apart(shirt: Product, values: dict[str, Any], code: str) -> None:
    add(shirt, "L")
    if "category" in values:
        values = {"category": make.make_category()}
    save = {"actor": owner(shirt), "product": shirt, "now": clock.now()}
    with pytest.raises(RuleBroken) as refused:
        products.save_product(**save, values=values)
    assert refused.value.code == code
    if code == "variant_unlike":  # alone again it may change
        services.release_variant(**save)
        assert products.save_product(**save, values=values).group_id is None


def test_a_change_on_show_is_asked_beside_the_others() -> None:
    first, _second = family("M", "L")
    with pytest.raises(RuleBroken) as refused:
        products.save_product(
            actor=owner(first), product=first, values={"name": "Kaus, L", "option_1": "L"}, now=clock.now()
        )
    assert refused.value.code == "variant_taken"
    alone = make.make_product(name="Topi merah")
    with pytest.raises(RuleBroken) as refused:
        products.save_product(actor=owner(alone), product=alone, values={"option_1": "merah"}, now=clock.now())
    assert refused.value.code == "not_a_variant"


def test_a_name_is_cut_so_that_its_values_fit() -> None:
    name = named("k" * 120, ("M", "merah"))
    assert len(name) == 120 and name.endswith("k, M, merah")
    assert stem_of(Product(name=name, option_1="M", option_2="merah")) == "k" * 110


def test_the_table_saves_all_or_nothing() -> None:
    first, second = family("M", "L")
    daily = make.make_product(
        first.seller, name="Kaus, XL", option_1="XL", group=first.group, category=first.category,
        stock_mode=StockMode.DAILY, daily_capacity=Decimal(10),
    )  # fmt: skip
    foreign = make.make_product(price=10_000)
    shown = shown_of(
        {
            f"{name}_{one.pk}": getattr(one, name)
            for one in (first, second, daily)
            for name in ("price", "daily_capacity")
        }
    )

    def save(prices: dict[int, int], amounts: dict[int, Any], key: str) -> Any:
        prices = {first.pk: first.price, second.pk: second.price, daily.pk: daily.price, **prices}
        return services.save_variants(
            actor=owner(first), product=first, prices=prices, amounts=amounts, key=key, shown=shown, now=clock.now(),
            is_sure=True,
        )  # fmt: skip

    with pytest.raises(DomainError), transaction.atomic():
        save({first.pk: 39_000}, {daily.pk: Decimal(0)}, new_key())
    assert Product.objects.get(pk=first.pk).price == 40_000
    key = new_key()
    for _again in range(2):
        save({first.pk: 39_000, foreign.pk: 1}, {second.pk: Decimal(3), daily.pk: Decimal(12)}, key)
    found = {one.pk: (one.price, one.on_hand, one.daily_capacity) for one in Product.objects.all()}
    assert found[first.pk][0] == 39_000 and found[second.pk][1] == 103 and found[daily.pk][2] == 12
    assert found[foreign.pk][0] == 10_000
    with pytest.raises(DomainError) as refused:
        save({first.pk: 38_000}, {}, new_key())  # the page still shows the earlier price
    assert refused.value.code == "changed_meanwhile"


# --- Found and shown --------------------------------------------------------------------------------------------------
def test_variants_are_one_result_with_their_number_and_prices() -> None:
    family("M", "L", "XL")
    make.make_product(name="Kaus kaki", description="")
    result = search(Query(text="kaus"), now=clock.now())
    assert (result.count, result.named, result.facets.kinds) == (2, 2, {"umkm": 2})
    assert hits(Query(text="kaus")) == {"Kaus, XL": GroupPrices(3, 40_000, 60_000), "Kaus kaki": None}
    assert len(matches(Query(text="kaus"), now=clock.now()).in_name) == 4  # a department's market asks each of them


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(text="kaus"), "Kaus, L"),  # the newest that can be had
        (Query(text="kaus m"), "Kaus, M"),  # its words fit best
        (Query(sort="murah"), "Kaus, M"),
        (Query(sort="mahal"), "Kaus, L"),
        (Query(sort="baru"), "Kaus, L"),
        (Query(price_from=60_000), "Kaus, XL"),  # of those that fit none can be had
    ],
)
def test_a_group_is_shown_by_the_one_that_can_be_had_and_fits_best(query: Query, expected: str) -> None:
    _small, _large, sold_out = family("M", "L", "XL")
    Product.objects.filter(pk=sold_out.pk).update(minimum=1000)
    assert list(hits(query)) == [expected]


def test_a_variant_that_left_is_not_counted_and_the_last_one_is_ordinary_goods(client: Client) -> None:
    small, large, hidden = family("M", "L", "XL")
    move(hidden, "hide", actor=None, now=clock.now())
    assert hits(Query()) == {"Kaus, L": GroupPrices(2, 40_000, 50_000)}
    page = client.get(cards.product_url(small), {"jumlah": "7"}, HTTP_ACCEPT_LANGUAGE="id").text
    assert f"{cards.product_url(large)}?jumlah=7" in page and "XL" not in page and "Pilih ukuran" in page
    Product.objects.filter(pk=large.pk).update(minimum=1000)
    assert "(habis)" in client.get(cards.product_url(small), HTTP_ACCEPT_LANGUAGE="id").text
    move(large, "take_down", actor=None, now=clock.now())
    assert hits(Query()) == {"Kaus, M": None}
    assert "Pilih ukuran" not in client.get(cards.product_url(small), HTTP_ACCEPT_LANGUAGE="id").text


@pytest.mark.parametrize(
    ("name", "options", "shared"),
    [
        ("Kaus, M, merah", ("M", "merah"), "Kaus"),
        ("Nasi liwet kastrol 10 orang", ("10 orang", ""), "Nasi liwet kastrol"),
        ("Nasi liwet (10 Orang", ("10 orang", ""), "Nasi liwet"),
        ("Kaus relawan", ("M", ""), "Kaus relawan"),
        ("M", ("M", ""), "M"),
    ],
)
def test_a_card_of_all_variants_is_not_called_after_one(name: str, options: tuple[str, str], shared: str) -> None:
    product = Product(pk=1, name=name, option_1=options[0], option_2=options[1])
    assert cards.shared_name(product) == shared


def test_a_shops_page_says_what_it_counts(client: Client) -> None:
    seller = family("M", "L")[0].seller
    text = client.get(reverse("umkm:shop-detail", args=[seller.slug]), HTTP_ACCEPT_LANGUAGE="id").text
    assert "1 barang" in text and "2 bila tiap variannya dihitung sendiri" in text and ">Kaus</a>" in text


def test_facets_count_a_group_where_any_variant_has_the_property(monkeypatch: pytest.MonkeyPatch) -> None:
    make.make_halal(family("M", "L")[0].seller)
    noon = clock.start_of(clock.today()) + timedelta(hours=12)  # whatever hour it is, the shop is open
    monkeypatch.setattr(clock, "now", lambda: noon)
    Product.objects.filter(option_1="M").update(halal_number="ID35110000123456789")
    Product.objects.filter(option_1="L").update(lead_days=3)
    result = search(Query(), now=clock.now())
    assert (result.count, result.facets.halal, result.facets.today) == (1, 1, 1)
    assert list(hits(Query(halal=True))) == list(hits(Query(today=True))) == ["Kaus, M"]


def test_no_page_repeats_a_group() -> None:
    category = make.make_category()
    for _number in range(13):
        family("M", "L", category=category)
    for sort in ("cocok", "baru", "murah", "mahal"):
        query = Query(category=category, sort=sort)
        seen = [hit.product.group_id for hit in search(query, now=clock.now()).hits]
        assert len(seen) == len(set(seen)) == 13


def test_a_full_owner_hides_the_group_and_the_shop_shows_it_as_one_card(client: Client) -> None:
    small, _large = family("M", "L")
    page = client.get(reverse("umkm:shop-detail", args=[small.seller.slug]), HTTP_ACCEPT_LANGUAGE="id").text
    assert "2 varian" in page and "Rp40.000–Rp50.000" in page
    make.make_month(small.seller, month=clock.month_of(clock.now()), used=30_000_000)
    assert hits(Query()) == {}


# --- Pages of the seller ----------------------------------------------------------------------------------------------
def test_the_page_adds_changes_and_releases(shirt: Product) -> None:
    client = signed_in(owner(shirt))
    url = reverse("umkm:variant-list", args=[shirt.pk])
    assert "Tambah varian" in client.get(url, HTTP_ACCEPT_LANGUAGE="id").text
    sent = {"key": new_key(), "kind_1": "size", "own_1": "M", "value_1_0": "L", "price_0": "55.000", "amount_0": "5"}
    refused = client.post(reverse("umkm:variant-add", args=[shirt.pk]), {**sent, "value_1_0": "m"})
    assert refused.status_code == 422 and "Varian dengan isi ini sudah ada" in refused.text
    assert client.post(reverse("umkm:variant-add", args=[shirt.pk]), sent).status_code == 302
    large = Product.objects.get(name="Kaus relawan, L")
    table = client.get(url).context["table"]
    values = {name: table[name].value() for name in table.fields if table[name].value() is not None}
    values |= {f"price_{large.pk}": "60.000", f"added_{large.pk}": "2"}
    assert client.post(reverse("umkm:variant-save", args=[shirt.pk]), values).status_code == 302
    large.refresh_from_db()
    assert (large.price, large.on_hand) == (60_000, 7)
    assert client.post(reverse("umkm:variant-release", args=[large.pk])).status_code == 302
    assert Product.objects.get(pk=large.pk).group_id is None


def test_a_curator_sees_the_variants_beside_each_other() -> None:
    first, second = family("M", "L")
    page = signed_in(make.make_staff("umkm.curate_product")).get(
        reverse("admin:umkm_product_change", args=[first.pk]), HTTP_ACCEPT_LANGUAGE="id"
    )
    assert reverse("admin:umkm_product_change", args=[second.pk]) in page.text and "Varian lain" in page.text
