"""For the machines that watch us: does the process live, and can the market do its work?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import psycopg2
import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from epeken.core import clock

CONNECT_SECONDS = 2
# Beat asks for a canary task every 10 s; a worker that has finished none for this long does no work, alive or not.
HEARTBEAT_SECONDS = 30


@dataclass(frozen=True)
class HealthPart:
    """`ok` is None when it could not be told, because a part before it is away."""

    ok: bool | None
    reason: str = ""


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: a restart would not heal that."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Every part the market needs; 503 names those that fail."""
    parts = {**_database_parts(now=clock.now()), "broker": _broker()}
    failing = [name for name, part in parts.items() if part.ok is False]
    body = {
        "ready": not failing,
        "failing": failing,
        "parts": {name: {"ok": part.ok, "reason": part.reason} for name, part in parts.items()},
    }
    return JsonResponse(body, status=503 if failing else 200)


def _database_parts(*, now: datetime) -> dict[str, HealthPart]:
    # A connection of its own, with short limits: a busy or hanging database must not hold the probe.
    limits = {"connect_timeout": CONNECT_SECONDS, "options": f"-c statement_timeout={CONNECT_SECONDS * 1000}"}
    try:
        line: Any = connection.get_new_connection({**connection.get_connection_params(), **limits})
    except psycopg2.Error as problem:  # the raw driver's own error: nothing wraps it here
        return _without_database(problem)
    try:
        with line.cursor() as cursor:
            return {
                "database": HealthPart(ok=True),
                "migrations": _tried(line, lambda: _missing_migrations(cursor)),
                "worker": _tried(line, lambda: _worker(cursor, now)),
            }
    finally:
        line.close()


def _without_database(problem: Exception) -> dict[str, HealthPart]:
    unknown = HealthPart(ok=None, reason="not checked: the database is away")
    reason = f"not reached: {type(problem).__name__}"
    return {"database": HealthPart(ok=False, reason=reason), "migrations": unknown, "worker": unknown}


def _tried(line: Any, check: Callable[[], HealthPart]) -> HealthPart:
    try:
        return check()
    except psycopg2.Error as problem:
        line.rollback()
        return HealthPart(ok=False, reason=type(problem).__name__)


@lru_cache(maxsize=1)
def _wanted_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _missing_migrations(cursor: Any) -> HealthPart:
    cursor.execute("SELECT app, name FROM django_migrations")
    missing = sorted(_wanted_migrations() - set(cursor.fetchall()))
    names = ", ".join(f"{app}.{name}" for app, name in missing)
    return HealthPart(ok=not missing, reason=f"not applied: {names}" if missing else "")


def _worker(cursor: Any, now: datetime) -> HealthPart:
    cursor.execute("SELECT max(at) FROM core_heartbeat WHERE name = 'worker'")
    (at,) = cursor.fetchone()
    if at is None:
        return HealthPart(ok=False, reason="no task finished yet")
    age = now - at
    late = clock.is_over(at + timedelta(seconds=HEARTBEAT_SECONDS), now)
    return HealthPart(ok=not late, reason=f"last task finished {age.total_seconds():.0f} s ago" if late else "")


def _broker() -> HealthPart:
    limits = {"socket_connect_timeout": CONNECT_SECONDS, "socket_timeout": CONNECT_SECONDS}
    try:
        with redis.Redis.from_url(settings.REDIS_URL, **limits) as line:
            line.ping()
    except redis.RedisError as problem:
        return HealthPart(ok=False, reason=f"not reached: {type(problem).__name__}")
    return HealthPart(ok=True)
