"""The dated rules of the app's nouns, found by core at the start."""

from umkm.appeals import rules as appeals
from umkm.area_checks import rules as area_checks
from umkm.assisted import rules as assisted
from umkm.automatic import rules as automatic
from umkm.catalogue import rules as catalogue
from umkm.exposure import rules as exposure
from umkm.identity import rules as identity
from umkm.imports import rules as imports
from umkm.market_prices import rules as market_prices
from umkm.members import rules as members
from umkm.owners import rules as owners
from umkm.requirements import rules as requirements
from umkm.sanctions import rules as sanctions
from umkm.seller_imports import rules as seller_imports
from umkm.sellers import rules as sellers
from umkm.separations import rules as separations
from umkm.tax_papers import rules as tax_papers
from umkm.validity import rules as validity
from umkm.verification import rules as verification

__all__ = [
    "appeals", "area_checks", "assisted", "automatic", "catalogue", "exposure", "identity", "imports", "market_prices",
    "members", "owners", "requirements", "sanctions", "seller_imports", "sellers", "separations", "tax_papers",
    "validity", "verification",
]  # fmt: skip
