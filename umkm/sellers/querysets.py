"""Reads of shops."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import Lower

from epeken.core.clock import ZONE
from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor
from umkm.owners.models import SHOWN_FACTS, SeparatedTie
from umkm.sellers.states import SellerState

if TYPE_CHECKING:
    from umkm.sellers.models import Seller


class SellerQuerySet(LockingQuerySet):
    def active(self) -> Self:
        return self.filter(state=SellerState.ACTIVE)

    def of_member(self, user: Visitor) -> Self:
        """Shops the person may act for today."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(members__user=user, members__until__isnull=True).distinct()

    def visible_to(self, user: Visitor) -> Self:
        """Anyone sees active shops; members their own in any state; verifiers all."""
        if getattr(user, "is_authenticated", False):
            if user.has_perm("umkm.verify_seller"):
                return self
            mine = Q(members__user=user, members__until__isnull=True)
            return self.filter(Q(state=SellerState.ACTIVE) | mine).distinct()
        return self.active()

    def open_at(self, moment: datetime) -> Self:
        """Shops whose hours say they are open: `hours.is_open` in SQL."""
        local = moment.astimezone(ZONE)
        today, hour = local.date(), local.time()
        yesterday = today - timedelta(days=1)
        by_day = Q(opens_at__lt=F("closes_at"), opens_at__lte=hour, closes_at__gt=hour) & _opens_on(today)
        late = Q(opens_at__lte=hour) & _opens_on(today)
        early = Q(closes_at__gt=hour) & _opens_on(yesterday)
        own = by_day | (Q(opens_at__gte=F("closes_at")) & (late | early))
        return self.filter(own, Q(food_court__isnull=True) | _court_open_at(hour))


class OfShopQuerySet(LockingQuerySet):
    """Of rows with `seller` that its people and some officers read."""

    readers: tuple[str, ...] = ("umkm.verify_seller",)

    def visible_to(self, user: Visitor) -> Self:
        """These officers see all, members those of their shop; nobody else any."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if any(user.has_perm(name) for name in self.readers):
            return self
        return self.filter(self.seen_by_members(user), seller__members__user=user, seller__members__until__isnull=True)

    def seen_by_members(self, user: Visitor) -> Q:
        """Which rows of their shop."""
        return Q()


class PaperQuerySet(OfShopQuerySet):
    """Of papers that say something of the owner, not of the shop."""

    def seen_by_members(self, user: Visitor) -> Q:
        """What an earlier owner brought is none of their successor's, and an owner's papers are none of who helps."""
        mine = Q(seller__owner_since__isnull=True) | Q(uploaded_at__gte=F("seller__owner_since"))
        return (mine & Q(seller__members__role="owner")) | Q(uploaded_by=user)


def same_owner(sellers: Iterable["Seller"]) -> Q:
    """Over shops: one of these, or its owner, or a shop that shows the same NIK or bank account and was not separated
    from every one of these that shows it.

    Source: the monthly limit counts per beneficial owner, not per shop.
    """
    rows = list(sellers)
    found = Q(pk__in=[row.pk for row in rows])
    if owners := {row.owner_id for row in rows} - {None}:
        found |= Q(owner_id__in=owners)
    for fact in SHOWN_FACTS:
        holders: dict[str, set[int | None]] = defaultdict(set)
        for row in rows:
            holders[getattr(row, fact)].add(row.pk)
        holders.pop("", None)
        alone = {value: pks for value, pks in holders.items() if len(pks) == 1}
        if alone:
            found |= Q(~_separated(fact, alone), **{f"{fact}__in": alone})
        for value in holders.keys() - alone.keys():
            for pk in holders[value]:
                found |= Q(~_separated(fact, {value: {pk}}), **{fact: value})
    return found


def letters_of(text: str | Value) -> Func:
    """A text, or a column by its name, in small letters and digits alone: `seller_name_letters` finds by it."""
    found = [Lower(text), Value("[^[:alnum:]]+"), Value(""), Value("g")]
    return Func(*found, function="regexp_replace", output_field=TextField())


def _court_open_at(hour: time) -> Q:
    by_day = Q(food_court__opens_at__lt=F("food_court__closes_at"))
    begun, goes_on = Q(food_court__opens_at__lte=hour), Q(food_court__closes_at__gt=hour)
    return (by_day & begun & goes_on) | (~by_day & (begun | goes_on))


def _separated(fact: str, holders: dict[str, set[int | None]]) -> Exists:
    """Whether the shop of the row shows one of these values and was separated from who is named with it."""
    pairs = Q()
    for value, pks in holders.items():
        pairs |= Q(value=value, seller__in=[pk for pk in pks if pk is not None])
    return Exists(SeparatedTie.objects.filter(pairs, other=OuterRef("pk"), fact=fact, value=OuterRef(fact)))


def _opens_on(day: date) -> Q:
    works = Q(open_days__contains=str(day.isoweekday()))
    return works & (Q(closed_until__isnull=True) | Q(closed_until__lt=day))
