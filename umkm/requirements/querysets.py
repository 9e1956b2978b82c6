"""Reads of requirements and of waivers."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q

from epeken.core.clock import over_by, valid_on
from epeken.core.models import LockingQuerySet
from umkm.requirements.states import WaiverState
from umkm.sellers.querysets import OfShopQuerySet
from umkm.verification.states import SellerDocumentKind

if TYPE_CHECKING:
    from umkm.sellers.models import Seller


class RequirementQuerySet(LockingQuerySet):
    def in_force(self, kind: str, day: date) -> Self:
        """What is asked of a seller of this kind on `day`, in the order of the page."""
        return self.filter(valid_on(day), seller_kind=kind).order_by("position", "pk")

    def documents(self) -> Self:
        """Those that are met by a document or photo."""
        return self.filter(subject__in=SellerDocumentKind.values)


class WaiverQuerySet(OfShopQuerySet):
    readers = ("umkm.verify_seller", "umkm.waive_requirement")

    def seen_by_members(self, user: object) -> Q:
        """What an earlier owner was excused from is none of their successor's."""
        return Q(seller__owner_since__isnull=True) | Q(given_at__gte=F("seller__owner_since"))

    def counting(self, seller: "Seller", day: date) -> Self:
        """Those that excuse the shop on the day: given to a shop of its kind and to the owner it has. Their last day is
        included, whether or not the watch of the night has come by."""
        found = self.filter(valid_on(day), seller=seller, seller_kind=seller.kind, state=WaiverState.IN_FORCE)
        return found if seller.owner_since is None else found.filter(given_at__gte=seller.owner_since)

    def to_end(self, day: date) -> Self:
        """In force, and their last day is over."""
        return self.filter(over_by(day), state=WaiverState.IN_FORCE)

    def ending(self, day: date, last: date) -> Self:
        """In force, with a last day from `day` to `last`."""
        return self.filter(~over_by(day), over_by(last + timedelta(days=1)), state=WaiverState.IN_FORCE)
