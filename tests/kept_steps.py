"""The steps with which one test after another begins are taken once.

Most tests of a purchase begin with the same department, the same goods and an order that the same services bring to the
same stage. A factory marked `@kept` is such a step. As long as a test has sent the database nothing else, a step that
the test before it took at the same place with the same arguments is not taken again: its rows still stand, in a
transaction around the tests of a module, and what it returned and changed is copied. The first other statement ends
that: steps that only the test before took go back, and what the test writes goes back at its end.
"""

import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.utils import translation

Given = ParamSpec("Given")
Result = TypeVar("Result")

PLAIN = (type(None), bool, int, str, bytes, Decimal, date, timedelta)


class RowsByName:
    """Several rows as attributes, such as a department with its officers: as an argument, each of them."""


class NotKept(Exception):
    """An argument of which nobody can say whether it is the same as an earlier one."""


@dataclass
class Step:
    """`before`: the savepoint that takes it back; `made`: what it returned and how it left its arguments."""

    key: Any
    before: str
    made: bytes


class Steps:
    """Those whose rows stand (`taken`); so many of them are the running test's (`at`) while it `begins`."""

    def __init__(self) -> None:
        self.taken: list[Step] = []
        self.at = 0
        self.begins = self.inside = False
        self.own: str | None = None  # the savepoint that takes back what the running test wrote
        self.around = ExitStack()
        self.is_open = False
        self.number = 0

    @contextmanager
    def of_test(self, *, may_keep: bool) -> Iterator[None]:
        """Around one test. What the database checks at a commit is checked at its end, as pytest-django does."""
        if not self.is_open:
            self.around.enter_context(transaction.atomic())
            self.is_open = True
        self.at, self.own, self.begins = 0, None, True
        connection.run_on_commit.clear()
        connection.execute_wrappers.insert(0, self._watched)
        if not may_keep:
            self._leave()
        try:
            yield
        finally:
            self.begins = False
            if self._watched in connection.execute_wrappers:
                connection.execute_wrappers.remove(self._watched)
            try:
                if self.own is not None and not connection.needs_rollback:
                    connection.check_constraints()
            finally:
                self._back_to(self.own)

    def end(self) -> None:
        """Everything goes back: the next test commits, or is another module's."""
        if self.is_open:
            self.is_open, self.taken = False, []
            connection.needs_rollback = True
            self.around.close()

    def take(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            key = (function, translation.get_language(), _frozen(args), _frozen(kwargs))
        except NotKept:
            return function(*args, **kwargs)
        if self.at < len(self.taken) and self.taken[self.at].key == key:
            self.at += 1
            return _copied(self.taken[self.at - 1].made, (args, kwargs))
        self._cut()
        before = self._savepoint()
        self.inside = True
        made = None
        try:
            result = function(*args, **kwargs)
            connection.check_constraints()
            made = _kept(result, (args, kwargs))
        finally:
            self.inside = False
            if made is None:  # it failed, or cannot be copied: what it wrote is the test's own
                self.begins, self.own = False, before
        if made is not None:
            connection.run_on_commit.clear()
            self.taken.append(Step(key, before, made))
            self.at += 1
        return result

    def _watched(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.begins and not self.inside:
            self._leave()
        return execute(sql, params, many, context)

    def _leave(self) -> None:
        self._cut()
        self.begins, self.own = False, self._savepoint()

    def _cut(self) -> None:
        if self.at < len(self.taken):
            self._back_to(self.taken[self.at].before)
            del self.taken[self.at :]

    # Straight to the driver: nobody counts these among the statements of a test.

    def _savepoint(self) -> str:
        self.number += 1
        name = f"step_{self.number}"
        self._send(f"SAVEPOINT {name}")
        return name

    def _back_to(self, savepoint: str | None) -> None:
        if savepoint is not None:
            self._send(f"ROLLBACK TO SAVEPOINT {savepoint}; RELEASE SAVEPOINT {savepoint}")
            connection.needs_rollback = False
            connection.run_on_commit.clear()

    def _send(self, sql: str) -> None:
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            cursor.execute(sql)


steps = Steps()


def kept(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """A step of a test: rows that depend on the arguments alone. What it returns, and how it changes its arguments, is
    copied where it was taken before."""

    @wraps(function)
    def take(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        if steps.begins and not steps.inside:
            found: Result = steps.take(function, args, kwargs)
            return found
        return function(*args, **kwargs)

    return take


def _frozen(value: Any) -> Any:
    """What is equal for equal arguments. Raises NotKept."""
    if isinstance(value, PLAIN):
        return type(value), value
    if isinstance(value, list | tuple):
        return [_frozen(one) for one in value]
    if isinstance(value, Mapping):
        return [(_frozen(key), _frozen(one)) for key, one in value.items()]
    if isinstance(value, Model):
        fields = [value.__dict__.get(field.attname) for field in value._meta.concrete_fields]
        return value._meta.label, [_frozen(f"{one}" if isinstance(one, FieldFile) else one) for one in fields]
    if isinstance(value, RowsByName):
        return type(value), _frozen(vars(value))
    raise NotKept


def _rows(value: Any) -> list[Model]:
    """The rows among the arguments, in the order in which they are given."""
    if isinstance(value, Model):
        return [value]
    if isinstance(value, list | tuple):
        return [row for one in value for row in _rows(one)]
    if isinstance(value, Mapping):
        return [row for pair in value.items() for row in _rows(pair)]
    return []


def _known(given: Any, rows: list[Model]) -> list[Any]:
    """What stays itself in the copy: the arguments."""
    args, kwargs = given
    several = [one for one in (*args, *kwargs.values()) if isinstance(one, RowsByName)]
    return [*rows, *several, *(row for each in several for row in _rows(vars(each)))]


def _kept(result: Any, given: Any) -> bytes | None:
    """None for what cannot be copied."""
    rows = _rows(given)
    places = {id(one): place for place, one in enumerate(_known(given, rows))}
    file = io.BytesIO()
    pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
    pickler.persistent_id = lambda one: places.get(id(one))  # type: ignore[method-assign]
    try:
        pickler.dump((result, [row.__dict__ for row in rows]))
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    return file.getvalue()


def _copied(made: bytes, given: Any) -> Any:
    rows = _rows(given)
    known = _known(given, rows)
    unpickler = pickle.Unpickler(io.BytesIO(made))
    unpickler.persistent_load = lambda place: known[place]  # type: ignore[method-assign]
    result, states = unpickler.load()
    for row, state in zip(rows, states, strict=True):
        row.__dict__.clear()
        row.__dict__.update(state)
    return result
