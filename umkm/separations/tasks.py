"""Tasks of separations: call one service."""

from celery import shared_task

from epeken.core import clock
from umkm.separations import services


@shared_task(name="umkm.pass_on_separations")
def pass_on_separations() -> None:
    services.pass_on_late(now=clock.now())
    services.remind_ending(now=clock.now())
