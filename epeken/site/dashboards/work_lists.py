"""One kind of work on a desk, and how many rows of it are shown."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Window

SHOWN = 10  # of each kind; the lists have the rest


@dataclass(frozen=True)
class WorkList:
    """One kind of work. `items` as the component `todo` wants them; `count` with those not shown; `text` says what
    is missing where there is nothing."""

    title: str
    count: int
    items: list[dict[str, Any]] = field(default_factory=list)
    href: str = ""
    link: str = ""
    text: str = ""

    @property
    def more(self) -> int:
        return self.count - len(self.items)


def first(found: QuerySet[Any]) -> tuple[int, list[Any]]:
    """How many there are, and those that are shown. One statement."""
    rows = list(found.annotate(in_all=Window(Count("pk")))[:SHOWN])
    return (rows[0].in_all if rows else 0), rows
