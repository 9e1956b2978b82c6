"""Reads of area checks and of who is posted where."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db.models import Exists, OuterRef, Q

from epeken.core import clock
from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor
from umkm.area_checks.states import AreaCheckState, AreaLevel

RUNNING = Q(state=AreaCheckState.RUNNING)
SHOWN = timedelta(days=30)  # what an officer decided stays in their list so long


class StageQuerySet(LockingQuerySet):
    def in_force(self, kind: str, day: date) -> Self:
        return self.filter(clock.valid_on(day), seller_kind=kind)


class PostingQuerySet(LockingQuerySet):
    def on(self, day: date) -> Self:
        """In force on the day, of people who can sign in."""
        return self.filter(clock.valid_on(day), user__is_active=True, user__is_staff=True)


class AreaCheckQuerySet(LockingQuerySet):
    def running(self) -> Self:
        return self.filter(RUNNING)

    def in_area_of(self, user: Visitor, day: date) -> Self:
        """Those of a place where the person is posted on the day, at its level."""
        from umkm.area_checks.models import AreaPosting

        if not getattr(user, "is_staff", False):
            return self.none()
        posted = AreaPosting.objects.on(day).filter(user=user)
        ward = Exists(posted.filter(kelurahan=OuterRef("kelurahan")))
        district = Exists(posted.filter(kecamatan=OuterRef("kelurahan__kecamatan")))
        return self.filter(Q(ward, level=AreaLevel.KELURAHAN) | Q(district, level=AreaLevel.KECAMATAN))

    def shown_to(self, user: Visitor, now: datetime) -> Self:
        """Running ones of the person's area, and for some days what they decided themselves."""
        if not getattr(user, "is_staff", False):
            return self.none()
        mine = Q(officer=user, decided_at__gt=now - SHOWN)
        area = self.in_area_of(user, clock.local_date(now)).filter(RUNNING)
        return self.filter(mine | Q(pk__in=area.values("pk")))


class VisitPhotoQuerySet(LockingQuerySet):
    def visible_to(self, user: Visitor) -> Self:
        """Of the shop's people, of verifiers, and of who took them while the registration is open."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm("umkm.verify_seller"):
            return self
        seller = "area_check__case__seller__members"
        members = Q(**{f"{seller}__user": user, f"{seller}__until__isnull": True})
        taken = Q(uploaded_by=user, area_check__case__decided_at__isnull=True)
        return self.filter(members | taken).distinct()
