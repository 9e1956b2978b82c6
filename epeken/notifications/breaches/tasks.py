"""Tasks of breaches: call one service."""

from celery import shared_task

from epeken.core import clock
from epeken.notifications.breaches import services


@shared_task(name="notifications.remind_breaches")
def remind_breaches() -> None:
    services.remind_late(now=clock.now())
