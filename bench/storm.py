"""Everybody wants the same thing: threads place orders for one product until its stock is gone.

`python -m bench.storm [--buyers 8] [--orders 200] [--stock 150]`. Writes to a database of its own. Checks the books.
"""

import argparse
import threading
import time
from decimal import Decimal

from bench import stage


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--buyers", type=int, default=8, help="threads at once")
    parser.add_argument("--orders", type=int, default=200, help="attempts in all")
    parser.add_argument("--stock", type=int, default=150)
    options = parser.parse_args()
    stage.setup(own_database=True)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from epeken.core import clock
    from epeken.core.errors import DomainError
    from epeken.core.idempotency import new_key
    from epeken.site.audit import checks
    from orders.carts import services as carts
    from orders.orders.models import Order
    from tests.factories import orders as make
    from tests.factories import umkm as goods

    product = goods.make_product(price=1_000, on_hand=options.stock)
    rounds = []
    for _n in range(options.orders):
        person = goods.make_user(email=f"storm-{new_key()}@contoh.invalid", password=None)
        cart = carts.put_in_cart(user=person, key="", product=product, quantity=Decimal(1), now=clock.now())
        rounds.append((person, cart))
    values = make.checkout_values(product)
    times: list[float] = []
    refused: dict[str, int] = {}
    lock = threading.Lock()
    queue = iter(rounds)

    def buyer() -> None:
        while True:
            with lock:
                mine = next(queue, None)
            if mine is None:
                break
            person, cart = mine
            start = time.perf_counter()
            code = ""
            try:
                carts.place_orders(actor=person, cart=cart, values=values, key=new_key(), now=clock.now())
            except DomainError as error:
                code = error.code
            took = (time.perf_counter() - start) * 1000
            with lock:
                if code:
                    refused[code] = refused.get(code, 0) + 1
                else:
                    times.append(took)
        connection.close()

    threads = [threading.Thread(target=buyer) for _n in range(options.buyers)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begun
    product.refresh_from_db()
    single = goods.make_product(price=1_000)
    person = goods.make_user(email=f"storm-{new_key()}@contoh.invalid", password=None)
    cart = carts.put_in_cart(user=person, key="", product=single, quantity=Decimal(1), now=clock.now())
    with CaptureQueriesContext(connection) as captured:
        carts.place_orders(actor=person, cart=cart, values=make.checkout_values(single), key=new_key(), now=clock.now())
    wrong = {r.check.code: len(r.findings) for r in checks.run() if r.findings and r.check.number != 7}
    stage.report(
        "storm",
        {
            "buyers_at_once": options.buyers,
            "placed": len(times),
            "refused": refused,
            "placed_per_second": round(len(times) / took, 1),
            **stage.spread(times),
            "statements_per_order": len(captured),
            "left_on_shelf": str(product.on_hand),
            "held": str(product.held),
            "orders_in_books": Order.objects.filter(lines__product=product).count(),
            "books": wrong or "agree",  # mail and jobs aside: no worker runs here
        },
    )


if __name__ == "__main__":
    main()
