"""Reads of cases and sellers' documents."""

from datetime import date, datetime
from typing import Self

from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Upper

from epeken.core.clock import over
from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor
from umkm.appeals.states import AppealState
from umkm.findings import CheckResult
from umkm.sellers.querysets import OfShopQuerySet, PaperQuerySet
from umkm.verification.states import OPEN_STATES

OPEN = Q(state__in=OPEN_STATES)


def with_area() -> Q:
    """Open, and a kelurahan or kecamatan is asked at the moment. No join: a case of two levels would count twice."""
    from umkm.area_checks.models import AreaCheck

    return OPEN & Q(Exists(AreaCheck.objects.running().filter(case=OuterRef("pk"))))


def free() -> Q:
    """On nobody's desk: `VerificationCase.holder` for rows."""
    return Q(officer__isnull=True) | Q(officer__is_active=False)


def ready() -> Q:
    """Open, and no kelurahan or kecamatan is asked at the moment."""
    return OPEN & ~with_area()


def late(now: datetime) -> Q:
    """Open and past their deadline: `policies.is_late` for rows."""
    return OPEN & over("due_at", now)


class CaseQuerySet(OfShopQuerySet):
    readers = ("umkm.verify_seller", "umkm.decide_appeal")

    def late(self, now: datetime) -> Self:
        return self.filter(late(now))


class CheckQuerySet(LockingQuerySet):
    def unacknowledged(self) -> Self:
        """Findings a verifier has to take note of before approving."""
        return self.exclude(result=CheckResult.PASS).filter(acknowledged_at__isnull=True)


class DocumentQuerySet(PaperQuerySet):
    def visible_to(self, user: Visitor) -> Self:
        """Who decides on an appeal sees what was judged, while they decide."""
        found = super().visible_to(user)
        if not getattr(user, "is_authenticated", False) or user.has_perm("umkm.verify_seller"):
            return found
        if not user.has_perm("umkm.decide_appeal"):
            return found
        appealed = self.current().filter(
            seller__appeals__state=AppealState.WITH_HEAD, seller__appeals__case__isnull=False
        )
        return self.filter(Q(pk__in=found.values("pk")) | Q(pk__in=appealed.values("pk")))

    def seen_by_members(self, user: Visitor) -> Q:
        """Of a transfer only what they brought themselves: the proof is another person's identity."""
        others = Q(change__kind="transfer") & ~Q(uploaded_by=user)
        return super().seen_by_members(user) & ~others

    def current(self) -> Self:
        """Documents that hold: not replaced by a newer one, and no evidence of a change that is not in force."""
        return self.filter(replaced_at__isnull=True, is_proposed=False)

    def checked_on(self, day: date) -> Self:
        """Those that were on file when the shop was approved or came with a change that was, and hold on `day`."""
        seen = Q(uploaded_at__lte=F("seller__approved_at")) | Q(change__isnull=False, seller__approved_at__isnull=False)
        return self.current().filter(seen, Q(expires_on__isnull=True) | Q(expires_on__gte=day))

    def of_number(self, number: OuterRef) -> Self:
        """Of this very number, whatever stands between its signs: `validity.periods.is_number_of` for rows."""
        return self.alias(bare_number=_bare(F("number"))).filter(bare_number=_bare(number))


def _bare(number: F) -> Upper:
    return Upper(Func(number, Value("[^[:alnum:]]"), Value(""), Value("g"), function="regexp_replace"))
