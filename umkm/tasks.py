"""Doors for work in the background: fetch, call one service."""

from celery import shared_task

from epeken.core import clock
from epeken.core.jobs import job
from umkm.models import VerificationCase
from umkm.services import verification, vocabulary

# --- Sellers ---


@job("umkm.check_case")
def check_case(*, case_pk: int) -> None:
    verification.check_case(case=VerificationCase.objects.get(pk=case_pk), now=clock.now())


@shared_task(name="umkm.remind_overdue")
def remind_overdue() -> None:
    verification.remind_overdue(now=clock.now())


# --- Catalogue ---


@shared_task(name="umkm.refresh_words")
def refresh_words() -> None:
    vocabulary.rebuild()
