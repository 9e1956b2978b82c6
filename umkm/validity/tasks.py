"""The nightly look at papers that end."""

from celery import shared_task

from epeken.core import clock
from umkm.validity import services


@shared_task(name="umkm.watch_papers")
def watch_papers() -> None:
    services.watch(now=clock.now())
