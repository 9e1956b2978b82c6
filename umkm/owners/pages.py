"""What a shop's people read of the other shops that count as one owner with it. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_date
from umkm.identity.models import IdentityChange
from umkm.identity.states import IdentityKind
from umkm.owners import ties
from umkm.owners.models import TieFact
from umkm.sellers.models import Seller

# By the fact two shops share, the changes of a shop's identity that can have brought it.
BROUGHT_BY = {
    TieFact.NIK: (IdentityKind.OWNER, IdentityKind.TRANSFER),
    TieFact.BANK: (IdentityKind.BANK, IdentityKind.TRANSFER),
}


@dataclass(frozen=True)
class OwnerTie:
    """`facts`: in words, without anybody's numbers. `since`: the day from which the last of them holds, at the latest;
    "" of what is not kept. `other`: pk of the shop."""

    shop: str
    facts: list[str]
    since: str
    other: int


def ties_of(seller: Seller) -> list[OwnerTie]:
    """The other shops with which this one shares a monthly cap, by name; three queries, none for a shop without
    owner."""
    if seller.owner_id is None:
        return []
    others = list(Seller.objects.filter(owner=seller.owner_id).exclude(pk=seller.pk).order_by("name", "pk"))
    if not others:
        return []
    separated, changes = ties.separated_of([seller, *others]), _changes([seller, *others])
    joined = ties.joined_by_facts(seller, others, separated)
    return [_tie(seller, other, joined, separated, changes) for other in others]


def _tie(
    seller: Seller,
    other: Seller,
    joined: list[Seller],
    separated: ties.Separated,
    changes: dict[tuple[int, str], datetime],
) -> OwnerTie:
    shared = ties.facts_between(seller, other, separated)
    if shared:
        moments = [shop.approved_at for shop in (seller, other)]
        moments += [changes.get((shop.pk, kind)) for shop in (seller, other) for n in shared for kind in BROUGHT_BY[n]]
        last = max((moment for moment in moments if moment is not None), default=None)
        return OwnerTie(str(other), [str(fact.label) for fact in shared], long_date(last) if last else "", other.pk)
    if other in joined:
        between = [str(shop) for shop in joined if shop != other and ties.facts_between(shop, other, separated)]
        told = _("lewat %(shop)s, yang terikat dengan keduanya") % {"shop": between[0]}
    else:
        told = _("dicatat sebagai satu pemilik dahulu; NIK dan rekeningnya sekarang berbeda")
    return OwnerTie(str(other), [told], "", other.pk)


def _changes(sellers: list[Seller]) -> dict[tuple[int, str], datetime]:
    """When the last change of each kind came into force, by shop and kind."""
    rows = IdentityChange.objects.filter(seller__in=sellers, applied_at__isnull=False).order_by("applied_at")
    return {(pk, kind): at for pk, kind, at in rows.values_list("seller_id", "kind", "applied_at") if at is not None}
