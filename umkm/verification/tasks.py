"""Tasks of verification: fetch, call one service."""

from celery import shared_task

from epeken.core import clock
from epeken.core.jobs import job
from umkm.verification import services
from umkm.verification.models import VerificationCase


@job("umkm.check_case")
def check_case(*, case_pk: int) -> None:
    services.check_case(case=VerificationCase.objects.get(pk=case_pk), now=clock.now())


@shared_task(name="umkm.remind_overdue")
def remind_overdue() -> None:
    services.remind_overdue(now=clock.now())
