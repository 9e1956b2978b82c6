"""Who may act for a shop, or freeze it. Pure yes or no."""

from epeken.users.models import User, Visitor
from epeken.users.page_memory import remembered
from umkm.sellers.models import Seller


def can_act_for(actor: Visitor, seller: Seller) -> bool:
    """A person who is a member of the shop today."""
    return seller in own_shops(actor)


def own_shops(actor: Visitor) -> list[Seller]:
    """Shops the person may act for today, the first they joined first."""
    return remembered(actor, ("shops",), lambda: list(Seller.objects.of_member(actor).order_by("pk")))


def is_own_shop(actor: User, seller: Seller) -> bool:
    """Anyone who ever belonged to the shop is its own judge, also after leaving it."""
    return seller.members.filter(user_id=actor.pk).exists()


def can_freeze(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.freeze_seller"))
