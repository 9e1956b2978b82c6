"""The dated rules of the app's nouns, found by core at the start."""

from procurement.attachments import rules as attachments
from procurement.budgets import rules as budgets
from procurement.disclosures import rules as disclosures
from procurement.frames import rules as frames
from procurement.guards import rules as guards
from procurement.leaves import rules as leaves
from procurement.negotiations import rules as negotiations
from procurement.quotations import rules as quotations
from procurement.requests import rules as requests
from procurement.rotation import rules as rotation
from procurement.schedules import rules as schedules
from procurement.sourcing import rules as sourcing

__all__ = [
    "attachments",
    "budgets",
    "disclosures",
    "frames",
    "guards",
    "leaves",
    "negotiations",
    "quotations",
    "requests",
    "rotation",
    "schedules",
    "sourcing",
]
