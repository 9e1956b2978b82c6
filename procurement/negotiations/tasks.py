"""Periodic tasks of negotiations."""

from celery import shared_task

from epeken.core import clock


@shared_task(name="procurement.remind_negotiations")
def remind_negotiations() -> None:
    from procurement.negotiations.services import reminders

    reminders.remind_ahead(now=clock.now())
