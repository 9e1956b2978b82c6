"""Texts over a real socket to a small gateway, which can be busy, refuse, or send one elsewhere."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from epeken.core import clock, registry
from epeken.core.models import Job, Rule
from epeken.notifications.channels.attempts import NotSentYet
from epeken.notifications.channels.email import delivery
from epeken.notifications.channels.text.delivery import send_outgoing_text
from epeken.notifications.channels.text.services import keep_text
from epeken.notifications.kinds import kinds
from epeken.notifications.models import DemoMail, Notification, NotificationDelivery, OutgoingText
from epeken.notifications.services import channel_of, notify, set_muted
from tests.factories.umkm import make_phone_user, make_user

pytestmark = pytest.mark.django_db

NUMBER = "+6281234567890"


class GatewayHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.taken.append((self.path, dict(self.headers), json.loads(body)))
        self.send_response(server.answer)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *args: Any) -> None:
        pass


class Gateway(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), GatewayHandler)
        self.taken: list[Any] = []
        self.answer = 202


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with Gateway() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        settings.SMS_TRANSPORT = "gateway"
        settings.SMS_GATEWAY_URL = f"http://127.0.0.1:{running.server_port}/send"
        settings.SMS_GATEWAY_TOKEN = "rahasia"
        settings.SMS_GATEWAY_BODY = {"to": "{digits}", "text": {"body": "{text}"}, "list": ["{id}"], "kind": "text"}
        yield running
        running.shutdown()


@pytest.fixture
def kept() -> OutgoingText:
    keep_text(phone=NUMBER, text="Kode: {to} 123456", now=clock.now(), lasts=timedelta(minutes=10))
    return OutgoingText.objects.get()


def test_a_text_arrives_as_the_gateway_wants_it_and_is_forgotten(gateway: Gateway, kept: OutgoingText) -> None:
    for _time in range(2):
        send_outgoing_text(pk=kept.pk, now=clock.now())
    ((path, headers, body),) = gateway.taken
    said = {"to": "6281234567890", "text": {"body": "Kode: {to} 123456"}, "list": [kept.message_id], "kind": "text"}
    assert (path, body) == ("/send", said)
    assert headers["Authorization"] == "Bearer rahasia" and headers["Idempotency-Key"] == kept.message_id
    kept.refresh_from_db()
    assert kept.sent_at and kept.text == ""
    assert list(Job.objects.values_list("name", "arguments")) == [("notifications.send_text", {"text_pk": kept.pk})]


@pytest.mark.parametrize("answer", [503, 429, 401, 302])
def test_what_may_be_mended_is_tried_again_until_the_code_is_over(
    gateway: Gateway, kept: OutgoingText, answer: int
) -> None:
    """A redirect too: the token goes to no other address."""
    gateway.answer = answer
    with pytest.raises(NotSentYet, match=str(answer)):
        send_outgoing_text(pk=kept.pk, now=kept.useful_until - timedelta(seconds=1))
    assert OutgoingText.objects.get().text and len(gateway.taken) == 1
    send_outgoing_text(pk=kept.pk, now=kept.useful_until)
    kept.refresh_from_db()
    assert kept.dead_at and kept.text == "" and "no use" in kept.reason
    assert len(gateway.taken) == 1


def test_a_refused_number_is_given_up_without_naming_it(gateway: Gateway, kept: OutgoingText) -> None:
    gateway.answer = 422
    send_outgoing_text(pk=kept.pk, now=clock.now())
    kept.refresh_from_db()
    assert kept.dead_at and kept.text == ""
    assert "422" in kept.reason and NUMBER[3:] not in kept.reason


def test_without_an_address_what_nobody_can_mute_comes_as_a_text(settings: Any) -> None:
    person, now = make_phone_user(NUMBER), clock.now()
    notify([person], kind="identity.transfer_declined", url="/penjual/", key="a", now=now, shop="Dapur Bu Lirih")
    notify([person], kind="order.accepted", key="b", now=now, shop="Dapur Bu Lirih", number="SP-1", at=now)
    for notice in Notification.objects.all():
        for _time in range(2):
            delivery.deliver_notice(notification_pk=notice.pk, now=now)
    row = NotificationDelivery.objects.get()
    assert (row.channel, bool(row.sent_at)) == ("text", True)
    text = DemoMail.objects.get()
    assert text.recipient == NUMBER
    assert "Dapur Bu Lirih: pengalihan tidak jadi" in text.body and f"{settings.SITE_URL}/penjual/" in text.body


def sample(kind: str) -> dict[str, Any]:
    return {name: form.sample for name, form in kinds()[kind].parameters.items()}


@pytest.mark.parametrize("kind", sorted(registry.unmutable_notices()))
def test_what_decides_about_rights_is_texted_and_cannot_be_muted(kind: str) -> None:
    """Of areas that can be muted, and were."""
    numbered, written, now = make_phone_user(NUMBER), make_user(), clock.now()
    for person in (numbered, written):
        set_muted(person=person, areas={area for area, _label in registry.notification_areas()})
        notify([person], kind=kind, url="/", key="a", now=now, **sample(kind))
    assert [channel_of(one) for one in Notification.objects.order_by("pk")] == ["text", "email"]


def test_a_new_order_is_texted_to_who_has_no_address_where_the_city_pays_for_it() -> None:
    person, now = make_phone_user(NUMBER), clock.now()
    notify([person], kind="order.offered", url="/", key="a", now=now, **sample("order.offered"))
    notify([person], kind="order.closed", url="/", key="b", now=now, **sample("order.closed"))
    offered, closed = Notification.objects.order_by("pk")
    assert (channel_of(offered), channel_of(closed)) == ("text", None)
    set_muted(person=person, areas={"order"})
    assert channel_of(offered) is None
    set_muted(person=person, areas=set())
    person.phone_verified_at = None
    person.save()
    assert channel_of(Notification.objects.select_related("person").get(pk=offered.pk)) is None
    person.phone_verified_at = now
    person.save()
    Rule.objects.filter(code="order.offer_channel").update(text="kotak_masuk")
    assert channel_of(Notification.objects.select_related("person").get(pk=offered.pk)) is None
