"""Periodic tasks of requests."""

from celery import shared_task

from epeken.core import clock


@shared_task(name="procurement.remind_overdue")
def remind_overdue() -> None:
    from procurement.requests.services import decisions

    decisions.remind_overdue(now=clock.now())


@shared_task(name="procurement.lapse_holds")
def lapse_holds() -> None:
    from procurement.requests.services import awards, holds

    holds.lapse_holds(now=clock.now())
    awards.lapse_awards(now=clock.now())


@shared_task(name="procurement.remind_ahead")
def remind_ahead() -> None:
    from procurement.requests.services import ceilings, closures, reminders

    reminders.remind_ahead(now=clock.now())
    closures.tell_all_closed(now=clock.now())
    ceilings.tell_all_borne(now=clock.now())
