"""Celery tasks of the platform: run one job, sweep for waiting ones, prove that a worker works, nightly clean-up."""

from celery import shared_task

from epeken.core import clock, jobs
from epeken.core.models import Heartbeat
from epeken.core.retention import tidy

SWEEP_SECONDS = 8


@shared_task(name="core.run_job")
def run_job(*, pk: int) -> None:
    jobs.run(pk)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    """What no nudge reached. One sweep at a time and for a bounded while: fresh jobs keep the other workers."""
    jobs.sweep(seconds=SWEEP_SECONDS)


@shared_task(name="core.heartbeat")
def heartbeat() -> None:
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": clock.now()})


@shared_task(name="core.tidy")
def tidy_up() -> None:
    tidy(clock.now())
