"""Pages a second: home, search, category, product, shop and the API's search, each from many addresses of the data.

`python -m bench.load [--seconds 10] [--warm 1] [--connections 2]`. Reads only. Load data first: `manage.py seed_bulk`.
Pages come from their copies where those hold; with `PAGE_COPY_SECONDS=0` each is made anew.
"""

import argparse
import http.client
import itertools
import os
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from bench import stage

WORDS = ["nasi kotak", "kue lapis", "batik", "sambal", "kopi", "tas anyaman", "keripik", "sabun", "ayam", "es teh"]


def addresses() -> dict[str, list[str]]:
    from django.urls import reverse
    from django.utils.text import slugify

    from umkm.catalogue.models import Category, Product
    from umkm.sellers.models import Seller

    goods = list(Product.objects.for_sale().order_by("?").values_list("pk", "name")[:300])
    shops = list(Seller.objects.active().order_by("?").values_list("slug", flat=True)[:100])
    categories = Category.objects.filter(products__state="published").distinct().values_list("slug", flat=True)[:30]
    search, api = reverse("umkm:search"), reverse("api:product-list")
    return {
        "home": [reverse("home")],
        "search": [f"{search}?q={quote(word)}" for word in WORDS],
        "category": [reverse("umkm:category-detail", args=[slug]) for slug in categories],
        "product": [reverse("umkm:product-detail", args=[pk, slugify(name) or "barang"]) for pk, name in goods],
        "shop": [reverse("umkm:shop-detail", args=[slug]) for slug in shops],
        "api search": [f"{api}?q={quote(word)}" for word in WORDS],
    }


def drive(base: str, paths: list[str], *, seconds: float, connections: int) -> dict[str, object]:
    host = urlsplit(base).netloc
    times: list[float] = []
    wrong: dict[int, int] = {}
    size = 0
    turn: Iterator[str] = itertools.cycle(paths)
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def visitor() -> None:
        nonlocal size
        while time.monotonic() < end:
            with lock:
                path = next(turn)
            start = time.perf_counter()
            connection = http.client.HTTPConnection(host, timeout=30)
            connection.request("GET", path, headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            took = (time.perf_counter() - start) * 1000
            with lock:
                times.append(took)
                size = max(size, len(body))
                if answer.status != 200:
                    wrong[answer.status] = wrong.get(answer.status, 0) + 1

    threads = [threading.Thread(target=visitor) for _n in range(connections)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begun
    rate = round(len(times) / took, 1)
    return {"per_second": rate, **stage.spread(times), "not_200": wrong, "largest_kb": size // 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--warm", type=float, default=1, help="seconds before each measurement")
    parser.add_argument("--connections", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    stage.setup(own_database=False)
    from umkm.catalogue.models import Product

    figures: dict[str, object] = {
        "products": Product.objects.count(),
        "connections": options.connections,
        "page_copy_seconds": os.environ.get("PAGE_COPY_SECONDS", ""),
    }
    pages = addresses()
    with stage.web(options.workers) as base:
        for name, paths in pages.items():
            if paths:
                drive(base, paths, seconds=options.warm, connections=options.connections)
                figures[name] = drive(base, paths, seconds=options.seconds, connections=options.connections)
    stage.report("load", figures)


if __name__ == "__main__":
    main()
