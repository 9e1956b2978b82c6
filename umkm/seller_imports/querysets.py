"""Reads of imports of sellers."""

from datetime import datetime
from typing import Self

from epeken.core import clock
from epeken.core.clock import over
from epeken.core.models import LockingQuerySet
from epeken.users.models import User, Visitor
from umkm.assisted.policies import may_assist
from umkm.imports.states import ImportState


class SellerImportQuerySet(LockingQuerySet):
    def visible_to(self, user: Visitor, now: datetime) -> Self:
        """Own ones, while the officer helps anywhere. Which of their residents the officer may read, `pages` says."""
        if not isinstance(user, User) or not may_assist(user, clock.local_date(now)):
            return self.none()
        return self.filter(uploaded_by=user)

    def unfinished(self, since: datetime) -> Self:
        """Uploaded by `since`, and still read, not confirmed, or not run to its end."""
        states = [ImportState.READING, ImportState.CHECKED, ImportState.RUNNING]
        return self.filter(over("uploaded_at", since), state__in=states)
