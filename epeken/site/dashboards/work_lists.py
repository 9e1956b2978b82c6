"""One kind of work on a desk, and how many rows of it are shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Window

SHOWN = 10  # of each kind; the lists have the rest


@dataclass(frozen=True)
class WorkList:
    """One kind of work. `items` as the component `todo` wants them, with `due` where a moment ends its time; `count`
    with those not shown; `text` says what is missing where there is nothing. `is_of_others`: another office is to act,
    and the reader to know."""

    title: str
    count: int
    items: list[dict[str, Any]] = field(default_factory=list)
    href: str = ""
    link: str = ""
    text: str = ""
    is_of_others: bool = False

    @property
    def more(self) -> int:
        return self.count - len(self.items)

    def first_due(self, now: datetime) -> datetime | None:
        """The end that comes first among the items: of one that will not wait and has none, now."""
        ends = [item.get("due") or (now if item.get("now") else None) for item in self.items]
        return min((end for end in ends if end is not None), default=None)


def by_deadline(groups: Iterable[WorkList], now: datetime) -> list[WorkList]:
    """The reader's own work, what ends first at the top, then what others have to do, and what is empty at the end.
    In each, work without an end keeps its order below what has one."""

    def place(group: WorkList) -> tuple[bool, bool, bool, datetime]:
        end = group.first_due(now)
        return not group.items, group.is_of_others, end is None, end or now

    return sorted(groups, key=place)


def first(found: QuerySet[Any]) -> tuple[int, list[Any]]:
    """How many there are, and those that are shown. One statement."""
    return counted(list(shown(found)))


def shown(found: QuerySet[Any]) -> QuerySet[Any]:
    """Those that are shown; adds `in_all`, how many there are."""
    return found.annotate(in_all=Window(Count("pk")))[:SHOWN]


def counted(rows: list[Any]) -> tuple[int, list[Any]]:
    """The same of rows of `shown`."""
    return (rows[0].in_all if rows else 0), rows[:SHOWN]
