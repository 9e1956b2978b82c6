"""What a phone says of where and when it was, as one short text: `-6.257500 106.752100 12 2026-11-29T03:12:00.000Z`."""

import re
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django import forms

# A phone that knows its place no better says nothing about a delivery.
WORST_ACCURACY = 100_000
_FORM = re.compile(
    r"(-?\d{1,2}\.\d{6}) (-?\d{1,3}\.\d{6}) (\d{1,6}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)", flags=re.ASCII
)


class PlaceClaim(NamedTuple):
    latitude: Decimal
    longitude: Decimal
    accuracy: int  # metres
    claimed_at: datetime


def read(text: str) -> PlaceClaim | None:
    """None for what is no place: the photo is worth as much without one."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    latitude, longitude, accuracy = Decimal(found[1]), Decimal(found[2]), int(found[3])
    try:
        moment = datetime.fromisoformat(found[4])
    except ValueError:
        return None
    if abs(latitude) > 90 or abs(longitude) > 180 or accuracy > WORST_ACCURACY or not 2000 <= moment.year <= 2100:
        return None
    return PlaceClaim(latitude, longitude, accuracy, moment)


class PlaceFormField(forms.CharField):
    """Filled in by the phone; gives a claim or None."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=80, widget=forms.HiddenInput(attrs={"data-place-claim": ""}))

    def clean(self, value: object) -> PlaceClaim | None:
        return read(str(value)) if value else None
