"""Django looks here for the admin of the app; it lies with its nouns."""

from umkm.appeals import admin as appeals
from umkm.area_checks import admin as area_checks
from umkm.automatic import admin as automatic
from umkm.catalogue.admin import products as products
from umkm.catalogue.admin import proposals as proposals
from umkm.consents import admin as consents
from umkm.discovery import admin as discovery
from umkm.identity import admin as identity
from umkm.price_standards import admin as price_standards
from umkm.requirements import admin as requirements
from umkm.seller_imports import admin as seller_imports
from umkm.sellers import admin as sellers
from umkm.separations import admin as separations
from umkm.tax_papers import admin as tax_papers
from umkm.verification import admin as verification

__all__ = [
    "appeals", "area_checks", "automatic", "consents", "discovery", "identity", "price_standards", "products",
    "proposals", "requirements", "seller_imports", "sellers", "separations", "tax_papers", "verification",
]  # fmt: skip
