"""Every example a page gives is taken by the field it stands at, and numbers on labels are read as they are printed."""

import re
from typing import Any

import pytest
from django import forms
from django.utils import translation

from epeken.core.web.forms import CompoundFormField, DayFormField, MomentFormField, QuantityFormField
from tests.forms import every_field
from umkm.catalogue.forms import HalalNumberField, PirtNumberField

# Nobody types one text into these.
CHOSEN = (forms.FileField, forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField, CompoundFormField)
EXAMPLE = re.compile(
    r"(?:[Mm]isalnya|[Cc]ontoh:|[Tt]ulis seperti|[Ff]or example|[Ee]xample:|[Ll]ike) (.+?)(?:\.(?=\s|$)|$)"
)


def examples(field: forms.Field) -> list[str]:
    """Those of the hint, and of the sentences that say why a value was refused."""
    said = [str(field.help_text)]
    try:
        field.clean("\u00a7")
    except forms.ValidationError as refused:
        said += [str(message) for message in refused.messages]
    found = [part for text in said for part in EXAMPLE.findall(text)]
    return [one.strip() for part in found for one in re.split(r" atau | or ", part) if "\u2026" not in one]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_example_is_accepted_by_its_field(language: str) -> None:
    wrong, seen = [], 0
    with translation.override(language):
        for name, field in every_field():
            if isinstance(field, CHOSEN):
                continue
            for text in examples(field):
                seen += 1
                try:
                    field.clean(text)
                except forms.ValidationError as refused:
                    wrong.append((name, text, refused.messages))
    assert wrong == []
    assert seen > 20


@pytest.mark.parametrize(
    ("field", "count"),
    [(QuantityFormField(), 2), (DayFormField(), 1), (MomentFormField(), 1)],
)
def test_the_examples_are_found(field: Any, count: int) -> None:
    with translation.override("id"):
        assert len(examples(field)) == count


@pytest.mark.parametrize(
    "text", ["ID35110000123456789", "id35110000123456789", "ID 35110000123456789", "ID-3511.0000 123456789"]
)
def test_a_halal_number_as_it_is_printed(text: str) -> None:
    assert HalalNumberField().clean(text) == "ID35110000123456789"


@pytest.mark.parametrize(
    "text", ["2061234010001-28", "206123401000128", "2061234010001\u201328", "206 1234 01 0001 - 28"]
)
def test_a_pirt_number_as_it_is_printed(text: str) -> None:
    assert PirtNumberField().clean(text) == "2061234010001-28"


@pytest.mark.parametrize("field", [HalalNumberField(), PirtNumberField()])
@pytest.mark.parametrize("text", ["12345", "ID123", "XX35110000123456789", "\u0662" * 15])
def test_a_number_of_another_length_is_refused(field: Any, text: str) -> None:
    with pytest.raises(forms.ValidationError, match="angka"):
        field.clean(text)
