"""Reads of imports of goods."""

from datetime import datetime
from typing import Self

from epeken.core.clock import over
from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor
from umkm.imports.states import ImportState

# Of one shop, or of one officer's lists, only one import is at work or waits to be confirmed.
OPEN_STATES = [ImportState.READING, ImportState.CHECKED, ImportState.RUNNING, ImportState.UNDOING]


class ImportQuerySet(LockingQuerySet):
    def visible_to(self, user: Visitor) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(seller__members__user=user, seller__members__until__isnull=True)

    def unanswered(self, since: datetime) -> Self:
        """Uploaded by `since`, and still not confirmed."""
        return self.filter(over("uploaded_at", since), state__in=[ImportState.READING, ImportState.CHECKED])
