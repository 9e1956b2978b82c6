"""A queue of the office. The choices of its list's filter and the figures of the office's first page are one answer."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from epeken.core import clock

if TYPE_CHECKING:
    from epeken.core.web.admin import HouseAdmin as Base
else:
    Base = object


@dataclass(frozen=True)
class QueuePart:
    """Some rows of a queue. `key`: its value in the address; '' is what the list shows without a choice.

    `condition` gets the person who looks and the moment. `is_figure`: told on the office's first page, too.
    """

    key: str
    label: Any  # lazily translated
    condition: Callable[[Any, datetime], Q]
    is_figure: bool = True
    is_urgent: bool = False


def every(user: Any, now: datetime) -> Q:
    return Q()


def due_today(field: str, now: datetime) -> Q:
    """What is due later today, in the city."""
    return clock.running(field, now) & clock.over(field, clock.end_of(clock.local_date(now)))


class QueueFilter(admin.SimpleListFilter):
    title = _("antrean")
    parameter_name = "antrean"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: "QueuePage") -> None:
        self.parts = {part.key: part for part in model_admin.queue_parts}
        counts = model_admin.queue_counts(request)
        self.labels = {
            key: f"{part.label} ({counts[key]})" if key in counts else str(part.label)
            for key, part in self.parts.items()
        }
        super().__init__(request, params, model, model_admin)
        whole = next((key for key, part in self.parts.items() if part.condition is every), "")
        if self.value() is None and whole and request.GET.get(SEARCH_VAR, "").strip():
            # What is searched for may have been decided; in one part only who chose it searches.
            self.used_parameters[self.parameter_name] = whole

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, label) for key, label in self.labels.items() if key]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        part = self.parts.get(self.value() or "", self.parts[""])
        return queryset.filter(part.condition(request.user, clock.now()))

    def choices(self, changelist: Any) -> Iterator[Any]:
        unchosen, *others = super().choices(changelist)
        first = changelist.get_query_string({self.parameter_name: ""}) if changelist.query else unchosen["query_string"]
        selected = self.value() in (None, "")
        yield {**unchosen, "selected": selected, "query_string": first, "display": self.labels[""]}
        yield from others


class QueuePage(Base):
    """Before `HouseAdmin`: a list with a queue, whose first part is what the list shows without a choice.

    `queue_columns`: what the office's first page tells of a row, its name first and its deadline last; () for
    figures alone.
    """

    queue_parts: tuple[QueuePart, ...]
    queue_columns: tuple[str, ...] = ()
    queue_order: tuple[str, ...] = ("due_at", "pk")

    def queue_counts(self, request: HttpRequest) -> dict[str, int]:
        """How many rows each figure's part holds, by key. One statement, asked once for a page that only shows."""
        if request.method not in ("GET", "HEAD"):
            return self._counted(request)
        memory: dict[Any, dict[str, int]] = request.__dict__.setdefault("queue_counts", {})
        if self.model not in memory:
            memory[self.model] = self._counted(request)
        return memory[self.model]

    def _counted(self, request: HttpRequest) -> dict[str, int]:
        now = clock.now()
        figures = {f"n{n}": part for n, part in enumerate(self.queue_parts) if part.is_figure}
        counts = self.model._default_manager.aggregate(
            **{name: Count("pk", filter=part.condition(request.user, now)) for name, part in figures.items()}
        )
        return {part.key: counts[name] for name, part in figures.items()}

    def queue_waiting(self, request: HttpRequest) -> int:
        """How many rows the list's first part holds: for a page that tells no other figure."""
        return self._first_part(request, self.model._default_manager.all()).count()

    def queue_rows(self, request: HttpRequest, limit: int) -> Iterable[Any]:
        """The most urgent rows of the list's first part."""
        return self._first_part(request, self.get_queryset(request)).order_by(*self.queue_order)[:limit]

    def _first_part(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(self.queue_parts[0].condition(request.user, clock.now()))
