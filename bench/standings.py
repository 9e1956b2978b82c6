"""How long levels of all shops and places of all goods take to reckon, and what searches cost before and after.

`python -m bench.standings [--products 100000] [--sellers 5000]`. A database of its own, filled once; attention of four
weeks is made up for every shop.
"""

import argparse
import random
import resource
import time
from datetime import datetime, timedelta

from bench import stage

SEARCHES = ("nasi", "kue kering", "kopi bubuk", "keripik pedas", "batik", "sambal", "beras", "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--sellers", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=25)
    options = parser.parse_args()
    stage.setup(own_database=True)
    from django.db import connection

    from epeken.core import clock
    from epeken.site.demo import bulk
    from umkm.catalogue.models import Product
    from umkm.exposure import renewal
    from umkm.exposure.models import Standing
    from umkm.exposure.policy import UNRANKED

    now = clock.now()
    if Product.objects.count() < options.products:
        bulk.load(products=options.products, sellers=options.sellers, seed=1, now=now, progress=print)
    Product.objects.exclude(standing=UNRANKED).update(standing=UNRANKED)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    before = _searches(options.rounds, now)
    _attention(now)
    times, moved = [], []
    for _round in range(2):
        places = dict(Product.objects.values_list("pk", "standing"))
        begun = time.perf_counter()
        renewal.renew({}, now)
        times.append(round(time.perf_counter() - begun, 1))
        moved.append(sum(places[pk] != standing for pk, standing in Product.objects.values_list("pk", "standing")))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    stage.report(
        "standings",
        {
            "goods_on_show": Product.objects.for_sale().count(),
            "standings": Standing.objects.filter(edition=Standing.objects.latest("edition_id").edition_id).count(),
            "renew_seconds": times,
            "goods_moved": moved,
            "levels": Standing.objects.values("level").distinct().count(),
            "most_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "search_before": before,
            "search_after": _searches(options.rounds, now),
        },
    )


def _searches(rounds: int, now: datetime) -> dict[str, float]:
    from umkm.discovery.search import Query, search

    times = []
    for _round in range(rounds):
        for text in SEARCHES:
            begun = time.perf_counter()
            search(Query(text=text), now=now)
            times.append((time.perf_counter() - begun) * 1000)
    return stage.spread(times[len(SEARCHES) :])


def _attention(now: datetime) -> None:
    from epeken.core import clock
    from umkm.catalogue.models import Product
    from umkm.exposure.models import ExposureDay

    dice = random.Random(3)
    today = clock.local_date(now)
    pairs = Product.objects.for_sale().order_by().values_list("seller", "category").distinct()
    ExposureDay.objects.all().delete()
    ExposureDay.objects.bulk_create(
        [
            ExposureDay(
                seller_id=seller, category_id=category, day=today - timedelta(days=dice.randrange(28)),
                shown=(shown := dice.randrange(1, 300)), weight=shown * dice.randrange(200, 1000),
            )
            for seller, category in pairs
        ],
        batch_size=5_000,
    )  # fmt: skip


if __name__ == "__main__":
    main()
