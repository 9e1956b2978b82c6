"""Doors for the clock."""

from celery import shared_task

from epeken.core import clock


@shared_task(name="procurement.remind_overdue")
def remind_overdue() -> None:
    from procurement.services import requests

    requests.remind_overdue(now=clock.now())
