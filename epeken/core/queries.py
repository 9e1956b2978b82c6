"""Questions that take longer to put together than the database takes to answer them."""

import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

KEPT = 16  # of one question, by its arguments: days, mostly


def built_once(build: Callable[..., Any]) -> Callable[..., Any]:
    """The queryset of `build` is put together once for the same arguments; callers go on from a copy of it.

    For what depends on its arguments alone, so on no clock, person or language. Each thread keeps its own: while a
    query becomes SQL, Django counts in it.
    """
    memory = threading.local()

    @wraps(build)
    def copy(*arguments: Hashable) -> Any:
        kept: dict[tuple[Hashable, ...], Any] = memory.__dict__.setdefault("kept", {})
        if arguments not in kept:
            if len(kept) >= KEPT:
                kept.clear()
            kept[arguments] = build(*arguments)
        return kept[arguments].all()

    return copy
