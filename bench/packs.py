"""Pages while many SPJ packs are made at once: how long they take before, and while the workers are at it.

`python -m bench.packs [--orders 100] [--workers 2] [--nice 10]`. Writes to a database of its own.
"""

import argparse
import http.client
import itertools
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from bench import stage

CALM_SECONDS = 20.0
PAUSE = 0.05  # between two pages of the one visitor, who reads them and does not fill the machine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--nice", type=int, default=10)  # as deployed
    options = parser.parse_args()
    os.environ["SECRET_KEY"] = "bench" * 12  # that of the web server: a session made here is one there
    stage.setup(own_database=True)
    with tempfile.TemporaryDirectory() as folder:
        _keep_files_in(folder)
        jobs, cookie, paths = _prepare(options.orders)
        with stage.web() as base:
            end = time.monotonic() + CALM_SECONDS
            calm = _visit(base, paths, cookie, lambda: time.monotonic() < end)
            began = time.monotonic()
            waiting = multiprocessing.get_context("spawn").Queue()
            for pk in [*jobs, *[None] * options.workers]:
                waiting.put(pk)
            workers = [
                multiprocessing.get_context("spawn").Process(target=_work, args=(waiting, folder, options.nice))
                for _n in range(options.workers)
            ]
            for worker in workers:
                worker.start()
            busy = _visit(base, paths, cookie, lambda: any(worker.is_alive() for worker in workers))
            took = time.monotonic() - began
    made = _made(jobs)
    figures = {"packs": made, "jobs": len(jobs), "seconds": round(took, 1), "nice": options.nice}
    stage.report("packs", {**figures, "workers": options.workers, "pages": {"without": calm, "with": busy}})


def _keep_files_in(folder: str) -> None:
    from django.conf import settings
    from django.core.files.storage import storages

    settings.STORAGES["private"]["OPTIONS"]["location"] = folder
    storages._storages.clear()


def _prepare(orders: int) -> tuple[list[int], str, dict[str, list[str]]]:
    """Paid orders whose packs were all asked for: the jobs that make them, a seller's session, and addresses."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from epeken.core.models import Job
    from orders.documents import services as documents
    from tests.factories import orders as make
    from tests.factories import umkm as goods

    last = Job.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    office = make.make_office(pagu=10**12)
    product = goods.make_product(price=10_000, on_hand=10**6)
    numbers = []
    for count in range(orders):
        order = make.cleared(office, make.make_issued(office, product, quantity=5))
        make.pay(office, order, reference=f"SP2D-{order.pk}-{count}")
        documents.request_spj(actor=office.treasurer, order=order, now=make.MONDAY + 3 * make.DAY)
        numbers.append(order.number)
    client = Client()
    client.force_login(make.member_of(order))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    paths = {
        "home": [reverse("home")],
        "search": [f"{reverse('umkm:search')}?q=nasi"],
        "order": [reverse("orders:order-detail", args=[number]) for number in numbers],
    }
    found = Job.objects.waiting().filter(pk__gt=last, name__startswith="orders.make_").order_by("pk")
    return list(found.values_list("pk", flat=True)), cookie, paths


def _work(waiting: Any, folder: str, nice: int) -> None:
    """As a worker runs jobs: one after the other, each in its transaction."""
    os.nice(nice)
    stage.join()
    _keep_files_in(folder)
    from epeken.core import jobs
    from epeken.core.models import Job

    while (pk := waiting.get()) is not None:
        while not jobs.run(pk) and Job.objects.waiting().filter(pk=pk).exists():
            time.sleep(0.1)  # another worker is at a pack: one at a time


def _visit(base: str, paths: dict[str, list[str]], cookie: str, goes_on: Callable[[], bool]) -> dict[str, Any]:
    turns: dict[str, Iterator[str]] = {kind: itertools.cycle(found) for kind, found in paths.items()}
    times: dict[str, list[float]] = {kind: [] for kind in paths}
    wrong = 0
    host = urlsplit(base).netloc
    for kind in itertools.cycle(paths):
        if not goes_on():
            break
        connection = http.client.HTTPConnection(host, timeout=30)
        start = time.perf_counter()
        connection.request("GET", next(turns[kind]), headers={"Accept-Encoding": "identity", "Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        times[kind].append((time.perf_counter() - start) * 1000)
        connection.close()
        wrong += answer.status != 200
        time.sleep(PAUSE)
    spreads = {kind: {"pages": len(found), **stage.spread(found)} for kind, found in times.items()}
    return {**spreads, "not_200": wrong}


def _made(jobs: list[int]) -> int:
    from epeken.core.models import Job
    from orders.documents.models import Document

    asked = Job.objects.filter(pk__in=jobs, done_at__isnull=False).values_list("arguments__document_pk", flat=True)
    return Document.objects.filter(pk__in=list(asked), kind="spj", made_at__isnull=False).count()


if __name__ == "__main__":
    main()
