"""Periodic tasks of sealed complaints."""

from celery import shared_task

from epeken.core import clock


@shared_task(name="procurement.tell_disclosures")
def tell_disclosures() -> None:
    from procurement.disclosures.services import handling

    handling.tell_waiting(now=clock.now())
