"""The order of goods on show, renewed out of what shops did."""

from datetime import timedelta

from celery import shared_task

from epeken.core import clock
from orders.conduct.querysets import conducts
from umkm.exposure import renewal, rules


# A million goods take some minutes; each part is a transaction of its own.
@shared_task(name="orders.renew_standings", soft_time_limit=1500, time_limit=1600)
def renew_standings() -> None:
    now = clock.now()
    since = now - timedelta(days=rules.CONDUCT_DAYS.on(clock.local_date(now)))
    renewal.renew(conducts(since), now)
