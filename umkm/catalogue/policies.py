"""Who may curate. Pure yes or no."""

from epeken.users.models import User
from umkm.catalogue.models import Product
from umkm.catalogue.states import ProductState
from umkm.sellers.states import SellerState


def is_for_sale(product: Product) -> bool:
    """Approved goods of an active shop, whatever is left of them; `ProductQuerySet.for_sale` is the twin in SQL."""
    return product.state == ProductState.PUBLISHED and product.seller.state == SellerState.ACTIVE


def can_curate(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.curate_product"))
