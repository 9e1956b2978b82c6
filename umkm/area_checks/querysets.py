"""Reads of area checks and of who is posted where."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, Subquery

from epeken.core import clock
from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor
from umkm.area_checks.states import AreaCheckState, AreaLevel

RUNNING = Q(state=AreaCheckState.RUNNING)
SHOWN = timedelta(days=30)  # what an officer decided stays in their list so long


def of_cases() -> dict[str, Any]:
    """Columns beside a case: `area_asked`, the level that is asked at the moment or None, and `area_objects`, whether
    one objected."""
    from umkm.area_checks.models import AreaCheck

    checks = AreaCheck.objects.filter(case=OuterRef("pk"))
    return {
        "area_asked": Subquery(checks.filter(RUNNING).values("level")[:1]),
        "area_objects": Exists(checks.filter(state=AreaCheckState.OBJECTED)),
    }


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
        """Of the shop's people, of verifiers, of who took them while the registration is open, and of who decides on
        an appeal while they do."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm("umkm.verify_seller"):
            return self
        seller = "area_check__case__seller__members"
        members = Q(**{f"{seller}__user": user, f"{seller}__until__isnull": True})
        taken = Q(uploaded_by=user, area_check__case__decided_at__isnull=True)
        seen = members | taken
        if user.has_perm("umkm.decide_appeal"):
            seen |= Q(area_check__case__appeal__state="with_head")
        return self.filter(seen).distinct()
