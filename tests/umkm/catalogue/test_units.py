"""A quantity and its unit are one phrase, in the plural where the language has one."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from umkm.catalogue.states import Unit


@pytest.mark.parametrize(
    ("quantity", "unit", "indonesian", "english"),
    [
        ("1", Unit.BOX, "1 kotak", "1 box"),
        ("10.000", Unit.BOX, "10 kotak", "10 boxes"),
        ("0", Unit.GLASS, "0 gelas", "0 glasses"),
        ("1.500", Unit.LITRE, "1,5 liter", "1,5 litres"),
        ("2", Unit.KG, "2 kg", "2 kg"),
    ],
)
def test_a_quantity_with_its_unit(quantity: str, unit: Unit, indonesian: str, english: str) -> None:
    assert unit.counted(Decimal(quantity)) == indonesian
    with override("en"):
        assert unit.counted(Decimal(quantity)) == english


@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_is_counted_by_its_own_name(unit: Unit) -> None:
    assert unit.counted(Decimal(3)) == f"3 {unit.label}"
    assert unit.plural == unit.label


def test_beside_a_box_of_any_number_it_stands_in_the_plural() -> None:
    with override("en"):
        assert (Unit.BOX.plural, Unit.GLASS.plural, Unit.KG.plural) == ("boxes", "glasses", "kg")
