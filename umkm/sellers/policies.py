"""Who may act for a shop, or freeze it, and who is tied to it. Pure yes or no."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from epeken.users.models import User, Visitor
from epeken.users.page_memory import remembered
from umkm.sellers.models import Seller, SellerMember


def can_act_for(actor: Visitor, seller: Seller) -> bool:
    """A person who is a member of the shop today."""
    return seller in own_shops(actor)


def own_shops(actor: Visitor) -> list[Seller]:
    """Shops the person may act for today, the oldest first."""
    return [member.seller for member in _memberships(actor) if member.until is None]


def _memberships(actor: Visitor) -> list[SellerMember]:
    """Also those that ended; by shop."""

    if not isinstance(actor, User):
        return []
    rows = SellerMember.objects.filter(user=actor).select_related("seller").order_by("seller_id")
    return remembered(actor, ("shops",), lambda: list(rows))


def is_own_shop(actor: User, seller: Seller) -> bool:
    """Anyone who ever belonged to the shop is its own judge, also after leaving it."""
    return seller.members.filter(user_id=actor.pk).exists()


@dataclass(frozen=True)
class Ties:
    """The shops a person ever belonged to, and their owners, by pk."""

    shops: frozenset[int]
    owners: frozenset[int]

    def __contains__(self, seller: Seller) -> bool:
        return seller.pk in self.shops or seller.owner_id in self.owners

    def of(self, path: str) -> Q:
        """`in` for rows whose `path` is a shop."""
        return Q(**{f"{path}__in": self.shops}) | Q(**{f"{path}__owner__in": self.owners})


def ties_of(actor: Visitor) -> Ties:
    """Whoever belonged to a shop, also formerly, takes no side of an office's purchase from it or its owner's others.

    Source: Perpres 16/2018 art. 7(1) letter e (conflicts of interest are avoided).
    """
    sellers = [member.seller for member in _memberships(actor)]
    return Ties(frozenset(s.pk for s in sellers), frozenset(s.owner_id for s in sellers if s.owner_id is not None))


def tied_people(people: Iterable[User], sellers: Iterable[Seller]) -> set[int]:
    """Pks of those of the people who are tied to one of the shops. One query."""
    shops = list(sellers)
    owners = {shop.owner_id for shop in shops if shop.owner_id}
    rows = SellerMember.objects.filter(Q(seller__in=shops) | Q(seller__owner__in=owners), user__in=list(people))
    return set(rows.values_list("user_id", flat=True))


def can_freeze(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.freeze_seller"))
