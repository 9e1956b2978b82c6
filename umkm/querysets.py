"""Reads of sellers and goods: who may see what, in which state, with which added columns."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import F, Q

from epeken.core.clock import WIB
from epeken.core.models import LockingQuerySet
from umkm.states import CaseState, ProductState, ProposalState, SellerState


class SellerQuerySet(LockingQuerySet):
    def active(self) -> Self:
        return self.filter(state=SellerState.ACTIVE)

    def of_member(self, user: Any) -> Self:
        """Shops the person may act for today."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(members__user=user, members__until__isnull=True).distinct()

    def visible_to(self, user: Any) -> Self:
        """Anyone sees active shops; members their own in any state; verifiers all."""
        if getattr(user, "is_authenticated", False):
            if user.has_perm("umkm.verify_seller"):
                return self
            mine = Q(members__user=user, members__until__isnull=True)
            return self.filter(Q(state=SellerState.ACTIVE) | mine).distinct()
        return self.active()

    def open_at(self, moment: datetime) -> Self:
        """Shops whose hours say they are open; the same rule as `hours.is_open`."""
        local = moment.astimezone(WIB)
        today, yesterday = str(local.isoweekday()), str((local - timedelta(days=1)).isoweekday())
        time = local.time()
        by_day = Q(opens_at__lt=F("closes_at"), open_days__contains=today, opens_at__lte=time, closes_at__gt=time)
        overnight = Q(opens_at__gte=F("closes_at")) & (
            Q(open_days__contains=today, opens_at__lte=time) | Q(open_days__contains=yesterday, closes_at__gt=time)
        )
        return self.filter(by_day | overnight).filter(Q(closed_until__isnull=True) | Q(closed_until__lt=local.date()))


class CaseQuerySet(LockingQuerySet):
    def open(self) -> Self:
        return self.filter(state__in=[CaseState.CHECKING, CaseState.WAITING])

    def visible_to(self, user: Any) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm("umkm.verify_seller"):
            return self
        return self.filter(seller__members__user=user, seller__members__until__isnull=True)


class DocumentQuerySet(LockingQuerySet):
    def current(self) -> Self:
        """Documents that were not replaced by a newer one."""
        return self.filter(replaced_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm("umkm.verify_seller"):
            return self
        return self.filter(seller__members__user=user, seller__members__until__isnull=True)


class RequirementQuerySet(LockingQuerySet):
    def in_force(self, kind: str, day: date) -> Self:
        """Documents a seller of this kind brings on `day`, in the order of the page."""
        return (
            self.filter(seller_kind=kind, valid_from__lte=day)
            .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
            .order_by("position", "pk")
        )


class ProductQuerySet(LockingQuerySet):
    def published(self) -> Self:
        """Goods anyone may find: approved, of an active shop."""
        return self.filter(state=ProductState.PUBLISHED, seller__state=SellerState.ACTIVE)

    def of_member(self, user: Any) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(seller__members__user=user, seller__members__until__isnull=True)

    def visible_to(self, user: Any) -> Self:
        if getattr(user, "is_authenticated", False):
            if user.has_perm("umkm.curate_product"):
                return self
            mine = Q(seller__members__user=user, seller__members__until__isnull=True)
            return self.filter(Q(state=ProductState.PUBLISHED, seller__state=SellerState.ACTIVE) | mine).distinct()
        return self.published()

    def with_card(self) -> Self:
        """Everything a product card shows, without a query per card."""
        return self.select_related("seller", "seller__kelurahan", "seller__food_court", "category")

    def as_cards(self) -> Self:
        """The columns of a public card and no more: nothing personal is read, nothing is decrypted."""
        shop = "seller__"
        return self.select_related("seller", "seller__kelurahan", "seller__food_court", "category").only(
            "name", "price", "unit", "picture", "is_halal", "state", "published_at", "category__name", "category__slug",
            *(shop + name for name in ("name", "slug", "kind", "state", "owner_id")),
            "seller__kelurahan__name", "seller__food_court__name",
        )  # fmt: skip


class ProposalQuerySet(LockingQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=ProposalState.WAITING)

    def visible_to(self, user: Any) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm("umkm.curate_product"):
            return self
        return self.filter(product__seller__members__user=user, product__seller__members__until__isnull=True)
