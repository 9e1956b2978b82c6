"""Numbers and days as Indonesians write them, in every field of every form and of the office's pages."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers

from epeken.core import clock
from epeken.core.api.fields import WholeField
from epeken.core.errors import RuleBroken
from epeken.core.ids import read_id
from epeken.core.quantity import grouped, plain, read_quantity
from epeken.core.web.forms import (
    CoordinateFormField,
    DayFormField,
    DecimalFormField,
    MomentFormField,
    QuantityFormField,
    RupiahFormField,
    WholeFormField,
)
from epeken.users.models import User
from tests.forms import every_field
from umkm.catalogue.states import Unit

READ = [
    ("2", "2"), ("1000", "1000"), ("1.000", "1000"), ("1.200", "1200"), ("12.345", "12345"), ("1.000.000", "1000000"),
    ("1.000,5", "1000.5"), ("0,5", "0.5"), ("1,5", "1.5"), ("1.5", "1.5"), ("0.500", "0.5"), ("0,500", "0.5"),
    ("1,234", "1.234"), ("12,345", "12.345"), (" 7 ", "7"), ("1\u00a0", "1"),
]  # fmt: skip
AMBIGUOUS = ["1,000", "1,250", "12,000", "999,990"]
UNREADABLE = ["1e3", "NaN", "Infinity", "١", "--1", "1 000", "1.00.000", "1.000.00", "1,000,000", "1,5.000", "01.000"]


@pytest.mark.parametrize(("text", "quantity"), READ)
def test_a_point_groups_thousands_and_a_comma_begins_decimals(text: str, quantity: str) -> None:
    assert read_quantity(text) == QuantityFormField().clean(text) == Decimal(quantity)


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_what_english_and_indonesian_read_differently_is_asked(text: str) -> None:
    with pytest.raises(RuleBroken, match="bisa dibaca") as asked:
        read_quantity(text)
    assert asked.value.code == "number_ambiguous"
    whole = text.replace(",", "")
    assert whole in asked.value.message
    assert QuantityFormField().clean(whole) == Decimal(whole)


@pytest.mark.parametrize("text", UNREADABLE)
def test_the_rest_is_no_quantity(text: str) -> None:
    with pytest.raises(ValidationError, match="Tulis jumlah"):
        QuantityFormField().clean(text)


@given(st.decimals(min_value=0, max_value="999999999.999", places=3))
def test_what_a_page_shows_can_be_sent_back_unchanged(quantity: Decimal) -> None:
    assert read_quantity(plain(quantity)) == quantity
    assert QuantityFormField().prepare_value(quantity) == plain(quantity)


@pytest.mark.parametrize(("quantity", "text"), [("2.000", "2"), ("0.250", "0,25"), ("1000", "1000"), ("0", "0")])
def test_a_quantity_is_shown_with_a_comma_and_no_idle_zeros(quantity: str, text: str) -> None:
    assert plain(Decimal(quantity)) == text


@pytest.mark.parametrize(
    ("quantity", "text"),
    [("999.5", "999,5"), ("1000", "1.000"), ("-1250", "-1.250"), ("1234567.250", "1.234.567,25")],
)
def test_a_quantity_to_read_is_grouped(quantity: str, text: str) -> None:
    assert grouped(Decimal(quantity)) == text
    assert Unit.BOX.counted(Decimal(quantity)) == f"{text} kotak"


@pytest.mark.django_db
def test_every_number_field_reads_a_thousand_as_a_thousand() -> None:
    numbers = [(name, field) for name, field in every_field() if isinstance(field, forms.IntegerField)]
    ours = (RupiahFormField, WholeFormField, DecimalFormField, CoordinateFormField)
    assert len(numbers) > 20
    assert [name for name, field in numbers if not isinstance(field, ours)] == []
    for name, field in numbers:
        if not isinstance(field, CoordinateFormField):
            assert (name, field.to_python("1.000")) == (name, 1000)
        # A box of type number hands an empty text on where somebody typed 1,5 or 1.000.000.
        assert getattr(field.widget, "input_type", "text") in {"text", "hidden"}, name


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (RupiahFormField(max_value=1_000_000), "2.000.000", "Paling banyak Rp1.000.000."),
        (RupiahFormField(min_value=1), "0", "Paling sedikit Rp1."),
        (WholeFormField(max_value=60_000), "70000", "Paling banyak 60.000."),
        (QuantityFormField(min_value=Decimal("0.001")), "0", "Paling sedikit 0,001."),
        (QuantityFormField(), "0,00001", "Paling banyak 3 angka di belakang koma."),
        (QuantityFormField(), "9999999999", "Paling banyak 9 angka di depan koma."),
        (CoordinateFormField(max_value=90), "106,7", "Paling banyak 90."),
    ],
)
def test_a_bound_is_told_as_people_write_it(field: forms.Field, typed: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [told]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_number_field_of_ours_speaks_as_the_library_does(language: str) -> None:
    numbers = [(name, field) for name, field in every_field() if isinstance(field, forms.IntegerField)]
    bounds = [(name, field, bound) for name, field in numbers
              for bound in (field.min_value, field.max_value) if bound is not None]  # fmt: skip
    assert len(bounds) > 40
    with translation.override(language):
        library = {str(rule.message).split(" %")[0] for rule in (MaxValueValidator(1), MinValueValidator(1))}
        for name, field, bound in bounds:
            number = Decimal if isinstance(field, forms.DecimalField) else int
            beyond = number(bound) + (1 if bound == field.max_value else -1)
            with pytest.raises(ValidationError) as refused:
                field.run_validators(beyond)
            for told in refused.value.messages:
                assert not any(told.startswith(words) for words in library), (name, told)


@pytest.mark.django_db
def test_a_number_longer_than_python_reads_is_refused_by_every_field() -> None:
    """Of more than 4,300 digits `int` makes an error of its own, which was an answer of 500 in every box of money."""
    numbers = [(name, field) for name, field in every_field() if isinstance(field, forms.IntegerField)]
    assert len(numbers) > 20
    for name, field in numbers:
        for typed in ("9" * 5000, "9" + ".999" * 1500):
            with pytest.raises(ValidationError):
                assert field.clean(typed) is None, name
    for typed in ("9" * 5000, "\u0663", "-1", "1.000", ""):
        assert read_id(typed) == 0


def test_no_page_has_a_number_box() -> None:
    pages = [p for p in (Path(settings.BASE_DIR) / "templates").rglob("*.html") if 'type="number"' in p.read_text()]
    assert pages == []


@pytest.mark.parametrize(("text", "count"), [("40", 40), ("1.000", 1000), ("100.000", 100_000), ("-3", -3)])
def test_counts(text: str, count: int) -> None:
    assert WholeFormField().clean(text) == count


@pytest.mark.parametrize("text", ["1,5", "1.5", "1.00", "1e3", "٤٠", "1_000", "9" * 30, "1.000.0"])
def test_no_count(text: str) -> None:
    with pytest.raises(ValidationError, match="angka bulat"):
        WholeFormField().clean(text)


@pytest.mark.parametrize("text", ["-6.157472", "-6,157472", "\u22126.157472", " -6.1574720000001 "])
def test_coordinates_have_no_thousands(text: str) -> None:
    assert CoordinateFormField().clean(text) == Decimal("-6.157472")
    assert CoordinateFormField().clean("106.734") == Decimal("106.734")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("text", ["2026-03-02", "02-03-2026", "2/3/2026", "02.03.2026"])
def test_every_day_is_read_day_month_year_in_every_language(language: str, text: str) -> None:
    days = [(name, field) for name, field in every_field() if type(field) is not MomentFormField
            and isinstance(field, forms.DateField)]  # fmt: skip
    assert len(days) > 5
    with translation.override(language):
        for name, field in days:
            assert isinstance(field, DayFormField), name
            assert field.clean(text) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "30-02-2026", "2026-13-01", "%s%n", "0000-00-00", "besok", "0001-01-01", "9999-12-31"]
)
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Tulis tanggal"):
        DayFormField().clean(text)
    with pytest.raises(ValidationError, match="Isi tanggal dan jam"):
        MomentFormField().clean(text)


@pytest.mark.parametrize("text", ["2026-09-24T08:30", "24-09-2026 08.30", "24/9/2026 8:30", "2026-09-24 08:30:00"])
def test_a_moment_is_the_citys(text: str) -> None:
    assert MomentFormField().clean(text) == datetime(2026, 9, 24, 8, 30, tzinfo=clock.ZONE)


def test_the_api_takes_digits_alone() -> None:
    """A machine writes no grouping; DRF's own field reads `1.000` as 1."""
    assert WholeField().run_validation("1000") == 1000
    for text in ["1.000", "1.0", "1,000", "٤٠", "1_000"]:
        with pytest.raises(serializers.ValidationError):
            WholeField().run_validation(text)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["-999999999", "999999999", "999999999999999999"])
def test_what_the_column_refuses_is_told_in_our_words_too(typed: str, rf: RequestFactory) -> None:
    """A form of the office has no bound where the column has one: it was an answer of 500, not a refusal."""
    library = {str(rule.message).split(" %")[0] for rule in (MaxValueValidator(1), MinValueValidator(1))}
    request = rf.get("/")
    request.user = User(is_active=True, is_staff=True, is_superuser=True)
    seen = 0
    for model, office in admin.site._registry.items():
        if not office.has_add_permission(request):
            continue
        blank = office.get_form(request)()
        numbers = [name for name, field in blank.fields.items() if isinstance(field, forms.IntegerField)]
        for name in numbers:
            told = office.get_form(request)(data={name: typed}).errors.get(name)
            for words in told or []:
                seen += 1
                assert "%" not in words, (model, name, words)
                assert not any(words.startswith(start) for start in library), (model, name, words)
    assert seen > 5
