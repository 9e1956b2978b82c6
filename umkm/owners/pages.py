"""What a shop's people read of the other shops that count as one owner with it. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_date
from umkm.identity.models import IdentityChange
from umkm.identity.states import IdentityKind
from umkm.sellers.models import Seller

# By the fact two shops share, the changes of a shop's identity that can have brought it.
BROUGHT_BY = {
    "nik_index": (IdentityKind.OWNER, IdentityKind.TRANSFER),
    "bank_index": (IdentityKind.BANK, IdentityKind.TRANSFER),
}


@dataclass(frozen=True)
class OwnerTie:
    """`facts`: in words, without anybody's numbers. `since`: the day from which the last of them holds, at the latest;
    "" of what is not kept."""

    shop: str
    facts: list[str]
    since: str


def ties_of(seller: Seller) -> list[OwnerTie]:
    """The other shops with which this one shares a monthly cap, by name; two queries, none for a shop without owner."""
    if seller.owner_id is None:
        return []
    others = list(Seller.objects.filter(owner=seller.owner_id).exclude(pk=seller.pk).order_by("name", "pk"))
    changes = _changes([seller, *others]) if others else {}
    return [_tie(seller, other, changes) for other in others]


def _tie(seller: Seller, other: Seller, changes: dict[tuple[int, str], datetime]) -> OwnerTie:
    words = {"nik_index": _("NIK pemilik yang sama"), "bank_index": _("nomor rekening yang sama")}
    shared = [name for name in words if getattr(seller, name) and getattr(seller, name) == getattr(other, name)]
    if not shared:
        told = _("dicatat sebagai satu pemilik dahulu; NIK dan rekeningnya sekarang berbeda")
        return OwnerTie(str(other), [told], "")
    moments = [shop.approved_at for shop in (seller, other)]
    moments += [changes.get((shop.pk, kind)) for shop in (seller, other) for n in shared for kind in BROUGHT_BY[n]]
    last = max((moment for moment in moments if moment is not None), default=None)
    return OwnerTie(str(other), [words[name] for name in shared], long_date(last) if last else "")


def _changes(sellers: list[Seller]) -> dict[tuple[int, str], datetime]:
    """When the last change of each kind came into force, by shop and kind."""
    rows = IdentityChange.objects.filter(seller__in=sellers, applied_at__isnull=False).order_by("applied_at")
    return {(pk, kind): at for pk, kind, at in rows.values_list("seller_id", "kind", "applied_at") if at is not None}
