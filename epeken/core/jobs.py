"""Background work. A job is a row first; Celery is only told that it is there.

`@job("app.verb")` registers a function with keyword ids; `enqueue("app.verb", case_pk=1)` writes its row in the
caller's transaction and nudges a worker on commit (core.nudges). When Redis is away the nudge is lost and nothing
else: a periodic sweep finds the row. A job runs inside one transaction together with its "done" mark, so a worker
killed at any point leaves either nothing or everything (docs/decisions.md). Jobs that talk to the network are declared
`network=True`: they run outside a transaction and must be safe to run twice.
"""

import inspect
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, Model, When

from epeken.core import clock
from epeken.core.models import Job
from epeken.core.nudges import sender
from epeken.core.rows import insert_each_new, insert_new, statement_of

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
LATE_SECONDS = 300  # a job that waits longer than this past its time: workers are away or too slow
_SWEEP = 0  # no row has this pk
_ALONE = -1  # nor this
_LOCK_SPACE = 5078  # first key of the advisory locks that jobs hold while they run


@dataclass(frozen=True)
class Registered:
    name: str
    run: Callable[..., None]
    network: bool
    max_attempts: int
    alone: bool
    label: Any


_registry: dict[str, Registered] = {}


def job(
    name: str, *, label: Any = "", network: bool = False, max_attempts: int = MAX_ATTEMPTS, alone: bool = False
) -> Callable[[Any], Any]:
    """Register a function under `name`. It takes keyword ids, fetches, calls one service or notice.

    `label`: what the city's operators call it. `alone`: costly, so one of these runs at a time, however many workers
    there are, and the sweep takes them last: the other workers stay free for what somebody waits for.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        if name in _registry and _registry[name].run.__module__ != function.__module__:
            raise ValueError(f"Two jobs are called {name}")
        _registry[name] = Registered(name, function, network, max_attempts, alone, label)
        return function

    return register


def labels() -> dict[str, str]:
    """What each job is called, by its name."""
    return {entry.name: str(entry.label or entry.name) for entry in _registry.values()}


def enqueue(name: str, *, key: str | None = None, due_at: datetime | None = None, **ids: Any) -> None:
    """Write the job's row; nudge a worker after commit. With `key`, a second enqueue of the same key does nothing.

    Raises LookupError for an unknown name and TypeError when `ids` do not fit the function's signature: both are
    faults of the caller and surface in its transaction.
    """
    row = _row(name, ids, key, due_at)
    if insert_new(row):
        _nudge(row)


def enqueue_each(name: str, each: Mapping[str, dict[str, Any]]) -> None:
    """As many jobs as there are keys with their ids, written with one statement. Raises as `enqueue` does."""
    for row in insert_each_new([_row(name, ids, key) for key, ids in each.items()], by="key"):
        _nudge(row)


def enqueue_for_new(name: str, rows: Sequence[Model], *, argument: str, key: str) -> None:
    """Inserts those of the rows that are not there yet, as `insert_each_new` does, and for each of them a job that is
    given its primary key as `argument`; `key` is what the job's key begins with. One statement for all of it. Raises as
    `enqueue` does.
    """
    if not rows:
        return
    same = _row(name, {argument: 0})
    columns = [field for field in Job._meta.local_concrete_fields if field.name not in ("id", "arguments", "key")]
    inner, values = statement_of(rows)
    sql = f"""
        WITH made AS ({inner})
        INSERT INTO "core_job" ("arguments", "key", {", ".join(f'"{field.column}"' for field in columns)})
        SELECT jsonb_build_object(%s::text, made.id), %s || made.id, {", ".join(["%s"] * len(columns))}
        FROM made ORDER BY made.id ON CONFLICT DO NOTHING RETURNING id
    """  # noqa: S608 - our own tables' names
    common = [field.get_db_prep_save(getattr(same, field.attname), connection) for field in columns]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, argument, key, *common])
        for (pk,) in cursor.fetchall():
            transaction.on_commit(partial(sender.send, pk))


def _row(name: str, ids: dict[str, Any], key: str | None = None, due_at: datetime | None = None) -> Job:
    try:
        entry = _registry[name]
    except KeyError:
        raise LookupError(f"No job is called {name}") from None
    inspect.signature(entry.run).bind(**ids)
    now = clock.now()
    return Job(name=name, arguments=ids, key=key, created_at=now, due_at=due_at or now)


def _nudge(row: Job) -> None:
    if clock.is_over(row.due_at, row.created_at):
        transaction.on_commit(lambda: sender.send(row.pk))


def run(pk: int) -> bool:
    """Run one job row if it is waiting and nobody else is at it. True when it ran to its end now."""
    if not _try_lock(pk):
        return False
    is_alone = False
    try:
        row = Job.objects.waiting().filter(pk=pk).first()
        if row is None:
            return False
        entry = _registry.get(row.name)
        if entry is not None and entry.alone:
            is_alone = _try_lock(_ALONE)
            if not is_alone:  # the sweep finds it when the other one is done
                return False
        # Counted and committed before the work, so that a job that kills its worker runs out of attempts too.
        Job.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
        if entry is None:
            _fail(row, LookupError(f"No job is called {row.name}"), max_attempts=1)
            return False
        try:
            if entry.network:
                entry.run(**row.arguments)
                Job.objects.filter(pk=pk).update(done_at=clock.now(), last_error="")
            else:
                with transaction.atomic():
                    entry.run(**row.arguments)
                    Job.objects.filter(pk=pk).update(done_at=clock.now(), last_error="")
        except Exception as problem:  # recorded on the row, retried with backoff
            logger.exception("Job %s (%s) failed", pk, row.name)
            _fail(row, problem, max_attempts=entry.max_attempts)
            return False
        return True
    finally:
        if is_alone:
            _unlock(_ALONE)
        _unlock(pk)


def sweep(*, seconds: float) -> int:
    """Run due jobs for about `seconds`; the number run. Returns at once when another worker is sweeping."""
    if not _try_lock(_SWEEP):
        return 0
    try:
        end = time.monotonic() + seconds
        ran = 0
        for pk in due():
            if time.monotonic() > end:
                break
            ran += run(pk)
        return ran
    finally:
        _unlock(_SWEEP)


def due(limit: int = 200) -> list[int]:
    alone = [entry.name for entry in _registry.values() if entry.alone]
    return list(
        Job.objects.waiting()
        .filter(clock.over("due_at", clock.now()))
        .order_by(Case(When(name__in=alone, then=1), default=0), "due_at")
        .values_list("pk", flat=True)[:limit]
    )


def revive(pks: list[int], *, now: datetime) -> int:
    """Jobs that gave up are waiting again, with all their attempts. Returns how many were."""
    dead = Job.objects.filter(pk__in=pks, dead_at__isnull=False)
    return dead.update(dead_at=None, attempts=0, due_at=now)


def _fail(row: Job, problem: Exception, *, max_attempts: int) -> None:
    now = clock.now()
    attempts = row.attempts + 1
    text = f"{type(problem).__name__}: {problem}"[:500]
    if attempts >= max_attempts:
        Job.objects.filter(pk=row.pk).update(dead_at=now, last_error=text)
    else:
        wait = timedelta(seconds=min(5 * 3 ** (attempts - 1), 3600))
        Job.objects.filter(pk=row.pk).update(due_at=now + wait, last_error=text)


def _try_lock(pk: int) -> bool:
    # A session lock, released by the server when a killed worker's connection drops: no lease to wait out.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_SPACE, pk % 2**31])
        (got,) = cursor.fetchone()
    return bool(got)


def _unlock(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_SPACE, pk % 2**31])
