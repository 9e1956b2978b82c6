"""Which standard price holds for goods, in which unit, on which day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import umkm as make
from tests.factories.standards import make_standard
from umkm.catalogue.models import Category
from umkm.catalogue.states import Unit
from umkm.price_standards.models import StandardPrice
from umkm.price_standards.standards import in_force, standards_of, standards_with_others
from umkm.price_standards.units import read_unit

DAY = date(2026, 9, 7)


@pytest.mark.parametrize(
    ("words", "unit", "size"),
    [
        ("Buah", Unit.PCS, "1"),
        (" KOTAK ", Unit.BOX, "1"),
        ("Lusin", Unit.PCS, "12"),
        ("bh.", Unit.PCS, "1"),
        ("gram", Unit.KG, "0.001"),
        ("500 gram", Unit.KG, "0.5"),
        ("600ml", Unit.LITRE, "0.6"),
        ("2,5 Kg", Unit.KG, "2.5"),
        ("Rim", Unit.REAM, "1"),
    ],
)
def test_units_as_decrees_write_them(words: str, unit: Unit, size: str) -> None:
    assert read_unit(words) == (unit, Decimal(size))


@pytest.mark.parametrize(
    "words", ["Orang/Hari", "paket", "", "0 kg", "0,01 gram", "1.000 kg", "m2", "buah buah", "½ kg"]
)
def test_units_the_market_does_not_know_are_not_guessed(words: str) -> None:
    assert read_unit(words) is None


@pytest.mark.parametrize(
    ("words", "unit", "price", "passes"),
    [
        ("Buah", Unit.PCS, 10_000, False),
        ("Buah", Unit.PCS, 10_001, True),
        ("Lusin", Unit.PCS, 833, False),  # 12 × 833 = 9,996
        ("Lusin", Unit.PCS, 834, True),
        ("500 gram", Unit.KG, 20_000, False),
        ("500 gram", Unit.KG, 20_001, True),
        ("Orang/Hari", Unit.PCS, 10**9, False),
        ("Kotak", Unit.PCS, 10**9, False),  # another unit: not compared
    ],
)
@pytest.mark.django_db
def test_the_price_of_one_unit_is_compared_without_rounding(words: str, unit: Unit, price: int, passes: bool) -> None:
    product = make.make_product(price=price, unit=unit)
    make_standard(product, 10_000, words=words)
    row = standards_of([product], DAY).get(product.pk)
    assert (row is not None and not row.allows(price)) == passes


@pytest.mark.django_db
def test_a_product_is_nearer_than_its_category_and_that_than_the_one_above() -> None:
    category = Category.objects.get(slug="nasi-kotak")
    assert category.parent is not None
    product, other = make.make_product(category=category), make.make_product(category=category)
    above = make_standard(category.parent, 1_000)
    assert standards_of([product, other], DAY) == {product.pk: above, other.pk: above}
    near = make_standard(category, 2_000)
    own = make_standard(product, 500)
    assert standards_of([product, other], DAY) == {product.pk: own, other.pk: near}


@pytest.mark.django_db
def test_goods_with_a_standard_in_another_unit_only_are_known() -> None:
    product, other = make.make_product(unit=Unit.KG), make.make_product(unit=Unit.KG)
    make_standard(product, 10_000, words="Kotak")
    row = make_standard(product, 20_000, words="Orang/Hari")
    assert standards_with_others([product, other], DAY).other == {product.pk: row}
    assert standards_of([product], DAY) == {}
    own = make_standard(product, 5_000, words="Kg")
    assert (standards_with_others([product], DAY).other, standards_of([product], DAY)) == ({}, {product.pk: own})


@pytest.mark.django_db
def test_of_several_in_one_unit_the_dearest_holds() -> None:
    product = make.make_product()
    plain, better = make_standard(product, 10_000), make_standard(product, 180_000, words="Lusin")
    make_standard(product, 90_000, words="kg")
    assert standards_of([product], DAY) == {product.pk: better}
    assert plain.per_unit < better.per_unit == 15_000


@pytest.mark.django_db
def test_an_amendment_replaces_what_it_names_from_its_first_day() -> None:
    product = make.make_product()
    first = make_standard(product, 10_000, code="1.01")
    kept = make_standard(None, 5_000, code="1.02")
    later = make_standard(product, 12_000, code="1.01", valid_from=DAY, decree_on=DAY)
    ended = make_standard(product, 99_000, code="1.01", valid_from=DAY, valid_until=DAY, decree_on=DAY)

    def on(day: date) -> set[StandardPrice]:
        return set(in_force(day))

    assert on(DAY - timedelta(days=1)) == {first, kept}
    assert on(DAY) == {ended, kept}  # of two since one day the one taken last
    assert on(DAY + timedelta(days=1)) == {later, kept}
    assert on(date(2025, 12, 31)) == set()


@pytest.mark.django_db
def test_goods_without_a_standard_ask_one_query(django_assert_num_queries: object) -> None:
    product = make.make_product()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert standards_of([product], DAY) == {}
