"""Dated rules: a noun declares each threshold, deadline, rate and name it obeys as a constant, and asks it by day.

`SILENCE_COOKED = Hours("delivery.silence_cooked")` in the noun's rules.py, then `SILENCE_COOKED.on(day)`. The values
are rows of Rule, first filled from the city's rules.csv and kept in the admin. Nothing else reads those rows, and a
system check (core.checks) compares rows with declarations in both directions.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.money import MAX_RUPIAH
from epeken.core.quantity import grouped
from epeken.core.queries import written_once
from epeken.core.sources import cited

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from epeken.core.models import Rule

Value = TypeVar("Value")

MOST_DAYS = 36_525  # a hundred years


class Declared(ABC, Generic[Value]):
    """A rule the code reads. Raises ValueError when its code is declared twice."""

    unit: ClassVar[str]

    def __init__(self, code: str) -> None:
        if code in _declared:
            raise ValueError(f"Rule {code} is declared twice.")
        self.code = code
        _declared[code] = self

    def on(self, day: date) -> Value:
        """The value in force on `day`. Raises LookupError: a missing rule is a configuration fault."""
        for row in _rows_of(self.code):
            if clock.is_valid_on(row, day):
                return self._read(row.value, row.text)
        raise LookupError(f"No rule {self.code} in force on {day}")

    def source_on(self, day: date) -> str:
        """What the row in force on `day` cites. Raises LookupError."""
        for row in _rows_of(self.code):
            if clock.is_valid_on(row, day):
                return cited(row.source)
        raise LookupError(f"No rule {self.code} in force on {day}")

    @abstractmethod
    def _read(self, value: Decimal, text: str) -> Value: ...

    @abstractmethod
    def problem(self, value: Decimal, text: str) -> str:
        """Why a row cannot hold this value; '' when it can."""


class _Whole(Declared[int]):
    """A whole number, never below zero, and none that only a slip of the finger writes."""

    most = MAX_RUPIAH

    def _read(self, value: Decimal, text: str) -> int:
        return int(value)

    def problem(self, value: Decimal, text: str) -> str:
        if text:
            return _("Aturan ini berisi angka, bukan teks. Kosongkan teksnya.")
        if value != int(value) or value < 0:
            return _("Isi bilangan bulat, nol atau lebih.")
        if value > self.most:
            return _("Paling besar %(most)s.") % {"most": grouped(Decimal(self.most))}
        return ""


class Rupiah(_Whole):
    unit = "rupiah"


class Days(_Whole):
    unit = "days"
    most = MOST_DAYS


class WorkingDays(_Whole):
    unit = "working_days"
    most = MOST_DAYS


class Hours(_Whole):
    unit = "hours"
    most = MOST_DAYS * 24


class Count(_Whole):
    unit = "count"
    most = 1_000_000_000


class Rate(Declared[Decimal]):
    """A part of one: 0.8 is 80 %."""

    unit = "rate"

    def _read(self, value: Decimal, text: str) -> Decimal:
        return value

    def problem(self, value: Decimal, text: str) -> str:
        if text:
            return _("Aturan ini berisi angka, bukan teks. Kosongkan teksnya.")
        return "" if 0 <= value <= 1 else _("Isi angka dari 0 sampai 1: 0,8 berarti 80%.")


class Text(Declared[str]):
    """A name, or one of a few words when `choices` are given."""

    unit = "text"

    def __init__(self, code: str, *, choices: frozenset[str] = frozenset()) -> None:
        super().__init__(code)
        self.choices = choices

    def _read(self, value: Decimal, text: str) -> str:
        return text

    def problem(self, value: Decimal, text: str) -> str:
        if value:
            return _("Aturan ini berisi teks, bukan angka. Isi nilainya dengan 0.")
        if not text.strip():
            return _("Isi teksnya.")
        if self.choices and text not in self.choices:
            return _("Pilih salah satu: %(choices)s.") % {"choices": ", ".join(sorted(self.choices))}
        return ""


class _Row(NamedTuple):
    valid_from: date
    valid_until: date | None
    value: Decimal
    text: str
    source: str


_declared: dict[str, Declared[Any]] = {}  # by code; filled while the apps load
# By code, the newest first; empty: not yet read.
_book: ContextVar[dict[str, list[_Row]] | None] = ContextVar("rules", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """While it lasts every rule is read with one query, the first time one is asked for: for one service, one page."""
    if _book.get() is not None:
        yield
        return
    token = _book.set({})
    try:
        yield
    finally:
        _book.reset(token)


def _rows_of(code: str) -> list[_Row]:
    book = _book.get()
    if book is None:
        return [_Row(*row) for _code, *row in _read_one(code)]
    if not book:
        for found, *row in _read_all():
            book.setdefault(found, []).append(_Row(*row))
    return book.get(code, [])


@written_once
def _read_one(code: Any) -> Any:
    return _all().filter(code=code)


@written_once
def _read_all() -> Any:
    return _all()


def _all() -> Any:
    from epeken.core.models import Rule

    return Rule.objects.order_by("-valid_from").values_list("code", *_Row._fields)


def declared() -> Mapping[str, Declared[Any]]:
    return _declared


def is_covered(code: str, day: date, *, besides: date | None = None) -> bool:
    """Whether a row holds on `day`, without the one that begins on `besides`."""
    return any(clock.is_valid_on(row, day) for row in _rows_of(code) if row.valid_from != besides)


def holding(day: date) -> "QuerySet[Rule]":
    """The row of each code that holds on `day`."""
    from epeken.core.models import Rule

    newest = Rule.objects.filter(clock.valid_on(day), code=OuterRef("code")).order_by("-valid_from")
    return Rule.objects.filter(valid_from=Subquery(newest.values("valid_from")[:1])).order_by("name")
