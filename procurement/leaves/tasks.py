"""Periodic tasks of officers and their appointments."""

from celery import shared_task

from epeken.core import clock


@shared_task(name="procurement.remind_endings")
def remind_endings() -> None:
    from procurement.leaves import services

    services.remind_endings(now=clock.now())
