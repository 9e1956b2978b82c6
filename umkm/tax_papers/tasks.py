"""Tasks of tax papers: fetch, call one service."""

from celery import shared_task

from epeken.core import clock
from umkm.tax_papers import services


@shared_task(name="umkm.remind_tax_papers")
def remind_tax_papers() -> None:
    services.remind_overdue(now=clock.now())
