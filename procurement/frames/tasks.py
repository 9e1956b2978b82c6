"""Periodic tasks of frames."""

from celery import shared_task

from epeken.core import clock


@shared_task(name="procurement.remind_frames")
def remind_frames() -> None:
    from procurement.frames import reminders

    reminders.remind_ahead(now=clock.now())


@shared_task(name="procurement.lapse_frames")
def lapse_frames() -> None:
    from procurement.frames import services

    services.lapse_frames(now=clock.now())
