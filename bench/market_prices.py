"""How long the market's prices of a request take in a market of 5,000 sellers and 20,000 goods; statements beside it.

`python -m bench.market_prices [--rounds 20]`. A database of its own, filled once.
"""

import argparse
import time

from bench import stage


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--sellers", type=int, default=5_000)
    parser.add_argument("--products", type=int, default=20_000)
    options = parser.parse_args()
    stage.setup(own_database=True)
    from django.db import connection
    from django.db.models import Count
    from django.test.utils import CaptureQueriesContext

    from epeken.core import clock, rules
    from epeken.site.demo import bulk
    from umkm.catalogue.models import Product
    from umkm.market_prices.references import references_of
    from umkm.sellers.models import Seller

    now = clock.now()
    if Seller.objects.count() < options.sellers:
        bulk.load(products=options.products, sellers=options.sellers, seed=1, now=now, progress=print)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    day = clock.local_date(now)
    kinds = list(
        Product.objects.for_sale().values("category", "unit").annotate(n=Count("pk")).order_by("-n", "category", "unit")
    )
    figures: dict[str, object] = {
        "sellers": Seller.objects.active().count(),
        "goods_on_show": Product.objects.for_sale().count(),
        "largest_kind": kinds[0]["n"],
    }
    for count in (1, 10):
        goods = [
            Product.objects.as_cards().filter(category=kind["category"], unit=kind["unit"]).order_by("pk")[0]
            for kind in kinds[:count]
        ]
        times = []
        for _round in range(options.rounds + 1):
            begun = time.perf_counter()
            with rules.read_once():
                found = references_of(goods, day)
            times.append((time.perf_counter() - begun) * 1000)
        with CaptureQueriesContext(connection) as seen, rules.read_once():
            references_of(goods, day)
        figures[f"kinds_{count}"] = {
            **stage.spread(times[1:]), "statements": len(seen), "owners": sum(one.owners for one in found.values()),
        }  # fmt: skip
    stage.report("market_prices", figures)


if __name__ == "__main__":
    main()
