"""What was shown, on its way to the database: counted in the process, then in Valkey, from there by a job.

A page adds to a table in the memory of its process and goes on. A thread of the process brings what came together to
Valkey, and a job takes it from there to the rows (`services.add_up`). What is in the process when it is killed, or in
Valkey when that is lost, is lost: figures of attention, no business data. Nothing is counted twice.
"""

import logging
import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from epeken.core import clock

logger = logging.getLogger(__name__)

MOST_KEPT = 50_000  # counts that wait for Valkey; a city has some thousand at once
KEPT_DAYS = 3  # in Valkey, where no job takes them
SECONDS = 1.0  # that Valkey has to answer


class Key(NamedTuple):
    """What is counted together on a day."""

    seller: int
    category: int
    kecamatan: str


class Attention(NamedTuple):
    shown: int
    weight: int


class Exposure:
    """One thread a process, started with the first page (also after a fork, which copies no threads)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[tuple[date, Key], list[int]] = defaultdict(lambda: [0, 0])
        self._process = 0

    def add(self, kecamatan: str, cards: Iterable[tuple[int, int, int]]) -> None:
        """Each card: seller, category, weight. Waits for nothing."""
        if not settings.EXPOSURE_SECONDS:
            return
        day = clock.today()
        with self._lock:
            if self._process != os.getpid():
                self._start()
            for seller, category, weight in cards:
                found = self._counts[day, Key(seller, category, kecamatan)]
                found[0] += 1
                found[1] += weight

    def flush(self) -> None:
        """Brings what came together to Valkey; what does not get there waits for the next time, up to MOST_KEPT."""
        with self._lock:
            counts, self._counts = self._counts, defaultdict(lambda: [0, 0])
        if not counts:
            return
        with _line() as line:
            try:
                line.ping()
            except redis.RedisError as problem:
                logger.warning("Exposure waits for Valkey: %s", type(problem).__name__)
                self._take_back(counts)
                return
            try:
                _bring(line, counts)
            except redis.RedisError as problem:
                # It may have been counted, so it is not sent again.
                logger.warning("Exposure of %s cards lost: %s", len(counts), type(problem).__name__)

    def _take_back(self, counts: dict[tuple[date, Key], list[int]]) -> None:
        with self._lock:
            for place, (shown, weight) in counts.items():
                if place in self._counts or len(self._counts) < MOST_KEPT:
                    self._counts[place][0] += shown
                    self._counts[place][1] += weight

    def _start(self) -> None:
        self._counts.clear()  # of the process this one was forked from, which brings them itself
        threading.Thread(target=self._work, name="exposure", daemon=True).start()
        self._process = os.getpid()

    def _work(self) -> None:
        while True:
            time.sleep(settings.EXPOSURE_SECONDS)
            try:
                self.flush()
            except Exception:  # the next pages are counted all the same
                logger.exception("Exposure not counted")


def _line() -> "redis.Redis":
    """Sends nothing twice by itself."""
    limits = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
    return redis.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), **limits)


def _bring(line: "redis.Redis", counts: Mapping[tuple[date, Key], list[int]]) -> None:
    """All of it or nothing."""
    with line.pipeline(transaction=True) as pipe:
        for (day, key), (shown, weight) in counts.items():
            field = f"{key.seller}:{key.category}:{key.kecamatan}"
            pipe.hincrby(_name(day), f"{field}:n", shown)
            pipe.hincrby(_name(day), f"{field}:w", weight)
        for day in {day for day, _key in counts}:
            pipe.expire(_name(day), timedelta(days=KEPT_DAYS))
        pipe.execute()


def taken(day: date) -> dict[Key, Attention]:
    """All that was counted for the day since this was last asked; whoever asks has the only copy. Empty where Valkey
    cannot be reached."""
    try:
        with _line() as line, line.pipeline(transaction=True) as pipe:
            pipe.hgetall(_name(day))
            pipe.delete(_name(day))
            found, _deleted = pipe.execute()
    except redis.RedisError as problem:
        logger.warning("Exposure not taken from Valkey: %s", type(problem).__name__)
        return {}
    numbers: dict[Key, dict[str, int]] = defaultdict(dict)
    for name, number in found.items():
        seller, category, kecamatan, which = name.decode().split(":")
        numbers[Key(int(seller), int(category), kecamatan)][which] = int(number)
    return {key: Attention(both.get("n", 0), both.get("w", 0)) for key, both in numbers.items()}


def _name(day: date) -> str:
    return f"epeken:exposure:{day.isoformat()}"


exposure = Exposure()
