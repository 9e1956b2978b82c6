"""Celery looks here for the tasks of the app; they lie with their nouns."""

from orders.attestations import tasks as attestations
from orders.conduct import tasks as conduct
from orders.documents import tasks as documents
from orders.orders import tasks as orders

__all__ = ["attestations", "conduct", "documents", "orders"]
