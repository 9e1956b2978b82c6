"""Who may act for a shop, or freeze it, and who is tied to it. Pure yes or no."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from epeken.core.queries import written_once
from epeken.users.models import User, Visitor
from epeken.users.page_memory import remembered
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.querysets import same_owner
from umkm.sellers.states import RUNNING, SellerState

# Where a shop stands among several of one person.
_PLACES: dict[str, int] = {
    **dict.fromkeys(RUNNING, 0), SellerState.SUBMITTED: 1, SellerState.SENT_BACK: 1, SellerState.DRAFT: 2,
    SellerState.REJECTED: 2,
}  # fmt: skip


def can_act_for(actor: Visitor, seller: Seller) -> bool:
    """A person who is a member of the shop today."""
    return seller in own_shops(actor)


def is_owner(actor: Visitor, seller: Seller) -> bool:
    """A person who runs the shop as its owner today; helpers do not."""
    return any(
        one.seller_id == seller.pk and one.until is None and one.role == SellerMember.Role.OWNER
        for one in _memberships(actor)
    )


def own_shops(actor: Visitor) -> list[Seller]:
    """Shops the person may act for today, the oldest first."""
    return [member.seller for member in _memberships(actor) if member.until is None]


def had_shop(actor: Visitor) -> bool:
    """Whether the person may or might act for a shop, be it a draft or one that left."""
    return bool(_memberships(actor))


def first_to_run(shops: Iterable[Seller]) -> list[Seller]:
    """Of several shops those on the market first, then registrations that wait for somebody, then the others; those
    that left last. Within each the oldest first."""
    return sorted(shops, key=lambda shop: (_PLACES.get(shop.state, len(_PLACES)), shop.pk))


def members_of(seller_pk: int) -> list[User]:
    """Everybody who may act for the shop today."""
    return members_by_shop([seller_pk])[seller_pk]


def members_by_shop(seller_pks: Iterable[int]) -> dict[int, list[User]]:
    """Everybody who may act for each of the shops today, by its pk. One query."""
    found: dict[int, list[User]] = {pk: [] for pk in seller_pks}
    for member in _members_today(tuple(found)) if found else ():
        found[member.seller_id].append(member.user)
    return found


@written_once
def _members_today(shops: Any) -> Any:
    today = SellerMember.objects.filter(seller_id__in=shops, until__isnull=True)
    return today.select_related("user").order_by("user_id")


def _memberships(actor: Visitor) -> list[SellerMember]:
    """Also those that ended; by shop."""

    if not isinstance(actor, User):
        return []
    return remembered(actor, ("shops",), lambda: _rows_of(actor.pk))


@written_once
def _rows_of(person: Any) -> Any:
    return SellerMember.objects.filter(user=person).select_related("seller").order_by("seller_id")


def ties_of(actor: Visitor) -> frozenset[int]:
    """Pks of the shops a person is tied to: those they ever belonged to or share a phone number with, and the others of
    their beneficial owners.

    Who is tied to a shop neither judges it or its goods nor takes a side of an office's purchase from it.
    Source: Perpres 16/2018 art. 7(1) letter e (conflicts of interest are avoided).
    """

    def read() -> frozenset[int]:
        phone = getattr(actor, "phone", "")
        called = Seller.objects.filter(phone=phone) if phone else ()
        return related_shops([*(member.seller for member in _memberships(actor)), *called])

    return remembered(actor, ("ties",), read)


def is_tied(actor: Visitor, seller: Seller) -> bool:
    return seller.pk in ties_of(actor)


def ties_by_person(people: Any) -> dict[int, frozenset[int]]:
    """`ties_of` for each of the people (rows, or a query of their pks) who is tied to a shop."""
    found: dict[int, list[Seller]] = defaultdict(list)
    asked = User.objects.filter(pk__in=people).only("phone") if isinstance(people, QuerySet) else people
    phones = {person.pk: person.phone for person in asked if person.phone}
    for seller in Seller.objects.filter(phone__in=set(phones.values())) if phones else ():
        for person in [pk for pk, phone in phones.items() if phone == seller.phone]:
            found[person].append(seller)
    for member in SellerMember.objects.filter(user__in=people).select_related("seller").order_by("pk"):
        found[member.user_id].append(member.seller)
    return {person: related_shops(own) for person, own in found.items()}


def tied_people(people: Iterable[User], sellers: Iterable[Seller]) -> set[int]:
    """Pks of those of the people who are tied to one of the shops."""
    asked, related = list(people), related_shops(sellers)
    found = set(SellerMember.objects.filter(seller__in=related, user__in=asked).values_list("user_id", flat=True))
    if numbers := {person.phone for person in asked} - {""}:
        called = set(Seller.objects.filter(pk__in=related, phone__in=numbers).values_list("phone", flat=True))
        found |= {person.pk for person in asked if person.phone in called}
    return found


def related_shops(sellers: Iterable[Seller]) -> frozenset[int]:
    """Pks of the shops and of all others of their beneficial owners, also before an approval gave them that owner.

    One query, and one for each step by which a relative leads to another; none without shops.
    """
    found = {seller.pk: seller for seller in sellers}
    known: set[int] = set()
    while known < found.keys():
        known = set(found)
        columns = ("owner", "nik_index", "bank_index")
        found |= Seller.objects.filter(same_owner(found.values())).only(*columns).in_bulk()
    return frozenset(found)


def can_freeze(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.freeze_seller"))
