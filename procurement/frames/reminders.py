"""Before the time to sign a proposed frame ends, the heads of its department hear of it once more."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from epeken.core import reminders
from epeken.core.errors import InvalidMove
from epeken.core.services import service
from epeken.core.sweeps import sweep
from procurement.frames import notices
from procurement.frames.models import ApprovalFrame
from procurement.frames.services import locked


@service
def remind_frame(*, frame: ApprovalFrame, now: datetime) -> None:
    """Once for its end; nothing ends by silence. Raises: InvalidMove. Locks: BudgetLine."""
    frame = locked(frame)
    if frame.due_at is None:
        raise InvalidMove()
    reminders.mark(frame, _ending(now), frame.due_at)
    notices.frame_near(frame, now=now)


def remind_ahead(*, now: datetime) -> int:
    """Of each end that is near, in transactions of their own; how many. Locks: BudgetLine."""
    return sweep(
        _ending(now).order_by("pk"),
        lambda one: remind_frame(frame=one, now=now),
        failure="Nobody could be reminded of frame %s",
    )


def _ending(now: datetime) -> QuerySet[Any]:
    return ApprovalFrame.objects.proposed().filter(reminders.ending("created_at", "due_at", now))
