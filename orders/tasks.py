"""Doors for the clock and for background work."""

from celery import shared_task

from epeken.core import clock
from orders.papers import jobs as paper_jobs  # noqa: F401  (registers orders.make_document)


@shared_task(name="orders.close_overdue")
def close_overdue() -> None:
    """Silence has a result: unanswered orders close, unseen goods count as accepted."""
    from orders.services import orders, receipts

    now = clock.now()
    orders.close_overdue(now=now)
    receipts.accept_by_silence(now=now)
