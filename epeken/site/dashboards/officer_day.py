"""What waits for an officer of the city: the first page of the admin."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.web.queue import QueuePage

# In the order of a working day. Who may not see a list is not told of it.
QUEUES = [
    "umkm.verificationcase",
    "umkm.identitychange",
    "umkm.taxpaper",
    "umkm.appeal",
    "umkm.separationrequest",
    "umkm.product",
    "umkm.changeproposal",
    "umkm.automaticdecision",
    "orders.dispute",
    "orders.remedy",
    "orders.latestep",
    "notifications.databreach",
    "core.job",
    "notifications.notificationdelivery",
    "notifications.outgoingmail",
    "notifications.outgoingtext",
]
ROWS = 5


@dataclass(frozen=True)
class QueueFigure:
    label: str
    count: int
    url: str
    is_urgent: bool


@dataclass(frozen=True)
class QueueRow:
    """`rest`: the other columns of the list that tell something; `url`: "" of one this officer only knows of."""

    title: str
    url: str
    rest: list[str]
    due: str


@dataclass(frozen=True)
class OfficeQueue:
    """`rows`: the most urgent ones; the list of a queue without columns has none to open. `is_empty`: nothing waits."""

    title: str
    url: str
    figures: list[QueueFigure]
    rows: list[QueueRow]

    @property
    def is_empty(self) -> bool:
        return not self.rows and not any(figure.count for figure in self.figures)


def office_queues(request: HttpRequest) -> Iterator[OfficeQueue]:
    """The queues this person may see. Two statements for each with rows, one for the others."""
    pages = {model._meta.label_lower: page for model, page in admin.site._registry.items()}
    for label in QUEUES:
        page = pages[label]
        assert isinstance(page, QueuePage)
        if page.has_view_or_change_permission(request):
            yield _queue(request, page)


def _queue(request: HttpRequest, page: Any) -> OfficeQueue:
    name = f"admin:{page.opts.app_label}_{page.opts.model_name}"
    url = reverse(f"{name}_changelist")
    counts = page.queue_counts(request)
    figures = [
        QueueFigure(
            label=str(part.label),
            count=counts[part.key],
            url=f"{url}?antrean={part.key}" if part.key else url,
            is_urgent=part.is_urgent and counts[part.key] > 0,
        )
        for part in page.queue_parts
        if part.is_figure
    ]
    rows = []
    if page.queue_columns and counts[""]:
        first, *others, due = page.queue_columns
        for row in page.queue_rows(request, ROWS):
            may_open = page.has_view_permission(request, row) or page.has_change_permission(request, row)
            url_of_row = reverse(f"{name}_change", args=[row.pk]) if may_open else ""
            rest = [getattr(page, other)(row) for other in others]
            rows.append(QueueRow(_told(page, row, first), url_of_row, rest, getattr(page, due)(row)))
    title = str(page.opts.verbose_name_plural)
    return OfficeQueue(title[:1].upper() + title[1:], url, figures, rows)


def _told(page: Any, row: Any, column: str) -> str:
    tell = getattr(page, column, None)
    return str(tell(row) if tell else getattr(row, column))


def add_queues(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold calls this for the first page (`DASHBOARD_CALLBACK`)."""
    found = list(office_queues(request))
    busy, idle = [one for one in found if not one.is_empty], [one for one in found if one.is_empty]
    return {**context, "title": _("Ringkasan"), "queues": busy, "idle": idle}
