"""What a phone sends of an act written down without network: done once, by its author, with both times."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.core.idempotency import KeyReused, new_key
from epeken.users.models import User
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.documents import build
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.drafts.models import DraftedAct
from orders.drafts.pages import cards_of, person_token
from orders.drafts.services import Draft, record_draft
from orders.drafts.states import DraftAct
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, unchanged

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
SEND = "/luring/kirim/"


@pytest.fixture
@kept
def sent(office: make.Office) -> Delivery:
    """Due an hour ago."""
    return gone(office)


def gone(office: make.Office) -> Delivery:
    now = clock.now()
    product = goods.make_product(price=10_000, on_hand=50)
    then = now - 2 * DAY  # in time for its seller, at whatever hour this runs
    order = make.make_issued(office, product, now=then, deliver_at=now - HOUR)
    return make.shipped(make.accepted(order, now=then), now=now - 3 * HOUR)


def drafted(delivery: Delivery, person: User, act: str = "arrive", **over: Any) -> dict[str, Any]:
    said = {
        "key": new_key(), "person": person_token(person), "act": act, "delivery": delivery.number,
        "claimed_at": (clock.now() - 90 * MINUTE).isoformat(),
    }  # fmt: skip
    if act == "inspect":
        pk = delivery.lines.get().pk
        said |= {f"arrived_{pk}": "10", f"accepted_{pk}": "9", f"remark_{pk}": "Satu penyok"}
    if act == "miss":
        said["note"] = "Tidak ada kurir"
    return said | over


def again(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def said(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")  # type: ignore[attr-defined]


def test_a_draft_acts_once(sent: Delivery, office: make.Office) -> None:
    client = signed_in(office.receiver)
    arrival, inspection = (drafted(sent, office.receiver, act) for act in ("arrive", "inspect"))
    for draft in (arrival, arrival, inspection, inspection, arrival):
        assert client.post(SEND, draft).status_code == 200
    assert again(sent).state == DeliveryState.INSPECTED
    assert list(sent.events.order_by("pk").values_list("action", flat=True)) == ["create", "arrive", "inspect"]
    assert DraftedAct.objects.count() == 2
    balanced()


def test_one_draft_brought_by_two_acts_once(sent: Delivery, office: make.Office) -> None:
    """The page and the service worker send it at once: the second finds the row of the first."""
    draft, done = Draft(new_key(), DraftAct.ARRIVE, clock.now()), []
    for _sender in range(2):
        record_draft(
            actor=office.receiver, delivery=sent, draft=draft, becomes=lambda: done.append(1) or sent, now=clock.now()
        )  # fmt: skip
    assert done == [1]
    with pytest.raises(KeyReused):
        record_draft(
            actor=office.receiver, delivery=gone(office), draft=draft, becomes=lambda: sent, now=clock.now()
        )  # fmt: skip


def test_both_times_are_kept_and_the_act_is_of_the_server(sent: Delivery, office: make.Office) -> None:
    before = clock.now()
    client = signed_in(office.receiver)
    for act in ("arrive", "inspect"):
        assert client.post(SEND, drafted(sent, office.receiver, act)).status_code == 200
    row = DraftedAct.objects.first()
    assert row is not None
    assert row.received_at - row.claimed_at > 89 * MINUTE
    arrived = again(sent)
    assert arrived.arrived_at == row.received_at >= before
    page = client.get(reverse("orders:order-detail", args=[sent.order.number])).content.decode()
    assert "menurut jam ponsel itu, sampai di e-Peken" in page
    assert "selisih 1 jam 30 menit" in page
    document = Document.objects.filter(delivery=sent, kind=DocumentKind.INSPECTION).latest("pk")
    paper = build.make(document).paper.data
    assert [claim.split(":")[0] for claim in paper["claims"]] == ["Kedatangan", "Pemeriksaan"]
    assert all("menurut jam ponsel itu" in claim for claim in paper["claims"])


def local_minute(moment: datetime) -> str:
    """As the browser's picker sends it."""
    return f"{moment.astimezone(clock.ZONE):%Y-%m-%dT%H:%M}"


def test_goods_that_came_in_time_are_not_late_because_the_network_came_late(
    sent: Delivery, office: make.Office
) -> None:
    """The receiver states the hour, between the sending and the receipt by the server; the paper says whose word it
    is. Without it nothing but the receipt is known."""
    client = signed_in(office.receiver)
    came = sent.deliver_at - 30 * MINUTE
    arrival = drafted(sent, office.receiver)
    inspection = drafted(sent, office.receiver, "inspect", came_at=local_minute(came))
    assert client.post(SEND, arrival).status_code == 200
    recorded = again(sent).arrived_at
    assert recorded is not None
    for wrong in (sent.shipped_at - 2 * MINUTE, recorded + 2 * MINUTE):
        with unchanged():
            answer = client.post(SEND, inspection | {"came_at": local_minute(wrong)})
            assert said(answer) == (422, "came_outside")
    for _n in range(2):
        assert client.post(SEND, inspection).status_code == 200
    done = again(sent)
    assert (done.arrived_at, done.is_on_time) == (came.replace(second=0, microsecond=0), True)
    document = Document.objects.filter(delivery=sent, kind=DocumentKind.INSPECTION).latest("pk")
    facts = dict(build.make(document).paper.data["facts"])
    assert facts["Ketepatan waktu"] == "Tepat waktu"
    assert f"(menurut penerima, dicatat {long_time(recorded)})" in facts["Tiba"]
    words = f"Menurut penerima tiba {long_time(done.arrived_at)}, dicatat {long_time(recorded)}."  # type: ignore[arg-type]
    for person in (office.receiver, make.member_of(sent.order)):
        page = signed_in(person).get(reverse("orders:order-detail", args=[sent.order.number])).text
        assert page.count(words) == 2, "in the block of the delivery and in the course of the order"
    silent = gone(office)
    for act in ("arrive", "inspect"):
        assert client.post(SEND, drafted(silent, office.receiver, act)).status_code == 200
    assert again(silent).is_on_time is False


def test_the_offline_form_asks_for_the_hour_within_its_bounds(sent: Delivery, office: make.Office) -> None:
    client = signed_in(office.receiver)
    text = client.get("/luring/").text
    assert 'name="came_at"' in text
    assert f'data-came-from="{sent.shipped_at.astimezone(clock.ZONE).isoformat()}"' in text
    assert 'data-came-until=""' in text
    make.arrived(sent, office.receiver, now=clock.now())
    until = again(sent).arrived_at.astimezone(clock.ZONE).isoformat()  # type: ignore[union-attr]
    assert f'data-came-until="{until}"' in client.get("/luring/").text


def test_an_inspection_is_offered_after_the_arrival_and_refused_with_its_reason(
    sent: Delivery, office: make.Office, citizen: User
) -> None:
    client, inspection = signed_in(office.receiver), drafted(sent, office.receiver, "inspect")
    (card,) = cards_of(office.receiver, clock.now())
    assert card.inspects_after_arrival and 'data-after="arrive"' in client.get("/luring/").text
    assert "Kedatangannya belum dicatat" in client.post(SEND, inspection).json()["message"]
    make.arrived(sent, office.receiver, now=clock.now())
    (card,) = cards_of(office.receiver, clock.now())
    assert not card.inspects_after_arrival and "data-after" not in client.get("/luring/").text
    assert client.post(SEND, inspection).status_code == 200
    assert said(client.post(SEND, drafted(sent, office.receiver, "inspect"))) == (409, "already_inspected")
    # A person's inspection reports the arrival.
    make.shipped(mend.issued_to(citizen))
    (card,) = cards_of(citizen, clock.now())
    assert card.inspection is not None and not card.inspects_after_arrival


@pytest.mark.parametrize(("state", "code"), [("missed", "missed"), ("withdrawn", "withdrawn")])
def test_what_is_no_longer_awaited_is_not_inspected_and_says_why(
    sent: Delivery, office: make.Office, state: str, code: str
) -> None:
    if state == "missed":
        deliveries.report_missing(actor=office.receiver, delivery=sent, note="Tidak datang", now=clock.now())
    else:
        deliveries.withdraw_shipment(actor=make.member_of(sent.order), delivery=sent, note="Salah", now=clock.now())
    client = signed_in(office.receiver)
    assert said(client.post(SEND, drafted(sent, office.receiver, "inspect"))) == (409, code)


def test_a_phone_whose_clock_is_ahead_says_so(sent: Delivery, office: make.Office) -> None:
    client = signed_in(office.receiver)
    ahead = drafted(sent, office.receiver, claimed_at=(clock.now() + 26 * HOUR).isoformat())
    assert client.post(SEND, ahead).status_code == 200
    page = client.get(reverse("orders:order-detail", args=[sent.order.number])).content.decode()
    assert "yang lebih cepat 1 hari" in page
    assert again(sent).arrived_at is not None
    assert again(sent).arrived_at <= clock.now()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("over", "answer"),
    [
        ({"person": "0" * 16}, (409, "other_person")),
        ({"delivery": "SJ-0"}, (404, "not_found")),
        ({"claimed_at": "kemarin"}, (422, "invalid")),
        ({"claimed_at": "2026-01-01T10:00"}, (422, "invalid")),
        ({"claimed_at": "9999-12-31T23:59:59+00:00"}, (422, "invalid")),
        ({"key": "x"}, (422, "invalid")),
        ({"act": "accept"}, (422, "invalid")),
        ({"act": "miss", "note": ""}, (422, "invalid")),
        ({"act": "inspect"}, (409, "not_arrived")),
    ],
)
def test_a_draft_that_does_not_hold_changes_nothing(
    sent: Delivery, office: make.Office, over: dict[str, str], answer: tuple[int, str]
) -> None:
    with unchanged():
        assert (
            said(
                signed_in(office.receiver).post(SEND, drafted(sent, office.receiver, over.get("act", "arrive")) | over)
            )
            == answer
        )
    assert not DraftedAct.objects.exists()


def test_a_refused_draft_can_be_sent_again(sent: Delivery, office: make.Office) -> None:
    client = signed_in(office.receiver)
    inspection = drafted(sent, office.receiver, "inspect")
    with unchanged():
        assert said(client.post(SEND, inspection)) == (409, "not_arrived")
    assert client.post(SEND, drafted(sent, office.receiver)).status_code == 200
    assert client.post(SEND, inspection).status_code == 200
    assert again(sent).state == DeliveryState.INSPECTED


def test_what_was_recorded_elsewhere_meanwhile_is_refused(sent: Delivery, office: make.Office) -> None:
    make.arrived(sent, office.receiver, now=clock.now())
    with unchanged():
        assert said(signed_in(office.receiver).post(SEND, drafted(sent, office.receiver)))[0] == 409
        assert said(signed_in(office.receiver).post(SEND, drafted(sent, office.receiver, "miss")))[0] == 409


def test_nobody_sends_for_another(sent: Delivery, office: make.Office) -> None:
    seller = make.member_of(sent.order)
    with unchanged():
        assert said(signed_in(office.receiver).post(SEND, drafted(sent, seller))) == (409, "other_person")
        for who in (seller, office.requester, office.treasurer):
            assert said(signed_in(who).post(SEND, drafted(sent, who))) == (403, "not_allowed")
        assert said(signed_in(goods.make_user()).post(SEND, drafted(sent, office.receiver)))[0] == 409
        assert said(Client().post(SEND, drafted(sent, office.receiver))) == (401, "signed_out")
    assert not DraftedAct.objects.exists()


def test_one_number_is_one_draft(sent: Delivery, office: make.Office) -> None:
    other, client = gone(office), signed_in(office.receiver)
    first = drafted(sent, office.receiver)
    assert client.post(SEND, first).status_code == 200
    # It says that it is taken, and nothing happens to the other delivery.
    assert client.post(SEND, first | {"delivery": other.number}).status_code == 200
    assert again(other).state == DeliveryState.SHIPPED


def test_goods_that_did_not_come(sent: Delivery, office: make.Office) -> None:
    client = signed_in(office.receiver)
    draft = drafted(sent, office.receiver, "miss")
    for _n in range(2):
        assert client.post(SEND, draft).status_code == 200
    assert again(sent).state == DeliveryState.MISSED
    page = client.get(reverse("orders:order-detail", args=[sent.order.number])).content.decode()
    assert "Tidak ada kurir" in page
    assert "menurut jam ponsel itu" in page
    balanced()


def test_the_page_holds_what_is_on_its_way_for_its_people(
    sent: Delivery, office: make.Office, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    now = clock.now()
    later = make.make_issued(office, goods.make_product(price=10_000, on_hand=50), now=now, deliver_at=now + 72 * HOUR)
    far = make.shipped(make.accepted(later, now=now), now=now)
    receiver = signed_in(office.receiver)
    text = receiver.get("/luring/").content.decode()
    assert sent.number in text
    assert far.number in text  # may come before its day
    assert 'aria-label="Meja dinas"' in text
    assert 'data-draft="arrive"' in text
    assert 'data-draft="inspect"' in text
    # The phone offers that goods did not come only once their hour is over.
    cards = {card.delivery.pk: card.missing_from for card in cards_of(office.receiver, now)}
    assert cards == {sent.pk: sent.deliver_at, far.pk: far.deliver_at}
    seller = signed_in(make.member_of(sent.order)).get("/luring/").content.decode()
    assert sent.number in seller
    assert "data-draft=" not in seller
    for who in (office.requester, office.treasurer, goods.make_user()):
        assert sent.number not in signed_in(who).get("/luring/").content.decode()
    for _n in range(3):
        gone(office)
    with django_assert_max_num_queries(24):
        receiver.get("/luring/")


def test_the_worker_and_the_token_hold_nothing_of_anybody(office: make.Office) -> None:
    made = Client().get("/pekerja-luring.js")
    assert (made.status_code, made["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert made["Cache-Control"] == "no-cache"
    assert said(Client().get("/luring/tanda/")) == (401, "signed_out")
    answer = signed_in(office.receiver).get("/luring/tanda/")
    assert answer.json()["person"] == person_token(office.receiver)
    assert "no-store" in answer["Cache-Control"]
