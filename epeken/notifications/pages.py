"""What the inbox says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from epeken.notifications.models import Notification
from epeken.notifications.rendering import render


@dataclass(frozen=True)
class InboxLine:
    pk: int
    title: str
    body: str
    at: datetime
    is_new: bool


def inbox_lines(rows: Iterable[Notification], language: str) -> list[InboxLine]:
    lines = []
    for row in rows:
        words = render(row, language)
        lines.append(InboxLine(row.pk, words.title, words.body, row.created_at, row.read_at is None))
    return lines
