"""Where a visitor is: the kelurahan they told us, kept in a cookie; else the one of their profile."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest

from epeken.core.models import Kelurahan

COOKIE_AGE = 60 * 60 * 24 * 365


@dataclass(frozen=True)
class Place:
    """A kelurahan with its kecamatan, by code."""

    code: str
    name: str
    kecamatan: str
    kecamatan_name: str


def nearness(place: Place | None, ward: str | None) -> int:
    """0 the same kelurahan, 1 the same kecamatan, 2 elsewhere or unknown: all that is known of a distance."""
    if place is None or not ward:
        return 2
    return 0 if ward == place.code else 1 if ward.startswith(f"{place.kecamatan}.") else 2


class NoPlaces(LookupError):
    """The reference data is not there yet."""


def places() -> dict[str, Place]:
    """All 153 by code, in the order of their names. Read once a process: the list changes by migration only."""
    try:
        return _read()
    except NoPlaces:
        return {}


@cache
def _read() -> dict[str, Place]:
    rows = Kelurahan.objects.select_related("kecamatan").order_by("name", "code")
    found = {k.code: Place(k.code, k.name, k.kecamatan_id, k.kecamatan.name) for k in rows}
    if not found:
        raise NoPlaces  # an exception is not cached
    return found


def districts() -> dict[str, str]:
    """Kecamatan code → name, by name."""
    pairs = {place.kecamatan: place.kecamatan_name for place in places().values()}
    return dict(sorted(pairs.items(), key=lambda pair: pair[1]))


def wards_of(kecamatan: str) -> list[Place]:
    return [place for place in places().values() if place.kecamatan == kecamatan]


def place_of(request: HttpRequest) -> Place | None:
    told = places().get(request.COOKIES.get(settings.PLACE_COOKIE_NAME, ""))
    if told is not None:
        return told
    user = request.user
    return places().get(user.kelurahan_id or "") if user.is_authenticated else None
