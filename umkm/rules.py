"""The dated rules of the app's nouns, found by core at the start."""

from umkm.appeals import rules as appeals
from umkm.automatic import rules as automatic
from umkm.catalogue import rules as catalogue
from umkm.identity import rules as identity
from umkm.imports import rules as imports
from umkm.market_prices import rules as market_prices
from umkm.owners import rules as owners
from umkm.sanctions import rules as sanctions
from umkm.sellers import rules as sellers
from umkm.tax_papers import rules as tax_papers
from umkm.validity import rules as validity

__all__ = [
    "appeals", "automatic", "catalogue", "identity", "imports", "market_prices", "owners", "sanctions", "sellers",
    "tax_papers",
    "validity",
]  # fmt: skip
