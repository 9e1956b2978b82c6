"""The nightly look at papers and waivers that end."""

from celery import shared_task

from epeken.core import clock
from umkm.requirements import watch
from umkm.validity import services


@shared_task(name="umkm.watch_papers")
def watch_papers() -> None:
    watch.watch(now=clock.now())
    services.watch(now=clock.now())
