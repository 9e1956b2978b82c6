"""Celery looks here for the tasks of the app; they lie with their nouns."""

from umkm.appeals import tasks as appeals
from umkm.area_checks import tasks as area_checks
from umkm.assisted import tasks as assisted
from umkm.discovery import tasks as discovery
from umkm.exposure import tasks as exposure
from umkm.identity import tasks as identity
from umkm.imports import tasks as imports
from umkm.sanctions import tasks as sanctions
from umkm.seller_imports import tasks as seller_imports
from umkm.separations import tasks as separations
from umkm.tax_papers import tasks as tax_papers
from umkm.validity import tasks as validity
from umkm.verification import tasks as verification

__all__ = [
    "appeals", "area_checks", "assisted", "discovery", "exposure", "identity", "imports", "sanctions",
    "seller_imports", "separations", "tax_papers", "validity", "verification",
]  # fmt: skip
