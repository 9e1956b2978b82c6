"""Document numbers: gapless series per year."""

from django.db import connection

from epeken.core.models import Counter
from epeken.core.services import service


@service
def next_number(series: str, year: int) -> str:
    """`SP-2026-000001`. Locks: the series' counter row until the transaction ends, so the series has no gaps."""
    return f"{series}-{year}-{next_serial(series=series, year=year):06d}"


@service
def next_serial(*, series: str, year: int, first: int = 1) -> int:
    """The next of the series; `first` where nothing was taken of it. Locks: the series' counter row until the
    transaction ends, so the series has no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (series, year, last) VALUES (%s, %s, %s) "
            "ON CONFLICT (series, year) DO UPDATE SET last = core_counter.last + 1 RETURNING last",
            [series, year, first],
        )
        (last,) = cursor.fetchone()
    return int(last)


def last_serial(series: str, year: int) -> int | None:
    """None: nothing was taken of it yet."""
    return Counter.objects.filter(series=series, year=year).values_list("last", flat=True).first()
