"""Reads of orders, receipts, bills, disputes: through what the person may see."""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from epeken.core.models import LockingQuerySet
from orders.states import BillState, DisputeState, OrderState, ReceiptState
from procurement.models import AgencyMember
from procurement.querysets import INSPECT


def _sides(user: Any, day: date, prefix: str = "") -> Q:
    """Buyer, seller's members, officers of the buying department."""
    shops = user.shop_memberships.filter(until__isnull=True).values("seller_id")
    agencies = AgencyMember.objects.of(user, day).values("agency_id")
    return (
        Q(**{f"{prefix}buyer": user})
        | Q(**{f"{prefix}seller_id__in": shops})
        | Q(**{f"{prefix}agency_id__in": agencies})
    )


class OrderQuerySet(LockingQuerySet):
    def visible_to(self, user: Any, day: date) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm(INSPECT):
            return self
        return self.filter(_sides(user, day))

    def of_seller_member(self, user: Any) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(seller_id__in=user.shop_memberships.filter(until__isnull=True).values("seller_id"))

    def of_agency_officer(self, user: Any, day: date) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm(INSPECT):
            return self.filter(agency__isnull=False)
        return self.filter(agency_id__in=AgencyMember.objects.of(user, day).values("agency_id"))

    def of_buyer(self, user: Any) -> Self:
        return self.filter(buyer=user) if getattr(user, "is_authenticated", False) else self.none()

    def placed(self) -> Self:
        return self.filter(state=OrderState.PLACED)

    def accepted(self) -> Self:
        return self.filter(state=OrderState.ACCEPTED)

    def counting(self) -> Self:
        """Orders that count against the monthly cap: placed and not closed."""
        return self.exclude(state=OrderState.CLOSED)

    def with_card(self) -> Self:
        return self.select_related("seller", "seller__kelurahan", "agency", "buyer", "bill", "request")


class _OfOrder(LockingQuerySet):
    def visible_to(self, user: Any, day: date) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm(INSPECT):
            return self
        return self.filter(_sides(user, day, "order__"))


class ReceiptQuerySet(_OfOrder):
    def arrived(self) -> Self:
        return self.filter(state=ReceiptState.ARRIVED)


class BillQuerySet(_OfOrder):
    def payable(self) -> Self:
        """Bills of departments that wait for their treasurer."""
        return self.filter(state__in=[BillState.BILLED, BillState.VERIFIED])


class DisputeQuerySet(_OfOrder):
    def undecided(self) -> Self:
        return self.exclude(state=DisputeState.DECIDED)


class CartQuerySet(LockingQuerySet):
    def of(self, user: Any, key: str) -> Self:
        """The signed-in person's cart, else the one kept under the visitor's key."""
        if getattr(user, "is_authenticated", False):
            return self.filter(user=user)
        return self.filter(user__isnull=True, key=key) if key else self.none()
