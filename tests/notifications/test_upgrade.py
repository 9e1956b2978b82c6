"""A job written by the version before, which named the letter, is done by this one."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.db import connection

from epeken.core import clock
from epeken.core.models import Job
from epeken.notifications.models import Notification, NotificationDelivery
from epeken.notifications.services import notify
from tests.factories.umkm import make_user

pytestmark = pytest.mark.django_db
upgrade = import_module("epeken.notifications.migrations.0002_letters_made_when_sent")


def test_a_waiting_job_that_names_its_letter_is_done(run_jobs: Callable[[], int]) -> None:
    notify([make_user()], kind="delivery.inspected", number="SP-1", key="a", now=clock.now())
    line = Notification.objects.get()
    letter = NotificationDelivery.objects.create(
        notification=line, channel="email", message_id="<1@contoh>", created_at=clock.now()
    )
    Job.objects.update(arguments={"delivery_pk": letter.pk}, key=None)
    done = Job.objects.create(
        name="notifications.deliver", arguments={"delivery_pk": letter.pk}, created_at=clock.now(),
        due_at=clock.now(), done_at=clock.now(),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(upgrade.NAME_THE_NOTICE)
    assert Job.objects.exclude(pk=done.pk).get().arguments == {"notification_pk": line.pk}
    done.refresh_from_db()
    assert done.arguments == {"delivery_pk": letter.pk}
    run_jobs()
    letter.refresh_from_db()
    assert letter.sent_at is not None
