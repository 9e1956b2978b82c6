"""What must hold for any amount, quantity, text and number, whatever a person types."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from django import forms
from hypothesis import example, given
from hypothesis import strategies as st

from epeken.core.i18n.words import in_words, rupiah
from epeken.core.money import MAX_RUPIAH, share, split
from epeken.core.quantity import fits_step, plain
from epeken.core.web.forms import QuantityFormField, RupiahFormField

amounts = st.integers(-MAX_RUPIAH, MAX_RUPIAH)
rates = st.decimals(0, 1000, places=4)
steps = st.decimals(Decimal("0.001"), 100, places=3)


@given(amounts, rates)
@example(5, Decimal("0.5"))
@example(-5, Decimal("0.5"))
def test_a_share_is_the_nearest_rupiah_and_half_goes_up(amount: int, rate: Decimal) -> None:
    exact = abs(amount) * Fraction(rate)
    assert abs(share(amount, rate)) == (exact + Fraction(1, 2)).__floor__()
    assert share(-amount, rate) == -share(amount, rate)


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
def test_parts_sum_to_the_total_and_none_is_a_rupiah_off(total: int, weights: list[int]) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        if weight == 0:
            assert part == 0


@given(st.integers(0, MAX_RUPIAH), st.lists(st.integers(1, 10**6), min_size=2, max_size=10))
def test_a_heavier_part_is_never_smaller(total: int, weights: list[int]) -> None:
    weighed = sorted(zip(weights, split(total, weights), strict=True))
    for (light, less), (heavy, more) in pairwise(weighed):
        assert less <= more or light == heavy


@given(st.integers(1, 10**6), steps)
def test_whole_steps_fit_and_nothing_between(count: int, step: Decimal) -> None:
    assert fits_step(count * step, step)
    assert not fits_step(count * step + step / 2, step)
    assert not fits_step(-count * step, step)
    assert not fits_step(Decimal(0), step)


def read(field: forms.Field, text: str) -> object:
    """What the field makes of the text; None when it refuses it."""
    try:
        return field.clean(text)
    except forms.ValidationError:
        return None


@given(st.integers(0, MAX_RUPIAH))
def test_money_is_read_as_it_is_shown(amount: int) -> None:
    field = RupiahFormField()
    for text in [str(amount), rupiah(amount), rupiah(amount).replace("Rp", "Rp "), f"  {rupiah(amount).lower()} "]:
        assert read(field, text) == amount


@given(st.text(st.sampled_from("0123456789.,-+eE_ rpRP\n١٢³"), max_size=20))
@example("1.2345")
@example("1.000.00")
def test_money_is_never_guessed(text: str) -> None:
    """Accepted means: the digits as written, with dots nowhere but between thousands."""
    found = read(RupiahFormField(), text)
    if found is not None:
        written = re.sub(r"^rp\.?\s*", "", text.strip(), flags=re.IGNORECASE)
        assert re.fullmatch(r"[0-9]+|[0-9]{1,3}(\.[0-9]{3})+|-0+", written)
        assert found == int(written.replace(".", ""))


@given(st.decimals(0, 999_999_999, places=3))
def test_a_quantity_is_read_as_it_is_shown(quantity: Decimal) -> None:
    field = QuantityFormField()
    assert read(field, plain(quantity)) == quantity
    whole, comma, places = plain(quantity).partition(",")
    assert read(field, f"{int(whole):,}".replace(",", ".") + comma + places) == quantity


@given(st.text(st.sampled_from("0123456789.,-+eEnaif_ \n١³"), max_size=16))
@example("1.000")
@example("1,000")
@example("1.250,5")
def test_a_quantity_is_never_guessed(text: str) -> None:
    found = read(QuantityFormField(), text)
    if found is not None:
        assert isinstance(found, Decimal)
        assert found.is_finite()
        assert found == found.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)
        written = text.strip()
        if re.fullmatch(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?", written):
            written = written.replace(".", "")
        assert found == Decimal(written.replace(",", "."))


_DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
_SCALE = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def number_of(words: str) -> int:
    """Reads an amount in words, from left to right, the way one hears it. Knows nothing of how it was written."""
    total = group = last = 0
    for word in words.split():
        if word in _DIGITS:
            last = _DIGITS.index(word)
            group += last
        elif word in ("sepuluh", "sebelas"):
            group += 10 if word == "sepuluh" else 11
        elif word == "belas":
            group += 10
        elif word in ("puluh", "ratus"):
            group += last * (10 if word == "puluh" else 100) - last
        elif word == "seratus":
            group += 100
        elif word == "seribu":
            total += 1000
        else:
            total += group * _SCALE[word]
            group = 0
    return total + group


@pytest.mark.parametrize(
    ("words", "number"),
    [("nol", 0), ("seribu sebelas", 1011), ("dua puluh satu ribu", 21_000), ("seratus juta tiga belas", 100_000_013)],
)
def test_the_reader_itself_reads(words: str, number: int) -> None:
    assert number_of(words) == number


@given(st.one_of(st.integers(0, 10**18 - 1), st.integers(0, 3000), st.integers(1, 999).map(lambda n: n * 10**6)))
def test_an_amount_in_words_is_heard_as_the_amount(number: int) -> None:
    words = in_words(number)
    assert number_of(words) == number
    assert "satu ratus" not in words
    assert not re.search(r"\bsatu (puluh|belas)\b", words)
    assert not re.match(r"satu ribu", words)
