"""Tasks of appeals: call one service."""

from celery import shared_task

from epeken.core import clock
from umkm.appeals import services


@shared_task(name="umkm.pass_on_appeals")
def pass_on_appeals() -> None:
    services.pass_on_late(now=clock.now())
    services.remind_ending(now=clock.now())
