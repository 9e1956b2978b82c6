"""A job that takes its time, for killing its worker in the middle. Its effect is one more line in an inbox."""

import time

from epeken.core import clock
from epeken.core.jobs import enqueue, job
from epeken.notifications.models import Notification

NAME = "tests.slow_line"


@job(NAME)
def slow_line(*, person_pk: int, number: int, wait: float) -> None:
    """Writes, waits, and ends: killed while it waits, nothing of it may remain."""
    Notification.objects.create(
        person_id=person_pk,
        kind="order.test",
        parameters={"number": number},
        key=f"{number}-{time.monotonic_ns()}",  # nothing but the job itself keeps it from being written twice
        created_at=clock.now(),
    )
    time.sleep(wait)


def ask(*, person_pk: int, number: int, wait: float = 0.0) -> None:
    enqueue(NAME, person_pk=person_pk, number=number, wait=wait)
