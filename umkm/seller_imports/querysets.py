"""Reads of imports of sellers."""

from datetime import datetime
from typing import Self

from django.apps import apps
from django.db.models import Exists, OuterRef

from epeken.core import clock
from epeken.core.clock import over
from epeken.core.models import LockingQuerySet
from epeken.users.models import User, Visitor
from umkm.assisted.policies import may_assist, places_of
from umkm.assisted.querysets import PERMISSION
from umkm.imports.states import ImportState


class SellerImportQuerySet(LockingQuerySet):
    def visible_to(self, user: Visitor, now: datetime) -> Self:
        """Own ones, while the officer helps in every kelurahan of their rows."""
        day = clock.local_date(now)
        if not isinstance(user, User) or not may_assist(user, day):
            return self.none()
        own = self.filter(uploaded_by=user)
        if user.has_perm(PERMISSION):
            return own
        rows = apps.get_model("umkm", "SellerImportRow").objects.filter(seller_import=OuterRef("pk"))
        elsewhere = rows.filter(kelurahan__isnull=False).exclude(kelurahan__in=places_of(user, day))
        return own.exclude(Exists(elsewhere))

    def unfinished(self, since: datetime) -> Self:
        """Uploaded by `since`, and still read, not confirmed, or not run to its end."""
        states = [ImportState.READING, ImportState.CHECKED, ImportState.RUNNING]
        return self.filter(over("uploaded_at", since), state__in=states)
