"""Power cuts: workers and brokers killed in the middle of work. Nothing is lost, nothing happens twice."""

from functools import partial
from typing import Any

import pytest
from django.core.mail import send_mail
from django.db import transaction
from django.test import Client

from epeken.core import clock
from epeken.core.models import Job
from epeken.notifications.models import DemoMail, Notification, NotificationDelivery, OutgoingMail
from epeken.notifications.services import notify
from epeken.users.models import User
from tests.factories.umkm import make_user
from tests.jobs import slow
from tests.jobs.conftest import Broker
from tests.worker import Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def _tell(person: User, number: int) -> None:
    with transaction.atomic():
        notify(
            [person],
            kind="delivery.inspected",
            number=f"SP-{number}",
            key=f"pesanan-{number}",
            now=clock.now(),
        )


def _all_done() -> bool:
    return not Job.objects.waiting().exists()


def _at_most(count: int) -> bool:
    return Job.objects.waiting().count() <= count


def _lines(person: User) -> list[int]:
    lines = Notification.objects.filter(person=person, kind="order.test")
    return sorted(line.parameters["number"] for line in lines)


def test_a_job_killed_in_the_middle_is_done_once(worker: Worker) -> None:
    person = make_user()
    slow.ask(person_pk=person.pk, number=1, wait=4)
    worker.start()
    wait_until(lambda: Job.objects.filter(attempts=1).exists(), what="the job to begin")
    worker.kill()
    assert _lines(person) == []
    worker.start()
    wait_until(_all_done, what="the restarted worker")
    assert _lines(person) == [1]
    assert Job.objects.get(name=slow.NAME).attempts == 2


def test_a_worker_killed_again_and_again_tells_everyone_once(worker: Worker) -> None:
    person, count = make_user(), 40
    for number in range(count):
        _tell(person, number)
        slow.ask(person_pk=person.pk, number=number, wait=0.05)
    for left in (55, 30):
        worker.start()
        wait_until(partial(_at_most, left), what=f"{left} jobs to be left")
        worker.kill()
        assert not _all_done()
    worker.start()
    wait_until(_all_done, what="the last worker")
    assert NotificationDelivery.objects.filter(sent_at=None).count() == 0
    assert DemoMail.objects.count() == NotificationDelivery.objects.count() == count
    assert len(set(DemoMail.objects.values_list("subject", flat=True))) == count
    assert _lines(person) == list(range(count))
    assert not Job.objects.filter(dead_at__isnull=False).exists()


def test_without_a_broker_requests_succeed_and_the_sweep_finds_their_jobs(
    worker: Worker, broker: Broker, client: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "epeken.notifications.channels.email.mailbox.OutboxBackend"
    worker.start()
    send_mail("Sebelum", "Surat pertama.", None, ["pertama@contoh.invalid"])
    wait_until(lambda: DemoMail.objects.count() == 1, what="the worker at work")
    broker.kill()
    for number in range(3):
        form = {
            "name": f"Warga {number}",
            "email": f"warga{number}@contoh.invalid",
            "password1": "ufuk-jingga-7421",
        }
        answer = client.post("/akun/daftar/", form)
        assert answer.status_code == 302
        assert OutgoingMail.objects.filter(recipient=form["email"]).count() == 1
    assert Job.objects.waiting().count() == 3
    broker.start()
    wait_until(_all_done, what="the sweep")
    assert sorted(DemoMail.objects.values_list("recipient", flat=True)) == [
        "pertama@contoh.invalid",
        "warga0@contoh.invalid",
        "warga1@contoh.invalid",
        "warga2@contoh.invalid",
    ]
    assert not OutgoingMail.objects.filter(sent_at=None).exists()
