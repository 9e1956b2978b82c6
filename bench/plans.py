"""How long a plan over several sellers takes, in a market of 5,000 sellers and 20,000 goods; statements beside it.

`python -m bench.plans [--rounds 10]`. A database of its own, filled once.
"""

import argparse
import time
from datetime import timedelta
from urllib.parse import urlencode

from bench import stage

ASKED = [
    {"q": "kaos", "jumlah": "2200"},
    {"q": "nasi", "jumlah": "900"},
    {"q": "tas", "jumlah": "400", "penjual": "12"},
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--sellers", type=int, default=5_000)
    parser.add_argument("--products", type=int, default=20_000)
    options = parser.parse_args()
    stage.setup(own_database=True)
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment
    from django.urls import reverse

    from epeken.core import clock
    from epeken.site.demo import bulk
    from tests.factories.procurement import Office, make_request
    from umkm.sellers.models import Seller

    setup_test_environment()  # pages keep what they were made of
    now = clock.now()
    if Seller.objects.count() < options.sellers:
        bulk.load(products=options.products, sellers=options.sellers, seed=1, now=now, progress=print)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    office = Office(pagu=1_000_000_000, now=now)
    draft = make_request(
        office,
        [],
        now=now,
        deliver_at=clock.start_of(clock.local_date(now) + timedelta(days=14)) + timedelta(hours=10),
        event_at=None,
    )
    address, client = reverse("procurement:request-plan", args=[draft.number]), Client()
    client.force_login(office.requester)
    figures: dict[str, object] = {"sellers": Seller.objects.active().count()}
    for asked in ASKED:
        page = f"{address}?{urlencode(asked)}"
        times = []
        for _round in range(options.rounds + 1):
            begun = time.perf_counter()
            answer = client.get(page)
            times.append((time.perf_counter() - begun) * 1000)
        with CaptureQueriesContext(connection) as found:
            client.get(page)
        made = answer.context["plan"]
        figures[asked["q"]] = {
            **stage.spread(times[1:]), "statements": len(found), "owners_able": len(made.shares) + len(made.spare),
            "owners_chosen": len(made.shares), "missing": str(made.missing),
        }  # fmt: skip
    stage.report("plans", figures)


if __name__ == "__main__":
    main()
