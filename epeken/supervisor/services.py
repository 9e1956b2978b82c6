"""Claiming a place, and starting the two services in it."""

import os
import shutil

from epeken.supervisor import app, orphans, ports, postgres, valkey
from epeken.supervisor.places import Installation, Lock
from epeken.supervisor.watch import Watch


def claim(place: Installation, watch: Watch) -> Lock:
    """This place is ours until the process ends; what a killed run left in it is stopped. Raises Failed when taken."""
    lock = Lock(place)
    lock.take()
    if orphans.find(place):
        watch.note("An earlier run was killed; stopping what it left…")
        watch.note(f"{orphans.stop(place)} processes stopped")
    return lock


def start(watch: Watch, place: Installation, kept: dict[str, str], *, for_tests: bool = False) -> tuple[str, str]:
    """PostgreSQL and Valkey, each unless its URL names one of your own. Returns both URLs."""
    own = {**app.dotenv(), **os.environ}
    database_url, redis_url = own.get("DATABASE_URL", ""), own.get("REDIS_URL", "")
    starting = []
    if not database_url:
        port, password = ports.for_service(place.var, "postgres"), kept["POSTGRES_PASSWORD"]
        if not (place.home / "postgres").is_dir() and not for_tests:
            watch.note("Creating the database…")
        starting.append(postgres.part(place, port=port, password=password, for_tests=for_tests))
        database_url = postgres.url(port=port, password=password)
    if not redis_url:
        port, password = ports.for_service(place.var, "valkey"), kept["VALKEY_PASSWORD"]
        starting.append(valkey.part(place, port=port, password=password))
        redis_url = valkey.url(port=port, password=password)
    watch.start(*starting)
    if not for_tests:
        if place.account and starting:
            watch.note(f"Started by root: the services run as {place.account.name}, their data lie in {place.home}")
        ready = [part.name for part in starting]
        watch.note(f"{' and '.join(ready)} ready" if ready else "Using the servers of DATABASE_URL and REDIS_URL")
    return database_url, redis_url


def running_urls(place: Installation, kept: dict[str, str]) -> tuple[str, str]:
    """The URLs of the services that another supervisor runs in this place."""
    own = {**app.dotenv(), **os.environ}
    database_url, redis_url = own.get("DATABASE_URL", ""), own.get("REDIS_URL", "")
    if not database_url:
        port = ports.remembered(place.var, "postgres") or 0
        database_url = postgres.url(port=port, password=kept["POSTGRES_PASSWORD"])
    if not redis_url:
        redis_url = valkey.url(port=ports.remembered(place.var, "valkey") or 0, password=kept["VALKEY_PASSWORD"])
    return database_url, redis_url


def wipe(place: Installation) -> None:
    for name in ("postgres", "postgres.half", "valkey"):
        shutil.rmtree(place.home / name, ignore_errors=True)
