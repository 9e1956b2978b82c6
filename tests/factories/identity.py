"""Changes of a shop's identity at each stage, through the services."""

from datetime import datetime, timedelta
from typing import Any

from epeken.core.idempotency import new_key
from tests.kept_steps import kept
from tests.umkm.pictures import photo
from umkm.identity import services
from umkm.identity.models import IdentityChange
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller, SellerMember

ACCOUNT = {"bank_name": "Bank Baru", "bank_account": "9111 2222 3333", "bank_holder": "Lirih Semanggi"}


@kept
def owner_of(seller: Seller) -> Any:
    return seller.members.get(role=SellerMember.Role.OWNER, until__isnull=True).user


@kept
def proposed(seller: Seller, now: datetime, kind: str = "bank", **over: Any) -> IdentityChange:
    given: dict[str, Any] = {
        "actor": owner_of(seller), "seller": seller, "kind": kind, "values": ACCOUNT, "reason": "Ganti bank",
        "file": photo(31), "key": new_key(), "now": now, **over,
    }  # fmt: skip
    return services.propose_change(**given)


@kept
def waiting(seller: Seller, now: datetime, kind: str = "bank", **over: Any) -> IdentityChange:
    return services.check_change(change=proposed(seller, now, kind, **over), now=now)


@kept
def looked_at(change: IdentityChange, officer: Any, now: datetime) -> IdentityChange:
    """The officer opened the proof."""
    for paper in services.evidence_of(change):
        sellers.log_view(actor=officer, seller=change.seller, what=paper.kind, document=paper, now=now)
    return change


@kept
def noted(change: IdentityChange, officer: Any, now: datetime) -> IdentityChange:
    """Looked at, and every finding noted."""
    looked_at(change, officer, now)
    for check in change.checks.unacknowledged():
        services.acknowledge_finding(actor=officer, check=check, now=now)
    return change


@kept
def approved(seller: Seller, officer: Any, now: datetime, kind: str = "bank", **over: Any) -> IdentityChange:
    return services.approve_change(
        actor=officer, change=noted(waiting(seller, now, kind, **over), officer, now), now=now
    )


@kept
def in_force(seller: Seller, officer: Any, now: datetime, kind: str = "bank", **over: Any) -> IdentityChange:
    """`now`: when it came into force."""
    change = approved(seller, officer, now - timedelta(hours=72), kind, **over)
    return services.apply_change(change=change, now=now)
