"""Which version goods and shops are: another text after every change of what is shown of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

_ROWS = """
SELECT array_agg(DISTINCT goods), array_agg(DISTINCT shop), array_agg(DISTINCT owner) FROM (
    SELECT p.id AS goods, s.id AS shop, s.owner_id AS owner
    FROM umkm_product p JOIN umkm_seller s ON s.id = p.seller_id
    WHERE p.id = ANY(%(goods)s::bigint[]) OR p.group_id = ANY(ARRAY(
        SELECT q.group_id FROM umkm_product q WHERE q.id = ANY(%(goods)s::bigint[]) AND q.group_id IS NOT NULL
    ))
    UNION ALL
    SELECT NULL, s.id, s.owner_id FROM umkm_seller s WHERE s.slug = ANY(%(shops)s::text[])
) found
"""
# Where PostgreSQL put a row, and which transaction did, change with every change of the row, by whatever path it came.
# Each part reads one table by its keys: planning a join would take longer than reading it.
_VERSION = """
SELECT md5(string_agg(row, ',' ORDER BY row)) FROM (
    SELECT concat_ws(' ', 'goods', id, xmin, ctid) AS row FROM umkm_product WHERE id = ANY(%(goods)s::bigint[])
    UNION ALL
    SELECT concat_ws(' ', 'shop', id, xmin, ctid) FROM umkm_seller WHERE id = ANY(%(shops)s::bigint[])
    UNION ALL
    SELECT concat_ws(' ', 'month', id, xmin, ctid)
    FROM umkm_turnovermonth WHERE owner_id = ANY(%(owners)s::bigint[]) AND month = %(month)s
    UNION ALL
    SELECT concat_ws(' ', 'day', id, xmin, ctid)
    FROM umkm_capacityday WHERE product_id = ANY(%(goods)s::bigint[]) AND day >= %(day)s
    UNION ALL
    SELECT concat_ws(' ', 'photo', id, xmin, ctid) FROM umkm_productphoto WHERE product_id = ANY(%(goods)s::bigint[])
    UNION ALL
    SELECT concat_ws(' ', 'halal', id, xmin, ctid)
    FROM umkm_sellerdocument WHERE seller_id = ANY(%(shops)s::bigint[]) AND kind = 'halal'
) rows
"""


@dataclass(frozen=True)
class Shown:
    """By their pk, goods with all variants of their groups, shops, and owners of shops."""

    goods: tuple[int, ...]
    shops: tuple[int, ...]
    owners: tuple[int, ...]


def shown_of(goods: Collection[int], shops: Collection[str]) -> Shown:
    """What goods, by pk, and shops, by slug, are shown out of. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"goods": sorted(goods), "shops": sorted(shops)})
        found = [sorted(filter(None, pks or ())) for pks in cursor.fetchone()]
    return Shown(*map(tuple, found))


def version_of(shown: Shown, day: date) -> str:
    """Of all of it together, on this day in the city. One statement.

    The same text: nothing changed of these rows, their photos and halal certificates, what their owners sold this month
    and what can be had of them on each day. Other papers, names of categories and rules are no part of it.
    """
    values: dict[str, Any] = {
        "goods": [*shown.goods],
        "shops": [*shown.shops],
        "owners": [*shown.owners],
        "day": day,
        "month": day.replace(day=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, values)
        (version,) = cursor.fetchone()
    return f"{day:%Y%m%d}-{version or ''}"
