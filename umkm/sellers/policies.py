"""Who may act for a shop, or freeze it. Pure yes or no."""

from epeken.users.models import User
from umkm.sellers.models import Seller


def can_act_for(actor: User, seller: Seller) -> bool:
    """A person who is a member of the shop today."""
    if not getattr(actor, "is_authenticated", False):
        return False
    return seller.members.filter(user_id=actor.pk, until__isnull=True).exists()


def is_own_shop(actor: User, seller: Seller) -> bool:
    """Anyone who ever belonged to the shop is its own judge, also after leaving it."""
    return seller.members.filter(user_id=actor.pk).exists()


def can_freeze(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.freeze_seller"))
