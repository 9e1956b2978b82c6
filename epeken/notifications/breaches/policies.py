"""Who handles breaches. Pure yes or no."""

from datetime import datetime

from epeken.core import clock
from epeken.notifications.breaches.models import DataBreach
from epeken.notifications.breaches.states import BreachState
from epeken.users.models import User


def can_handle(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("notifications.handle_breach"))


def is_late(breach: DataBreach, now: datetime) -> bool:
    """`querysets.late` for one row."""
    if breach.state != BreachState.OPEN or not clock.is_over(breach.due_at, now):
        return False
    return breach.reported_at is None or breach.affected.filter(told_at__isnull=True).exists()
