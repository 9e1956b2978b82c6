"""Reads of breaches."""

from datetime import datetime
from typing import Self

from django.db.models import Exists, OuterRef, Q

from epeken.core import clock
from epeken.core.models import LockingQuerySet
from epeken.notifications.breaches.states import BreachState

OPEN = Q(state=BreachState.OPEN)


def late(now: datetime) -> Q:
    """Open, past the hours of the law, and somebody is not told yet: `policies.is_late` for rows."""
    from epeken.notifications.breaches.models import AffectedPerson

    untold = Exists(AffectedPerson.objects.filter(breach=OuterRef("pk"), told_at__isnull=True))
    return OPEN & clock.over("due_at", now) & (Q(reported_at__isnull=True) | Q(untold))


class BreachQuerySet(LockingQuerySet):
    def late(self, now: datetime) -> Self:
        return self.filter(late(now))
