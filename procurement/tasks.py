"""Celery looks here for the tasks of the app; they lie with their nouns."""

from procurement.disclosures import tasks as disclosures
from procurement.frames import tasks as frames
from procurement.leaves import tasks as leaves
from procurement.negotiations import tasks as negotiations
from procurement.quotations import tasks as quotations
from procurement.requests import tasks as requests

__all__ = ["disclosures", "frames", "leaves", "negotiations", "quotations", "requests"]
