"""What may become of goods that their receiver refused. Pure yes or no."""

from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_meal


def is_sold_again(product: Product) -> bool:
    """Not food that is eaten as it comes: it spoils in hours, so nobody is asked."""
    return not is_meal(product)
