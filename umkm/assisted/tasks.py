"""Tasks of registrations filled in by an officer: call one service."""

from celery import shared_task

from epeken.core import clock
from umkm.assisted import services


@shared_task(name="umkm.expire_assisted")
def expire_assisted() -> None:
    services.expire_due(now=clock.now())


@shared_task(name="umkm.remind_assisted")
def remind_assisted() -> None:
    services.remind_due(now=clock.now())
