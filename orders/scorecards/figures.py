"""What a figure of a department is, the span it is of, and what stands behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import part_of, percent

QUARTERS = (1, 2, 3, 4)
Holidays = frozenset[date]


@dataclass(frozen=True)
class Span:
    """A year, or a quarter of it, in the city's time."""

    year: int
    quarter: int | None = None

    @property
    def since(self) -> date:
        return date(self.year, 3 * self.quarter - 2 if self.quarter else 1, 1)

    @property
    def until(self) -> date:
        """The last day."""
        return self._following - date.resolution

    @property
    def starts_at(self) -> datetime:
        return clock.start_of(self.since)

    @property
    def ends_at(self) -> datetime:
        return clock.start_of(self._following)

    @property
    def year_starts_at(self) -> datetime:
        return clock.start_of(date(self.year, 1, 1))

    @property
    def words(self) -> str:
        said = {"quarter": self.quarter, "year": self.year}
        return _("Triwulan %(quarter)d tahun %(year)d") % said if self.quarter else _("Tahun %(year)d") % said

    @property
    def _following(self) -> date:
        if self.quarter in (None, 4):
            return date(self.year + 1, 1, 1)
        return date(self.year, 3 * (self.quarter or 0) + 1, 1)

    def holidays(self) -> Holidays:
        """All up to its end, whenever what ended in it began. One query."""
        return clock.holidays_between(date.min, self.until)

    def within(self, field: str) -> dict[str, datetime]:
        """For a filter: moments of the span."""
        return {f"{field}__gte": self.starts_at, f"{field}__lt": self.ends_at}


@dataclass(frozen=True)
class Value:
    """`number`: as a sheet holds it; `words`: as a page says it."""

    number: int | Decimal
    words: str


@dataclass(frozen=True)
class Case:
    """One row behind a figure. `value`: what it adds to it, or what became of it."""

    number: str
    title: str
    href: str
    note: str
    day: date | None
    value: Value | str

    @property
    def words(self) -> str:
        return self.value if isinstance(self.value, str) else self.value.words

    @property
    def cell(self) -> int | Decimal | str:
        return self.value if isinstance(self.value, str) else self.value.number


@dataclass(frozen=True)
class Figure:
    """`short`: its label in a table. `text`: its definition. `cases`: the rows behind it, of one department; `case`
    says one of them."""

    code: str
    short: str | Promise
    label: str | Promise
    text: str | Promise
    cases: Callable[[int, Span, datetime], QuerySet[Any]]
    case: Callable[[Any, Holidays], Case]


Measured = Mapping[str, Mapping[int, Value]]  # by code of the figure, by department


@dataclass(frozen=True)
class Family:
    """Figures that are measured together, of several departments at once."""

    code: str
    title: str | Promise
    figures: Sequence[Figure]
    measure: Callable[[Sequence[int], Span, datetime], Measured]


def at_most(numbers: Iterable[int], part: Decimal) -> int:
    """The smallest number that this part of them does not pass: of 1, 2, 3, 9 half are at most 2 and nine tenths at
    most 9. There is at least one."""
    ordered = sorted(numbers)
    return ordered[max(ceil(len(ordered) * part), 1) - 1]


def count_of(part: int, whole: int) -> Value:
    """`3 dari 40`."""
    return Value(part, _("%(part)d dari %(whole)d") % {"part": part, "whole": whole})


def in_rupiah(amount: int) -> Value:
    return Value(amount, rupiah(amount))


def share_of(part: int, whole: int) -> Value:
    """`87,5% (7 dari 8)`; there is a whole."""
    rate = part_of(part, whole)
    return Value(rate, f"{percent(rate)} ({count_of(part, whole).words})")
