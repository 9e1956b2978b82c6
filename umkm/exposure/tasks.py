"""Periodic tasks of exposure."""

from datetime import timedelta

from celery import shared_task

from epeken.core import clock
from umkm.exposure import buffer, services


@shared_task(name="umkm.add_up_exposure")
def add_up_exposure() -> None:
    """Of today, and of the days before whose last minutes nobody took."""
    today = clock.today()
    for back in range(buffer.KEPT_DAYS):
        day = today - timedelta(days=back)
        if counts := buffer.taken(day):
            services.add_up(day, counts)


@shared_task(name="umkm.forget_exposure")
def forget_exposure() -> None:
    services.forget_old(clock.today())
