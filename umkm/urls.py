"""Addresses of umkm, noun by noun. Paths in Indonesian, names in English."""

from umkm.appeals import urls as appeals
from umkm.area_checks import urls as area_checks
from umkm.assisted import urls as assisted
from umkm.catalogue import urls as catalogue
from umkm.discovery import urls as discovery
from umkm.exposure import urls as exposure
from umkm.identity import urls as identity
from umkm.imports import urls as imports
from umkm.members import urls as members
from umkm.sanctions import urls as sanctions
from umkm.sellers import urls as sellers
from umkm.separations import urls as separations
from umkm.tax_papers import urls as tax_papers
from umkm.variants import urls as variants
from umkm.verification import urls as verification

app_name = "umkm"

urlpatterns = [
    *sellers.urlpatterns,
    *identity.urlpatterns,
    *members.urlpatterns,
    *tax_papers.urlpatterns,
    *sanctions.urlpatterns,
    *appeals.urlpatterns,
    *separations.urlpatterns,
    *variants.urlpatterns,
    *verification.urlpatterns,
    *area_checks.urlpatterns,
    *assisted.urlpatterns,
    *discovery.urlpatterns,
    *exposure.urlpatterns,
    *catalogue.urlpatterns,
    *imports.urlpatterns,
]
