"""Reads of goods and change proposals."""

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q, Subquery

from epeken.core import clock
from epeken.core.models import LockingQuerySet
from epeken.users.models import User, Visitor
from umkm.catalogue.states import GONE, FoodKind, Keeps, ProductState, ProposalState
from umkm.sellers.states import SellerState

SUBMITTED = Q(state=ProductState.SUBMITTED)
WAITING = Q(state=ProposalState.WAITING)
_FOR_SALE = Q(state=ProductState.PUBLISHED, seller__state=SellerState.ACTIVE)
_CARD = (
    "name", "option_1", "option_2", "price", "tiers", "unit", "picture", "halal_number", "state", "standing",
    "published_at",
    "group", "category__name", "category__slug", "category__parent",
    *(f"seller__{name}" for name in ("name", "slug", "kind", "state", "owner_id")),
    "seller__kelurahan__name", "seller__food_court__name",
)  # fmt: skip


def has_checked_halal(day: date) -> Q:
    """Goods whose halal certificate a verifier saw, and that holds on `day`; `search._HALAL` says it in SQL."""
    from umkm.verification.models import SellerDocument
    from umkm.verification.states import SellerDocumentKind

    papers = SellerDocument.objects.checked_on(day).filter(seller=OuterRef("seller"), kind=SellerDocumentKind.HALAL)
    return ~Q(halal_number="") & Q(Exists(papers.of_number(OuterRef("halal_number"))))


def meals(*, keeps: str = "keeps") -> Q:
    """`policies.is_meal` in SQL, of goods or of lines. `keeps`: where the rows have it."""
    return ~Q(food_kind=FoodKind.NONE) | Q(**{keeps: Keeps.COOKED})


class ProductQuerySet(LockingQuerySet):
    def for_sale(self) -> Self:
        """Goods anyone may find and buy: `policies.is_for_sale` in SQL."""
        return self.filter(_FOR_SALE)

    def of_member(self, user: User) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(seller__members__user=user, seller__members__until__isnull=True)

    def visible_to(self, user: Visitor) -> Self:
        if getattr(user, "is_authenticated", False):
            if user.has_perm("umkm.curate_product"):
                return self
            mine = Q(seller__members__user=user, seller__members__until__isnull=True)
            return self.filter(_FOR_SALE | mine).distinct()
        return self.for_sale()

    def one_of_each_group(self) -> Self:
        """Of the variants on show of a group the first one; other goods all."""
        earlier = self.model.objects.for_sale().filter(group=OuterRef("group"), pk__lt=OuterRef("pk"))
        return self.filter(Q(group__isnull=True) | ~Exists(earlier))

    def with_first_variant(self) -> Self:
        """`first_variant`: pk of the first of the group that is not gone; None of goods without one."""
        mine = self.model.objects.filter(group=OuterRef("group")).exclude(state__in=GONE).order_by("pk")
        return self.annotate(first_variant=Subquery(mine.values("pk")[:1]))

    def with_card(self, day: date | None = None) -> Self:
        """Everything a product card shows, without a query per card. `day`: on which certificates hold, today."""
        found = self.select_related("seller", "seller__kelurahan", "seller__food_court", "category")
        return found.annotate(halal_seen=has_checked_halal(day or clock.today()))

    def as_cards(self, day: date | None = None) -> Self:
        """The columns of a public card and no more: nothing personal is read, nothing is decrypted."""
        return self.with_card(day).only(*_CARD)

    def as_offers(self) -> Self:
        """What a card shows and whether so much can come by a day is told from; nothing personal either."""
        shop = (
            "open_days",
            "opens_at",
            "closes_at",
            "closed_until",
            "order_until",
            "offers_delivery",
            "offers_pickup",
            "delivery_fee",
        )
        return self.as_cards().only(
            *_CARD, "minimum", "step", "stock_mode", "on_hand", "daily_capacity", "lead_days", "order_until",
            "food_kind", "keeps",
            *(f"seller__{name}" for name in shop), "seller__food_court__opens_at", "seller__food_court__closes_at",
        )  # fmt: skip


class ProposalQuerySet(LockingQuerySet):
    def waiting(self) -> Self:
        return self.filter(WAITING)

    def visible_to(self, user: Visitor) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm("umkm.curate_product"):
            return self
        return self.filter(product__seller__members__user=user, product__seller__members__until__isnull=True)
