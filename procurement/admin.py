"""Django looks here for the admin of the app; it lies with its nouns."""

from procurement.agencies import admin as agencies
from procurement.budgets import admin as budgets
from procurement.guards import admin as guards
from procurement.leaves import admin as leaves
from procurement.numbering import admin as numbering
from procurement.request_templates import admin as request_templates
from procurement.requests import admin as requests
from procurement.signatures import admin as signatures

__all__ = ["agencies", "budgets", "guards", "leaves", "numbering", "request_templates", "requests", "signatures"]
