"""A mail is never lost and, in the demo's mailbox, never twice; a dead end is written down."""

import smtplib
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError, connection
from django.test import override_settings

from epeken.core import clock, jobs
from epeken.core.models import Job
from epeken.notifications.channels.attempts import GIVE_UP_AFTER, NotSentYet
from epeken.notifications.channels.email import delivery
from epeken.notifications.channels.email.services import keep_letter
from epeken.notifications.models import DemoMail, Notification, OutgoingMail
from epeken.notifications.services import notify
from epeken.users.models import User
from tests.factories.umkm import make_user

DEMO = "epeken.notifications.channels.email.mailbox.DemoMailBackend"


class Refusing(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({email_messages[0].to[0]: (550, b"no such user")})


class Busy(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPResponseException(451, b"try later")


class Away(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError


def tell(person: User, key: str = "a") -> Notification:
    notify(
        [person],
        kind="delivery.shipped",
        number="SP-1\r\nBcc: x@y",
        carrier="<b>Pak Kurir</b>",
        url="/pesanan/1/",
        key=key,
        now=clock.now(),
    )
    return Notification.objects.get(person=person, key=key)


@pytest.fixture(autouse=True)
def demo_transport(settings: Any) -> None:
    settings.MAIL_TRANSPORT = DEMO


@pytest.mark.django_db
class TestDelivery:
    def test_a_notice_arrives_once_with_its_link(self, run_jobs: Callable[[], int]) -> None:
        notice = tell(make_user())
        run_jobs()
        delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
        letter = DemoMail.objects.get()
        row = notice.deliveries.get()
        assert row.sent_at and not row.dead_at
        assert letter.message_id == notice.deliveries.get().message_id
        assert "/pesanan/1/" in letter.body and "<b>Pak Kurir</b>" in letter.body
        assert letter.subject == "Pesanan SP-1 Bcc: x@y dikirim"

    def test_the_html_part_is_escaped_and_loads_nothing(self, settings: Any, run_jobs: Callable[[], int]) -> None:
        settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
        notice = tell(make_user())
        run_jobs()
        (message,) = mail.outbox
        html = message.alternatives[0][0]
        assert "&lt;b&gt;" in html and "<img" not in html and "<link" not in html
        assert message.message()["Message-ID"] == notice.deliveries.get().message_id

    def test_a_server_away_leaves_the_letter_waiting(self, run_jobs: Callable[[], int]) -> None:
        notice = tell(make_user())
        with override_settings(MAIL_TRANSPORT=f"{__name__}.Away"):
            assert run_jobs() == 0
        row = notice.deliveries.get()
        assert row.sent_at is None and row.dead_at is None
        Job.objects.update(due_at=clock.now())
        run_jobs()
        row = notice.deliveries.get()
        assert row.sent_at
        assert DemoMail.objects.count() == 1

    def test_a_busy_server_is_tried_again(self) -> None:
        notice = tell(make_user())
        with override_settings(MAIL_TRANSPORT=f"{__name__}.Busy"), pytest.raises(NotSentYet, match="451"):
            delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
        row = notice.deliveries.get()
        assert row.sent_at is None and row.dead_at is None

    def test_a_refused_address_is_a_dead_letter_without_the_address(self) -> None:
        person = make_user()
        notice = tell(person)
        with override_settings(MAIL_TRANSPORT=f"{__name__}.Refusing"):
            delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
        row = notice.deliveries.get()
        assert row.dead_at and row.sent_at is None
        assert "550" in row.reason and person.email not in row.reason

    def test_after_a_day_it_is_given_up_with_a_reason(self) -> None:
        notice = tell(make_user())
        late = clock.now() + GIVE_UP_AFTER + timedelta(minutes=1)
        with override_settings(MAIL_TRANSPORT=f"{__name__}.Away"):
            delivery.deliver_notice(notification_pk=notice.pk, now=late)
        row = notice.deliveries.get()
        assert row.dead_at and "Gave up" in row.reason

    def test_the_job_outlasts_the_patience_for_a_letter(self) -> None:
        """Otherwise a mail could stop being tried without its own row saying so."""
        waits = sum(min(5 * 3**n, 3600) for n in range(jobs._registry["notifications.deliver"].max_attempts - 1))
        assert timedelta(seconds=waits) > GIVE_UP_AFTER

    def test_a_closed_account_gets_no_letter(self) -> None:
        person = make_user()
        notice = tell(person)
        User.objects.filter(pk=person.pk).update(is_active=False)
        delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
        row = notice.deliveries.get()
        assert row.dead_at and DemoMail.objects.count() == 0

    def test_a_worker_killed_before_its_commit_leaves_nothing_behind(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In the demo's mailbox mail and mark are one commit, so the repeat is the only mail."""
        notice = tell(make_user())
        real = delivery._hand_over

        def die_after(message: Any) -> None:
            real(message)
            raise SystemExit

        monkeypatch.setattr(delivery, "_hand_over", die_after)
        with pytest.raises(SystemExit):
            delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
        assert DemoMail.objects.count() == 0
        monkeypatch.setattr(delivery, "_hand_over", real)
        delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
        assert DemoMail.objects.count() == 1

    def test_an_account_letter_is_kept_sent_and_forgotten(self, run_jobs: Callable[[], int]) -> None:
        keep_letter(recipient="a@contoh.invalid", subject="Tautan", text="rahasia", now=clock.now())
        run_jobs()
        row = OutgoingMail.objects.get()
        assert row.sent_at and row.text == ""
        assert DemoMail.objects.get().body == "rahasia"

    def test_a_dead_letter_forgets_its_link_too(self) -> None:
        keep_letter(recipient="a@contoh.invalid", subject="Tautan", text="rahasia", now=clock.now())
        row = OutgoingMail.objects.get()
        with override_settings(MAIL_TRANSPORT=f"{__name__}.Refusing"):
            delivery.send_outgoing(pk=row.pk, now=clock.now())
        row.refresh_from_db()
        assert row.dead_at and row.text == ""

    def test_a_letter_that_waits_keeps_its_text(self) -> None:
        keep_letter(recipient="a@contoh.invalid", subject="Tautan", text="rahasia", now=clock.now())
        row = OutgoingMail.objects.get()
        with override_settings(MAIL_TRANSPORT=f"{__name__}.Away"), pytest.raises(NotSentYet):
            delivery.send_outgoing(pk=row.pk, now=clock.now())
        row.refresh_from_db()
        assert row.text == "rahasia"


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_one_letter(settings: Any) -> None:
    """Through a transport that is no part of our database, so that only the row's lock can keep it to one."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    notice, barrier = tell(make_user()), threading.Barrier(4)

    def work(number: int) -> None:
        barrier.wait()
        delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
        connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_the_database_going_away_mid_letter_loses_nothing() -> None:
    notice = tell(make_user())
    real = delivery._hand_over

    def cut(message: Any) -> None:
        real(message)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    delivery._hand_over = cut
    try:
        with pytest.raises(OperationalError):
            delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
    finally:
        delivery._hand_over = real
        connection.close()
    assert DemoMail.objects.count() == 0
    delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
    assert DemoMail.objects.count() == 1
