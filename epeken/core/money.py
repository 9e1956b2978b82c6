"""Whole rupiah in an `int`. These two functions are the only way to leave whole numbers and come back."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from epeken.core.errors import RuleBroken

MAX_RUPIAH = 999_999_999_999_999

# Not of any length: `int` itself refuses thousands of digits.
_WRITTEN = re.compile(
    r"(?:rp\.?)?(-?\d{1,40}|-?\d{1,3}(?:\.\d{3}){1,12})(?:,(?:-|00?))?(?:\.-)?", flags=re.IGNORECASE | re.ASCII
)
_SPOKEN = re.compile(r"(?:rp\.?)?(\d{1,6})(?:,(\d{1,3}))?(rb|ribu|jt|juta)", flags=re.IGNORECASE | re.ASCII)
_TIMES = {"rb": 3, "ribu": 3, "jt": 6, "juta": 6}


def read_rupiah(text: str) -> int | None:
    """`27500`, `27.500`, `Rp 27.500,-`, `27.500,00`, `50rb`, `1,5 juta`; None for anything else, cents among them."""
    text = text.strip().replace("\u2013", "-")
    if re.search(r"\d\s+\d", text):
        return None
    text = re.sub(r"\s", "", text)
    if written := _WRITTEN.fullmatch(text):
        return int(written[1].replace(".", ""))
    if spoken := _SPOKEN.fullmatch(text):
        places = _TIMES[spoken[3].lower()]
        return int(spoken[1]) * 10**places + int((spoken[2] or "").ljust(places, "0")[:places])
    return None


def check_rupiah(value: object) -> int:
    """The value itself when it is whole rupiah. Raises TypeError for bool, float, Decimal and text."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"Rupiah amounts are int, not {type(value).__name__}: {value!r}")
    return value


def share(amount: int, rate: Decimal) -> int:
    """`amount` × `rate` in whole rupiah, half up (away from zero). A quantity is a rate too."""
    if not isinstance(rate, Decimal):
        raise TypeError("Rates are Decimal.")
    return int((Decimal(check_rupiah(amount)) * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def each(amount: int, count: int) -> int:
    """One of `count` equal parts, half up; to be read, since the parts need not add up (`split`)."""
    return (2 * check_rupiah(amount) + count) // (2 * count)


def split(total: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Parts of `total` in proportion to `weights`, by largest remainder; they always sum to `total`.

    Equal remainders go to the earlier part. Raises ValueError when no weight is positive or one is negative.
    """
    check_rupiah(total)
    exact = [Decimal(w) for w in weights]
    whole = sum(exact, Decimal(0))
    if whole <= 0 or any(w < 0 for w in exact):
        raise ValueError("Weights must be non-negative and sum to more than zero.")
    sign = -1 if total < 0 else 1
    quotas = [Decimal(abs(total)) * w / whole for w in exact]
    parts = [int(q) for q in quotas]
    left = abs(total) - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - quotas[i], i))
    for i in by_remainder[:left]:
        parts[i] += 1
    return [sign * p for p in parts]


class RupiahField(models.BigIntegerField):
    """Whole rupiah ≥ 0 that accepts only `int`: a plain integer column silently stores Decimal("1999.99") as 1999.

    `signed=True` is for ledger deltas. A sum or product beyond `most` is refused with a sentence, not by the database.
    """

    most = MAX_RUPIAH

    def __init__(self, *args: Any, signed: bool = False, **kwargs: Any) -> None:
        self.signed = signed
        if not signed:
            least = MinValueValidator(0, gettext_lazy("Jumlah rupiah tidak boleh kurang dari nol."))
            kwargs.setdefault("validators", [least])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.signed:
            kwargs["signed"] = True
        kwargs.pop("validators", None)
        return name, path, args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        if abs(check_rupiah(value)) > self.most:
            raise RuleBroken(
                _("Jumlah rupiahnya terlalu besar untuk dicatat. Kurangi harga atau banyaknya."),
                code="amount_too_large",
            )
        return value

    def db_check(self, connection: Any) -> Any:
        if self.signed:
            return super().db_check(connection)
        return f'"{self.column}" >= 0'

    def formfield(self, **kwargs: Any) -> Any:
        from epeken.core.web.forms import RupiahFormField

        return super(models.BigIntegerField, self).formfield(**{"form_class": RupiahFormField, **kwargs})
