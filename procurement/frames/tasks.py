"""Periodic tasks of frames."""

from celery import shared_task

from epeken.core import clock


@shared_task(name="procurement.lapse_frames")
def lapse_frames() -> None:
    from procurement.frames import services

    services.lapse_frames(now=clock.now())
