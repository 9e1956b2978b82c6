"""Tasks of area checks: call one service."""

from celery import shared_task

from epeken.core import clock
from umkm.area_checks import services


@shared_task(name="umkm.pass_area_checks")
def pass_area_checks() -> None:
    services.pass_late(now=clock.now())


@shared_task(name="umkm.remind_area_checks")
def remind_area_checks() -> None:
    services.remind(now=clock.now())
