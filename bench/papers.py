"""How long a document takes: each kind, and the whole SPJ, first and warm.

`python -m bench.papers [--rounds 20]`. Writes to a database of its own.
"""

import argparse
import tempfile

from bench import stage


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    stage.setup(own_database=True)
    from django.conf import settings
    from django.core.files.storage import storages
    from django.db import transaction

    from orders.documents import build
    from orders.documents import services as documents
    from tests.factories import orders as make

    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        settings.STORAGES["private"]["OPTIONS"]["location"] = folder
        storages._storages.clear()
        office = make.make_office()
        order = make.cleared(office, make.make_issued(office, quantity=50))
        make.pay(office, order)
        documents.request_spj(actor=office.treasurer, order=order, now=make.MONDAY + 3 * make.DAY)
        papers = list(order.documents.filter(replaced_at__isnull=True))
        first = stage.timed(lambda: build.make(papers[0]))
        figures = {}
        for paper in papers:
            pages = build.make(paper)[1]
            times = [stage.timed(lambda paper=paper: build.make(paper)) for _n in range(options.rounds)]
            spread = stage.spread(times)
            figures[paper.kind] = {"pages": pages, **spread, "ms_per_page": round(spread["p50_ms"] / pages, 1)}
        transaction.set_rollback(True)
    stage.report("papers", {"first_ms": round(first, 1), "papers": figures})


if __name__ == "__main__":
    main()
