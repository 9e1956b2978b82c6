"""Figures of attention into their rows, and out of them after their time; levels of shops and of their goods."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from epeken.core import clock
from epeken.core.services import service
from umkm.catalogue.models import Product
from umkm.exposure import policy, rules
from umkm.exposure.buffer import Attention, Key
from umkm.exposure.models import ExposureDay, Standing, StandingEdition


@service
def add_up(day: date, counts: Mapping[Key, Attention]) -> None:
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
def keep_standings(standings: Sequence[Standing], now: datetime) -> StandingEdition:
    """An edition with these rows. Locks: nothing."""
    edition = StandingEdition.objects.create(at=now, version=policy.VERSION)
    for row in standings:
        row.edition = edition
    Standing.objects.bulk_create(standings, batch_size=2_000)
    return edition


@service
def put_in_place(moved: Sequence[tuple[int, int]]) -> int:
    """Goods, by pk, get their standing; how many did. Locks: Product, without waiting for any."""
    free = Product.objects.filter(pk__in=[pk for pk, _standing in moved]).order_by("pk")
    pks = list(free.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
    right = dict(moved)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE umkm_product p SET standing = new.standing
            FROM unnest(%s::bigint[], %s::int[]) AS new(id, standing) WHERE p.id = new.id
            """,
            [pks, [right[pk] for pk in pks]],
        )
    return len(pks)


@service
def forget_old(day: date) -> int:
    """Figures older than the dated rules keep them are deleted; how many rows. Locks: nothing."""
    oldest = day - timedelta(days=rules.KEEP_DAYS.on(day))
    over = clock.start_of(day - timedelta(days=rules.REPLAY_DAYS.on(day)))
    days = ExposureDay.objects.filter(day__lt=oldest).delete()[0]
    return days + StandingEdition.objects.filter(at__lt=over).delete()[0]
