"""Pictures that look the same, found in SQL: `checks.alike` for rows with a difference hash in `dhash`."""

from collections.abc import Iterable

from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.lookups import LessThanOrEqual

from umkm.verification.checks import ALIKE_BITS


class _Distance(Func):
    """In how many bits two hashes of 16 hexadecimal digits differ."""

    template = "bit_count(('x' || %(expressions)s)::bit(64))"
    arg_joiner = ")::bit(64) # ('x' || "
    output_field = IntegerField()


def is_telling(dhash: str) -> bool:
    """A picture in one colour has nothing but zeros or ones, and looks like any other of its kind."""
    return bool(dhash.strip("0f"))


def near(prints: Iterable[str]) -> Q:
    """Rows whose picture looks like one of these; of none, no rows."""
    found = Q(pk__in=[])
    for dhash in sorted({dhash for dhash in prints if is_telling(dhash)}):
        found |= Q(LessThanOrEqual(_Distance(F("dhash"), Value(dhash)), ALIKE_BITS))
    return found & ~Q(dhash="")
