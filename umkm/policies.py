"""Pure yes or no: who may do what with a shop and its goods."""

from typing import Any

from umkm.models import Seller


def can_act_for(actor: Any, seller: Seller) -> bool:
    """A person who is a member of the shop today."""
    if not getattr(actor, "is_authenticated", False):
        return False
    return seller.members.filter(user_id=actor.pk, until__isnull=True).exists()


def can_verify(actor: Any) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.verify_seller"))


def can_decide(actor: Any, seller: Seller) -> bool:
    """A verifier decides on other people's shops only."""
    return can_verify(actor) and not is_own_shop(actor, seller)


def is_own_shop(actor: Any, seller: Seller) -> bool:
    """Anyone who ever belonged to the shop is its own judge, also after leaving it."""
    return seller.members.filter(user_id=actor.pk).exists()


def can_freeze(actor: Any) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.freeze_seller"))


def can_curate(actor: Any) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.curate_product"))
