"""Quantities are exact decimals in steps of their unit: 0.001 kg, whole boxes. Read and shown as Indonesians write."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from epeken.core.errors import RuleBroken

PLACES = Decimal("0.001")
MOST = Decimal("999999999.999")

# A point groups thousands, a comma begins the decimals; a point before other than three digits can only be a decimal.
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d{1,9})?", flags=re.ASCII)
UNREAD = gettext_lazy("Tulis jumlah dengan angka, misalnya 2 atau 0,5.")
_PLAIN = re.compile(r"-?(\d{1,12}|(0|[1-9]\d{0,11})[.,]\d{1,9})", flags=re.ASCII)
# Nobody writes idle zeros of a decimal: `1,000` and `1,250` may be the English thousand.
_ENGLISH = re.compile(r"-?[1-9]\d{0,2},\d{2}0", flags=re.ASCII)


def read_quantity(text: str, *, field: str = "quantity") -> Decimal:
    """`1000`, `1.000`, `1.000,5`, `0,5` and `0.5`, as written in Indonesian.

    Raises: RuleBroken at `field`; `number_ambiguous` when English and Indonesian readers would read two numbers.
    """
    text = text.strip().replace("\u00a0", "")
    if _ENGLISH.fullmatch(text):
        small, large = text.replace(",", ".").rstrip("0").rstrip(".").replace(".", ","), text.replace(",", "")
        raise RuleBroken(
            _("%(text)s bisa dibaca %(small)s atau %(large)s. Tulis %(small)s atau %(large)s, tanpa koma ribuan.")
            % {"text": text, "small": small, "large": large},
            field=field,
            code="number_ambiguous",
        )
    if text.isascii() and text.isdigit() and len(text) > 12:
        raise RuleBroken(_("Jumlahnya terlalu besar untuk dicatat."), field=field, code="quantity_too_large")
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    elif not _PLAIN.fullmatch(text):
        raise RuleBroken(str(UNREAD), field=field, code="number_invalid")
    return Decimal(text.replace(",", "."))


def fits_step(quantity: Decimal, step: Decimal) -> bool:
    """Whether `quantity` is a positive whole number of steps."""
    return quantity > 0 and quantity % step == 0


def plain(quantity: Decimal) -> str:
    """`2`, `0,25`: no trailing zeros, Indonesian decimal comma."""
    text = format(quantity.normalize(), "f")
    return text.replace(".", ",")


def part_of(part: int, whole: int, *, rounding: str = ROUND_HALF_UP) -> Decimal:
    """The part as a rate (`percent` writes it), to a tenth of a percent: 20.970.000 of 213.000.000 are 9,8%."""
    return (Decimal(part) / whole).quantize(Decimal("0.001"), rounding=rounding)


def percent(rate: Decimal) -> str:
    """`0,5%`: a part of one."""
    return f"{plain(rate * 100)}%"


def grouped(quantity: Decimal) -> str:
    """`1.250`, `0,25`: `plain` with a point before every three digits, for reading."""
    whole, comma, rest = plain(quantity).partition(",")
    return f"{int(whole):,}".replace(",", ".") + comma + rest if abs(quantity) >= 1000 else whole + comma + rest


class QuantityField(models.DecimalField):
    """Up to 999,999,999.999; scale of three places. A sum beyond it is refused with a sentence."""

    most = MOST

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 3)
        super().__init__(*args, **kwargs)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Decimal) and abs(value) > self.most:
            raise RuleBroken(_("Jumlahnya terlalu besar untuk dicatat."), code="quantity_too_large")
        return super().get_db_prep_value(value, connection, prepared)

    def formfield(self, **kwargs: Any) -> Any:
        from epeken.core.web.forms import QuantityFormField

        return super().formfield(**{"form_class": QuantityFormField, **kwargs})
