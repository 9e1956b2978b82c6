"""Celery looks here for the tasks of the app; they lie with their nouns."""

from procurement.requests import tasks as requests

__all__ = ["requests"]
