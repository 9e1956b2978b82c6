"""Addresses of procurement, noun by noun. Paths in Indonesian, names in English."""

from procurement.agencies import urls as agencies
from procurement.attachments import urls as attachments
from procurement.budgets import urls as budgets
from procurement.disclosures import urls as disclosures
from procurement.frames import urls as frames
from procurement.guards import urls as guards
from procurement.leaves import urls as leaves
from procurement.negotiations import urls as negotiations
from procurement.quotations import urls as quotations
from procurement.request_templates import urls as request_templates
from procurement.requests import urls as requests
from procurement.rotation import urls as rotation
from procurement.schedules import urls as schedules
from procurement.sourcing import urls as sourcing

app_name = "procurement"

urlpatterns = [
    *agencies.urlpatterns,
    *budgets.urlpatterns,
    *disclosures.urlpatterns,
    *frames.urlpatterns,
    *guards.urlpatterns,
    *leaves.urlpatterns,
    *sourcing.urlpatterns,
    *negotiations.urlpatterns,
    *quotations.urlpatterns,
    *attachments.urlpatterns,
    *request_templates.urlpatterns,
    *rotation.urlpatterns,
    *schedules.urlpatterns,
    *requests.urlpatterns,
]
