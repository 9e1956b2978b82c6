"""Tasks of sanctions: call one service."""

from celery import shared_task

from epeken.core import clock
from umkm.sanctions import services


@shared_task(name="umkm.end_sanctions")
def end_sanctions() -> None:
    services.end_due(now=clock.now())
