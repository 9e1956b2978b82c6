"""Reads of sellers and goods: who may see what, in which state, with which added columns."""

from datetime import date
from typing import Any, Self

from django.db.models import Q

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
            return self.filter(Q(state=SellerState.ACTIVE) | Q(members__user=user, members__until__isnull=True)).distinct()
        return self.active()


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


class ProposalQuerySet(LockingQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=ProposalState.WAITING)

    def visible_to(self, user: Any) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm("umkm.curate_product"):
            return self
        return self.filter(product__seller__members__user=user, product__seller__members__until__isnull=True)
