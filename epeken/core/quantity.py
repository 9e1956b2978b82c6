"""Quantities are exact decimals in steps of their unit: 0.001 kg, whole boxes."""

from decimal import Decimal
from typing import Any

from django.db import models

PLACES = Decimal("0.001")


def fits_step(quantity: Decimal, step: Decimal) -> bool:
    """Whether `quantity` is a positive whole number of steps."""
    return quantity > 0 and quantity % step == 0


def plain(quantity: Decimal) -> str:
    """`2`, `0,25`: no trailing zeros, Indonesian decimal comma."""
    text = format(quantity.normalize(), "f")
    return text.replace(".", ",")


class QuantityField(models.DecimalField):
    """Up to 999,999,999.999; scale of three places."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 3)
        super().__init__(*args, **kwargs)
