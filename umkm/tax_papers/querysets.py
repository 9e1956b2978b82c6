"""Reads of tax papers."""

from datetime import datetime
from typing import Self

from django.db.models import Q

from epeken.core.clock import over
from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor
from umkm.tax_papers.states import TaxPaperState

WAITING = Q(state=TaxPaperState.WAITING)


def late(now: datetime) -> Q:
    return WAITING & over("due_at", now)


class TaxPaperQuerySet(LockingQuerySet):
    def late(self, now: datetime) -> Self:
        return self.filter(late(now))

    def visible_to(self, user: Visitor) -> Self:
        """Verifiers see all, members those of their shop."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm("umkm.verify_seller"):
            return self
        return self.filter(seller__members__user=user, seller__members__until__isnull=True)
