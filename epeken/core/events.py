"""What happened to anything, in one order: the events of all tables, read page by page without a gap.

Every event row takes its `sequence` from one PostgreSQL sequence. Transactions commit in another order than they take
numbers: number 11 may be visible while 10 is still being written, and a reader that notes "read up to 11" would never
see 10. Neither the time nor the id of a transaction helps: a transaction may begin early and write late.

So a writer says below which number it may still write: with its first event it takes a shared advisory lock, held until
its transaction ends, whose key is the last number taken before (migration 0004). The reader

1. notes the last number taken,
2. then looks at the locks: nobody who holds none of them can still write a number noted in step 1,
3. then reads, in a statement of its own, what lies at or below both.

Whoever took a number before step 1 either still holds a lock (its numbers lie above the bound) or has ended (its rows
are visible in step 3). Writers never wait for readers, readers never wait for writers; one long transaction that wrote
an event holds the feed back until it ends, and no other does. Numbers are missing where a transaction was rolled back.
Locks belong to one server: read on the primary.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import F, QuerySet, Value

from epeken.core.models import Event
from epeken.core.states import owner_field

LOCKS = 17744  # the upper 16 bits of the locks' keys; the lower 48 are a number


@dataclass(frozen=True)
class Record:
    """One event. `noun` is the label of the model whose row `object_pk` moved, as in "app.Model"."""

    sequence: int
    noun: str
    object_pk: int
    action: str
    from_state: str
    to_state: str
    actor_pk: int | None
    at: datetime
    note: str


def event_models() -> Iterator[type[Event]]:
    """Every event table there is."""
    return (model for model in apps.get_models() if issubclass(model, Event))


def events_after(cursor: int, limit: int) -> list[Record]:
    """The next events after the number `cursor` (0: from the first), at most `limit`, in order.

    Go on from the `sequence` of the last one; an empty list means nothing is settled yet, ask again later with the
    same cursor. Raises ValueError for a limit below one, RuntimeError outside READ COMMITTED.
    """
    if limit < 1:
        raise ValueError("At least one event a page.")
    bound = settled()
    pages = [_page(model, cursor, bound, limit) for model in event_models()]
    if not pages:
        return []
    return [Record(*row) for row in pages[0].union(*pages[1:], all=True).order_by("sequence")[:limit]]


def settled() -> int:
    """The highest number at or below which nobody writes any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value, current_setting('transaction_isolation') FROM epeken_event")
        taken, isolation = cursor.fetchone()
        if isolation != "read committed":
            raise RuntimeError("Events are read in READ COMMITTED: an older snapshot would miss some.")
        # A statement of its own, after the one above: see the module's text.
        cursor.execute(
            """
            SELECT min((classid::bigint << 32 | objid::bigint) & ((1::bigint << 48) - 1)) FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = %s
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """,
            [LOCKS],
        )
        (writing,) = cursor.fetchone()
    return int(taken if writing is None else min(taken, writing))


def _page(model: type[Event], cursor: int, bound: int, limit: int) -> QuerySet[Any, Any]:
    owner = owner_field(model)
    return (
        model._default_manager.filter(sequence__gt=cursor, sequence__lte=bound)
        .annotate(noun=Value(owner.related_model._meta.label), object_pk=F(owner.attname))
        .order_by("sequence")
        .values_list(
            "sequence", "noun", "object_pk", "action", "from_state", "to_state", "actor_id", "at", "note"
        )[:limit]
    )  # fmt: skip
