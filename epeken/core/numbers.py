"""Document numbers: a gapless series per year."""

from django.db import connection

from epeken.core.services import service


@service
def next_number(series: str, year: int) -> str:
    """`SP-2026-000001`. Locks: the series' counter row until the transaction ends, so the series has no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (series, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (series, year) DO UPDATE SET last = core_counter.last + 1 RETURNING last",
            [series, year],
        )
        (last,) = cursor.fetchone()
    return f"{series}-{year}-{last:06d}"
