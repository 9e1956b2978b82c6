"""Who may excuse a shop from a requirement. Pure yes or no."""

from epeken.users.models import User
from umkm.sellers.models import Seller
from umkm.sellers.policies import is_tied


def can_waive(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.waive_requirement"))


def can_waive_for(actor: User, seller: Seller) -> bool:
    return can_waive(actor) and not is_tied(actor, seller)
