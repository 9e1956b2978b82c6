"""Shops that pass to another person, at each stage, through the services."""

from datetime import datetime, timedelta
from typing import Any

from epeken.core.idempotency import new_key
from tests.factories import umkm as make
from tests.factories.identity import noted, owner_of
from tests.kept_steps import kept
from tests.umkm.pictures import photo
from umkm.identity import services, transfers
from umkm.identity.models import IdentityChange
from umkm.sellers.models import Seller
from umkm.verification.states import SellerDocumentKind

NIK = make.make_nik(977)
ACCOUNT = "700011112222"


def data(**over: Any) -> dict[str, Any]:
    return {
        "owner_name": "Sekar Pandan", "nik": NIK, "phone": "0812 7000 1111", "email": "sekar@contoh.invalid",
        "bank_name": "Bank Baru", "bank_account": ACCOUNT, "bank_holder": "Sekar Pandan", "nib": "", "npwp": "", **over,
    }  # fmt: skip


def papers() -> dict[Any, Any]:
    return {SellerDocumentKind.KTP: photo(71), SellerDocumentKind.BANK_BOOK: photo(72)}


@kept
def offered(seller: Seller, heir: Any, now: datetime, **over: Any) -> IdentityChange:
    given = {"actor": owner_of(seller), "address": heir.email, "reason": "Pindah kota", "key": new_key(), **over}
    return transfers.offer_transfer(seller=seller, now=now, **given)


@kept
def taken(seller: Seller, heir: Any, now: datetime, **over: Any) -> IdentityChange:
    """Checked, and before the verifier."""
    change = transfers.take_transfer(
        actor=heir, change=offered(seller, heir, now), values=data(**over), files=papers(), consented=True, now=now
    )
    return services.check_change(change=change, now=now)


@kept
def approved(seller: Seller, heir: Any, officer: Any, now: datetime, **over: Any) -> IdentityChange:
    return services.approve_change(actor=officer, change=noted(taken(seller, heir, now, **over), officer, now), now=now)


@kept
def passed(seller: Seller, heir: Any, now: datetime, **over: Any) -> IdentityChange:
    """`now`: when it came into force."""
    officer = make.make_staff("umkm.verify_seller")
    change = approved(seller, heir, officer, now - timedelta(hours=72), **over)
    return services.apply_change(change=change, now=now)
