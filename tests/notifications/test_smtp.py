"""Letters over a real socket to a small mail server, which can be busy, refuse, or hang up at the worst moment."""

import email
import socketserver
import threading
from collections.abc import Iterator
from email.message import Message
from typing import Any

import pytest

from epeken.core import clock
from epeken.notifications.channels.attempts import NotSentYet
from epeken.notifications.channels.email import delivery
from epeken.notifications.models import Notification
from epeken.notifications.services import notify
from tests.factories.umkm import make_user

pytestmark = pytest.mark.django_db


class Session(socketserver.StreamRequestHandler):
    """Just enough of RFC 5321 for smtplib."""

    def handle(self) -> None:
        server: Any = self.server
        self.say("220 mail.contoh.invalid")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "RCPT" and server.answer_to_recipient:
                self.say(server.answer_to_recipient)
            elif word == "DATA":
                self.say("354 go on")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                server.letters.append(email.message_from_bytes(body))
                if server.hangs_up:
                    return
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.letters: list[Message] = []
        self.answer_to_recipient = ""
        self.hangs_up = False


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address[:2]
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield running
        running.shutdown()


@pytest.fixture
def notice() -> Notification:
    notify([make_user()], kind="delivery.inspected", number="SP-1", key="a", now=clock.now())
    return Notification.objects.get()


def test_a_letter_arrives_whole(server: MailServer, notice: Notification) -> None:
    delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
    (letter,) = server.letters
    assert letter["Message-ID"] == notice.deliveries.get().message_id
    assert letter["To"] == notice.person.email
    assert letter["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in letter.walk()][1:] == ["text/plain", "text/html"]
    row = notice.deliveries.get()
    assert row.sent_at


def test_a_server_that_hangs_up_after_taking_it_gets_the_same_letter_again(
    server: MailServer, notice: Notification
) -> None:
    """The one window: taken, yet never said so. The repeat carries the same Message-ID."""
    server.hangs_up = True
    with pytest.raises(NotSentYet):
        delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
    row = notice.deliveries.get()
    assert row.sent_at is None
    server.hangs_up = False
    delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
    assert [letter["Message-ID"] for letter in server.letters] == [notice.deliveries.get().message_id] * 2


def test_a_busy_server_keeps_the_letter_waiting(server: MailServer, notice: Notification) -> None:
    server.answer_to_recipient = "451 4.7.1 Greylisted"
    with pytest.raises(NotSentYet, match="451"):
        delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
    row = notice.deliveries.get()
    assert row.sent_at is None and row.dead_at is None
    assert server.letters == []


def test_an_address_that_does_not_exist_is_a_dead_letter(server: MailServer, notice: Notification) -> None:
    server.answer_to_recipient = "550 5.1.1 No such user"
    delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
    row = notice.deliveries.get()
    assert row.dead_at and "550" in row.reason
    assert notice.person.email not in row.reason


def test_no_server_at_all_keeps_the_letter_waiting(server: MailServer, notice: Notification, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    with pytest.raises(NotSentYet, match="ConnectionRefusedError"):
        delivery.deliver_notice(notification_pk=notice.pk, now=clock.now())
    row = notice.deliveries.get()
    assert row.sent_at is None and row.dead_at is None
