"""Who may read and decide registrations. Pure yes or no."""

from epeken.users.models import User
from umkm.sellers.models import Seller
from umkm.sellers.policies import is_own_shop


def can_verify(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.verify_seller"))


def can_decide(actor: User, seller: Seller) -> bool:
    """A verifier decides on other people's shops only."""
    return can_verify(actor) and not is_own_shop(actor, seller)
