"""Tasks of attestations."""

from celery import shared_task

from epeken.core import clock
from orders.attestations import services


@shared_task(name="orders.seal_day")
def seal_day() -> None:
    """Asked every hour: what one run missed the next one does, and a day that has its seal keeps it."""
    services.seal_day(now=clock.now())
