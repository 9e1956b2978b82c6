"""`python -m bench.storm_http`: see the package. Exit status 1 when anything was lost, doubled, left or never done."""

import argparse
import os
import random
import shutil
import socket
import sys
import time
from itertools import takewhile
from pathlib import Path

from bench import stage
from bench.storm_http import city as cities
from bench.storm_http import judgement, visits
from bench.storm_http.browser import Figures
from bench.storm_http.faults import Faults, failing
from epeken.supervisor import app, keys, places, services
from tests.platform.running import Supervisor


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkouts", type=int, default=300)
    parser.add_argument("--purchases", type=int, default=24)
    parser.add_argument("--browsers", type=int, default=8, help="at once")
    parser.add_argument("--every", type=float, default=12, help="seconds of quiet between two faults")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="after these nothing more is begun")
    parser.add_argument("--calm", action="store_true", help="nothing is killed or frozen")
    options = parser.parse_args()
    var = stage.ROOT / "var" / "storm"
    _erase(var)
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    stack = Supervisor(var, "demo", "--without-city", PORT=str(port))
    try:
        stack.says(rf"e-Peken is open: http://localhost:{port}", seconds=400)
        _enter(var, base)
        return _drive(options, var, base)
    finally:
        stack.stop()
        _erase(var)


def _erase(var: Path) -> None:
    shutil.rmtree(var, ignore_errors=True)
    shutil.rmtree(places.outside(var), ignore_errors=True)
    var.with_suffix(".out").unlink(missing_ok=True)
    var.mkdir(parents=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _enter(var: Path, base: str) -> None:
    """Django in this process, with the settings the stack runs with."""
    place = places.prepare(var)
    kept = keys.load(place.var)
    database_url, redis_url = services.running_urls(place, kept)
    os.environ.update(app.environment(place, kept, database_url=database_url, redis_url=redis_url, web=base))
    os.environ["DJANGO_SETTINGS_MODULE"] = "epeken.settings"
    import django

    django.setup()


def _drive(options: argparse.Namespace, var: Path, base: str) -> int:
    from django.db import connection

    built = cities.build(checkouts=options.checkouts, purchases=options.purchases, browsers=options.browsers)
    connection.close()
    figures, record = Figures(), visits.Record()
    people = visits.People(base, figures)
    wanted = [lambda n=n: visits.checkout(built, people, record, n) for n in range(options.checkouts)]
    wanted += [lambda n=n: visits.purchase(built, people, record, n) for n in range(options.purchases)]
    random.Random(7).shuffle(wanted)
    faults = Faults(var, base, every=options.every)
    began = time.monotonic()
    if not options.calm:
        faults.start()
    end = began + 60 * options.minutes
    visits.run(takewhile(lambda _visit: time.monotonic() < end, wanted), record, browsers=options.browsers)
    took = time.monotonic() - began
    if not options.calm:
        faults.stop()
    patience = time.monotonic() + 120
    while (away := failing(base)) and time.monotonic() < patience:
        time.sleep(1)
    outbox = judgement.outbox_empties(600)
    verdict = judgement.lost_and_doubled(record, built)
    books, chains = judgement.books(), judgement.chains()
    never = [kind for kind in visits.ACTS if not record.count(kind)]
    stage.report(
        "storm_http",
        {
            "browsers_at_once": options.browsers,
            "seconds": round(took, 1),
            "faults": faults.done,
            "ready_again_after_seconds": faults.back_after,
            "answers": dict(sorted(figures.statuses.items())),
            **stage.spread(figures.milliseconds),
            "longest_ms": round(max(figures.milliseconds, default=0)),
            "faulty": figures.faulty,
            "no_answer": figures.no_answer,
            "forms_sent_again": figures.resent,
            "successes": {kind: record.count(kind) for kind in record.successes},
            "told_it_was_done_already": dict(record.already),
            "refused": dict(record.refused),
            "gave_up": dict(record.gave_up),
            "never_done": never,
            **verdict,
            "outbox": outbox,
            "books": books,
            "chains": chains,
            "not_ready_at_the_end": away,
        },
    )
    if figures.faulty:  # what the web process wrote about it, beside the folder that is emptied
        shutil.copy(var / "log" / "web.log", var.with_suffix(".web.log"))
    wrong = (
        figures.faulty
        or verdict["lost"]
        or verdict["doubled"]
        or outbox["left"]
        or outbox["given_up"]
        or outbox["papers_not_made"]
    )
    return 1 if wrong or books != "agree" or chains != "unchanged" or away or never else 0


if __name__ == "__main__":
    sys.exit(main())
