"""Ten thousand random requests of departments by buyers who race: is one approved that cannot be issued in its hold?

`python -m bench.requests [--requests 10000] [--buyers 8] [--seed 1]`. Writes to a database of its own. All buyers share
one clock that runs on as they act; people buy the same goods, shelves are counted, holds lapse. Exit status 1 when
anything approved could not be issued, anything was sold twice, or the books do not agree.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from bench import stage


class SharedClock:
    """Seconds since the start, in memory all processes share; only ever later."""

    def __init__(self, start: datetime, seconds: Any) -> None:
        self.start = start
        self.seconds = seconds

    def __call__(self, later: timedelta) -> datetime:
        with self.seconds.get_lock():
            self.seconds.value += later.total_seconds()
            return self.start + timedelta(seconds=self.seconds.value)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--buyers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    stage.setup(own_database=True)
    from django.db import connection

    from tests.factories.procurement import MONDAY
    from tests.procurement import buyers

    market = buyers.build(MONDAY, offices=6, owners=60, pagu=max(50_000_000, options.requests * 100_000))
    connection.close()
    context = multiprocessing.get_context("fork")
    told, clock = context.Queue(), SharedClock(MONDAY, context.Value("d", 0.0))
    turns = options.requests // options.buyers
    began = time.monotonic()
    racers = [
        context.Process(target=_race, args=(market, clock, options.seed * 1_000 + number, turns, told))
        for number in range(options.buyers)
    ]
    for racer in racers:
        racer.start()
    done: Counter[str] = Counter()
    wrong: list[str] = []
    for _racer in racers:
        counted, found = told.get()
        done += counted
        wrong += found
    for racer in racers:
        racer.join()
    took = time.monotonic() - began
    wrong += buyers.wrong_at_the_end()
    stage.report(
        "requests",
        {
            "requests": turns * options.buyers,
            "buyers_at_once": options.buyers,
            "seed": options.seed,
            "seconds": round(took, 1),
            "days_of_their_clock": round(clock.seconds.value / 86_400, 1),
            "done": dict(sorted(done.items())),
            "wrong": len(wrong),
            "which": wrong[:20],
        },
    )
    return 1 if wrong else 0


def _race(market: Any, clock: SharedClock, seed: int, turns: int, told: Any) -> None:
    from tests.procurement.buyers import Buyer

    buyer = Buyer(market, clock, seed, pace=8)
    try:
        for _n in range(turns):
            buyer.turn()
        buyer.finish()
    except Exception as problem:  # whatever ends a buyer is a finding, and the others are judged
        buyer.wrong.append(f"buyer {seed}: {problem!r}")
    told.put((buyer.done, buyer.wrong))


if __name__ == "__main__":
    sys.exit(main())
