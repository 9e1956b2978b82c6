"""e-Peken itself: the settings it runs with, the steps before, and its three processes."""

import hashlib
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path

from epeken.supervisor.places import CHECKOUT, MARK, Installation
from epeken.supervisor.processes import Process

PYTHON = sys.executable


def dotenv() -> dict[str, str]:
    """What .env says; plain NAME=value lines, as the settings read it."""
    path = CHECKOUT / ".env"
    if not path.is_file():
        return {}
    lines = [line.strip().removeprefix("export ") for line in path.read_text().splitlines()]
    pairs = [line.partition("=") for line in lines if "=" in line and not line.startswith("#")]
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def environment(
    place: Installation, kept: Mapping[str, str], *, database_url: str, redis_url: str, web: str = ""
) -> dict[str, str]:
    """The demo's settings: as in production, with plain http and a demo city. The caller's own settings come first."""
    defaults = {
        "DEMO": "1",
        "DEBUG": "0",
        "INSECURE_HTTP": "1",
        "SECRET_KEY": kept["SECRET_KEY"],
        "FIELD_KEYS": kept["FIELD_KEYS"],
        "INDEX_KEY": kept["INDEX_KEY"],
        "VAR_DIR": str(place.var),
    }
    if web:
        defaults["SITE_URL"] = web
    given = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "PYTHONUNBUFFERED": "1"}
    return {**defaults, **dotenv(), **os.environ, **given}


def _command(place: Installation, settings: Mapping[str, str], name: str, *words: str) -> Process:
    return Process(
        name=name,
        command=[PYTHON, *words],
        log=place.logs / f"{name}.log",
        environment={**settings, MARK: str(place.var)},
        folder=CHECKOUT,
    )


def step(place: Installation, settings: Mapping[str, str], says: str, *words: str) -> Process:
    """One management command that runs to its end; `says` is what people read."""
    part = _command(place, settings, f"prepare-{words[0]}", "manage.py", *words)
    part.name = says
    return part


def parts(place: Installation, settings: Mapping[str, str], *, host: str, port: int) -> list[Process]:
    address = f"{host}:{port}"
    web = _command(place, settings, "web", "-m", "gunicorn", "--bind", address, "epeken.wsgi:application")
    web.ready = lambda: _answers(f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/healthz")  # noqa: S104
    web.patience = 8.0  # its own grace for open answers is five seconds (gunicorn.conf.py)
    celery = ["-m", "celery", "-A", "epeken"]
    worker = _command(
        place, settings, "worker", *celery, "worker", "--concurrency", settings.get("WORKER_CONCURRENCY", "2"),
        "--loglevel", "INFO", "--without-gossip", "--without-mingle",
    )  # fmt: skip
    worker.nice = 10  # pages go before jobs
    beat = _command(
        place, settings, "beat", *celery, "beat", "--schedule", str(schedule(place)), "--pidfile=", "--loglevel", "INFO"
    )
    return [web, worker, beat]


def schedule(place: Installation) -> Path:
    """What beat remembers: what it did last and when. It makes a new one when this one cannot be read."""
    return place.var / "beat-schedule"


def first_heartbeat(place: Installation, settings: Mapping[str, str]) -> Process:
    """Ask the worker for its canary now: without a schedule of last time, beat waits one interval first."""
    part = _command(place, settings, "prepare-worker", "-m", "celery", "-A", "epeken", "call", "core.heartbeat")
    part.name = "First task for the worker"
    return part


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False


def failing(url: str) -> list[str]:
    """The parts that /readyz calls not ready; empty when the city is open."""
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310
            return []
    except urllib.error.HTTPError as problem:
        try:
            return [str(name) for name in json.load(problem)["failing"]]
        except (ValueError, KeyError, TypeError, AttributeError):
            return [f"web (answer {problem.code})"]
    except OSError:
        return ["web"]


class Stamp:
    """Tells whether source files changed since their product was made."""

    def __init__(self, path: Path, sources: Iterable[Path]) -> None:
        self._path = path
        digest = hashlib.sha256()
        for source in sorted(sources):
            for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
                if file.is_file() and file.suffix != ".pyc":
                    about = file.stat()
                    digest.update(f"{file}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
        self._now = digest.hexdigest()

    def fresh(self) -> bool:
        return self._path.is_file() and self._path.read_text() == self._now

    def write(self) -> None:
        self._path.write_text(self._now)
