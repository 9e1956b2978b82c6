"""The order of goods on show, renewed out of what shops did."""

from datetime import timedelta

from celery import shared_task

from epeken.core import clock
from orders.conduct.querysets import conducts
from umkm.exposure import renewal, rules


@shared_task(name="orders.renew_standings")
def renew_standings() -> None:
    now = clock.now()
    since = now - timedelta(days=rules.CONDUCT_DAYS.on(clock.local_date(now)))
    renewal.renew(conducts(since), now)
