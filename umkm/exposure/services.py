"""Figures of attention into their rows, and out of them after their time."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import connection

from epeken.core.services import service
from umkm.exposure import rules
from umkm.exposure.buffer import Count, Key
from umkm.exposure.models import ExposureDay


@service
def add_up(day: date, counts: Mapping[Key, Count]) -> None:
    """Adds to the rows of the day. Shops and categories that are gone are left out. Locks: nothing (one upsert, rows in
    order)."""
    rows = sorted((key, count) for key, count in counts.items() if count.shown > 0)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO umkm_exposureday (seller_id, category_id, day, kecamatan, shown, weight)
            SELECT s.id, c.id, %s, new.kecamatan, new.shown, new.weight
            FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::bigint[])
                AS new(seller, category, kecamatan, shown, weight)
            JOIN umkm_seller s ON s.id = new.seller
            JOIN umkm_category c ON c.id = new.category
            ORDER BY s.id, c.id, new.kecamatan
            ON CONFLICT (seller_id, day, category_id, kecamatan) DO UPDATE
            SET shown = umkm_exposureday.shown + excluded.shown, weight = umkm_exposureday.weight + excluded.weight
            """,
            [
                day,
                [key.seller for key, _count in rows],
                [key.category for key, _count in rows],
                [key.kecamatan for key, _count in rows],
                [count.shown for _key, count in rows],
                [count.weight for _key, count in rows],
            ],
        )


@service
def forget_old(day: date) -> int:
    """Figures older than the dated rule keeps them are deleted; how many rows. Locks: nothing."""
    oldest = day - timedelta(days=rules.KEEP_DAYS.on(day))
    return ExposureDay.objects.filter(day__lt=oldest).delete()[0]
