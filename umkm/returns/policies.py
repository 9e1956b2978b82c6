"""What may become of goods that their receiver refused. Pure yes or no."""

from decimal import Decimal

from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_made_ahead, is_meal


def is_sold_again(product: Product) -> bool:
    """Not food that is eaten as it comes: it spoils in hours, so nobody is asked."""
    return not is_meal(product)


def expected_back(product: Product, refused: Decimal) -> Decimal:
    """How much of it is likely back on the shelf, before its seller looked: nothing of what must be fresh."""
    return refused if is_made_ahead(product) else Decimal(0)
