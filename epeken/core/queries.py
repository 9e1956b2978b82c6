"""Questions that take longer to put together than the database takes to answer them."""

import threading
from collections.abc import Callable, Hashable, Iterable
from copy import copy
from functools import wraps
from inspect import signature
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet, Value

KEPT = 16  # of one question, by its arguments: days, mostly


def built_once(build: Callable[..., Any]) -> Callable[..., Any]:
    """The queryset of `build` is put together once for the same arguments; callers go on from a copy of it.

    For what depends on its arguments alone, so on no clock, person or language. Each thread keeps its own: while a
    query becomes SQL, Django counts in it.
    """
    memory = threading.local()

    @wraps(build)
    def copied(*arguments: Hashable) -> Any:
        kept: dict[tuple[Hashable, ...], Any] = memory.__dict__.setdefault("kept", {})
        if arguments not in kept:
            if len(kept) >= KEPT:
                kept.clear()
            kept[arguments] = build(*arguments)
        return kept[arguments].all()

    return copied


class Asked(Value):
    """A value that is known only when the question is asked: columns are compared with it. It has no day, no hour and
    no pk, so that code that would write one call's into the statement fails at once."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


def written_once(build: Callable[..., Any]) -> Callable[..., list[Any]]:
    """The rows of `build`, whose statement is written once; every call sends it with its own values and reads anew.

    `build` is called with an `Asked` in place of each value: days, moments, pks, and a tuple of pks for `__in`. It
    decides nothing by them, and depends on nothing else, so on no person or language. Each thread keeps its own.
    """
    memory = threading.local()
    names = list(signature(build).parameters)

    @wraps(build)
    def ask(*values: Any) -> list[Any]:
        if not hasattr(memory, "question"):
            rows = build(*map(Asked, names))
            compiler = rows.query.get_compiler(using=rows.db)
            memory.question = (rows, compiler, *compiler.as_sql())
        rows, compiler, sql, parameters = memory.question
        given = dict(zip(names, values, strict=True))
        filled = tuple(given[one.value] if isinstance(one, Asked) else one for one in parameters)
        # The queryset makes rows of what this compiler reads; both are copies, so that each call has its own.
        asking, found = copy(compiler), rows.all()
        asking.connection = connections[found.db]  # of this call: within a running event loop Django has another
        asking.as_sql = lambda *args, **options: (sql, filled)
        found.query.get_compiler = lambda *args, **options: asking
        return list(found)

    return ask


def related(rows: Callable[[], QuerySet[Any]], key: str) -> Callable[[Iterable[Model]], list[Any]]:
    """What `prefetch_related` does for the rows whose foreign key `key` leads to the owners it is called with, by a
    statement that is written once. The rows, which stand at their owners from then on; no query without owners."""

    @written_once
    def asked(owners: Any) -> Any:
        return rows().filter(**{f"{key}__in": owners})

    def read(owners: Iterable[Model]) -> list[Any]:
        of = {owner.pk: owner for owner in owners}
        found = asked(tuple(of)) if of else []
        field: Any = rows().model._meta.get_field(key)
        back = field.remote_field
        each: dict[Any, list[Any]] = {pk: [] for pk in of}
        for row in found:
            owner = getattr(row, field.attname)
            field.set_cached_value(row, of[owner])
            each[owner].append(row)
        for pk, owner in of.items():
            kept = getattr(owner, back.get_accessor_name()).get_queryset()
            kept._result_cache, kept._prefetch_done = each[pk], True
            owner.__dict__.setdefault("_prefetched_objects_cache", {})[back.cache_name] = kept
        return found

    return read
