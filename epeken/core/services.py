"""One service is one transaction; a service called by another belongs to the other's."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from epeken.core import rules

Given = ParamSpec("Given")
Result = TypeVar("Result")


def service(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """All the function writes stands, or nothing. Rules are read once (core.rules).

    Called by another service it takes no savepoint: an error it raises ends the outer one too. Whoever wants to go on
    after an error wraps the call in `transaction.atomic()`.
    """

    @wraps(function)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        # Of one thread, as Django's connections are.
        connection = transaction.get_connection()
        is_inner = connection.in_atomic_block and getattr(connection, "in_service", False)
        with transaction.atomic(savepoint=not is_inner), rules.read_once():
            connection.in_service = True
            try:
                result = function(*args, **kwargs)
                if not is_inner:
                    _end(connection)
                return result
            finally:
                connection.in_service = is_inner
                if not is_inner:
                    connection.at_end = {}

    return run


def at_end(work: Callable[[list[Any]], object], item: Any) -> None:
    """`work` is called once with all its items when the outermost service has written everything, in its transaction.

    Outside of a service it is called at once. What a nested `transaction.atomic()` took back is among the items still:
    `work` asks the database what stands.
    """
    connection = transaction.get_connection()
    if not getattr(connection, "in_service", False):
        work([item])
        return
    waiting = connection.__dict__.setdefault("at_end", {})
    waiting.setdefault(work, []).append(item)


def _end(connection: Any) -> None:
    for work, items in getattr(connection, "at_end", {}).items():
        work(items)
