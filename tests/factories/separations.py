"""Shops that count as one owner's since they gave one account, and requests to separate them."""

from datetime import datetime
from typing import Any

from epeken.core.idempotency import new_key
from tests.factories import umkm as make
from tests.kept_steps import kept
from tests.umkm.pictures import photo
from umkm.owners import services as owners
from umkm.sellers.models import Seller
from umkm.separations import services
from umkm.separations.models import SeparationRequest

WORDS = "Rekening itu milik koperasi, usahanya lain orang."


@kept
def tied(member: Any = None, **over: Any) -> tuple[Seller, Seller]:
    """Shops of two people; `over`: of the second."""
    shop = make.make_seller(member)
    return shop, make.make_seller(**{"owner": shop.owner, "bank_account": shop.bank_account, **over})


@kept
def ask(shop: Seller, other: Seller, now: datetime, **over: Any) -> SeparationRequest:
    """By the first owner of the shop; `seed`: which photo is shown."""
    over.setdefault("actor", shop.members.earliest("pk").user)
    over.setdefault("photos", [photo(over.pop("seed", 1))])
    return services.request_separation(
        **{"seller": shop, "other": other, "words": WORDS, "key": new_key(), "now": now, **over}
    )


@kept
def asked(now: datetime, *, actor: Any = None) -> SeparationRequest:
    return ask(*tied(actor), now)


@kept
def separated(shop: Seller, other: Seller, now: datetime) -> SeparationRequest:
    officer, request = make.make_staff("umkm.verify_seller"), ask(shop, other, now)
    note = "Buku rekening atas nama koperasi"
    return services.separate_shops(actor=officer, separation=request, note=note, now=now)


@kept
def rejoin(shop: Seller, now: datetime) -> None:
    """As an approval of the shop, or of a change of its identity, does."""
    related = owners.locked_with_relatives(shop)
    Seller.objects.filter(pk=shop.pk).update(owner=owners.owner_for(shop, related, now=now))


@kept
def tied_anew(shop: Seller, other: Seller, now: datetime) -> None:
    """Both give one account again, another than the one that was set aside: the separation ends."""
    made = make.make_seller()
    fact = {"bank_account": made.bank_account, "bank_index": made.bank_index}
    Seller.objects.filter(pk__in=[shop.pk, other.pk]).update(**fact)
    Seller.objects.filter(pk=made.pk).update(bank_account="", bank_index="")
    rejoin(Seller.objects.get(pk=other.pk), now)
