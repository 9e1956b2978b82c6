"""How far apart two points of the city are."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_000  # metres, its mean radius


def metres(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> int:
    """Between two points (latitude, longitude), along the surface."""
    (south, west), (north, east) = ((radians(degree) for degree in point) for point in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return round(2 * EARTH * asin(min(1.0, sqrt(half))))
