"""The page of an order says what waits and how it ended; what is posted holds for what the page said; the figures."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from orders.cancellations import pages, services
from orders.cancellations.forms import ClaimAnswerForm
from orders.cancellations.models import Cancellation
from orders.disputes import services as disputes
from orders.orders.errors import OrderMovedOn
from orders.orders.models import Order
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.pages import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(now: datetime) -> make.Office:
    return make.make_office(now=now)


@kept
def accepted(office: make.Office, **over: Any) -> Order:
    now = clock.now() - 3 * HOUR
    return make.accepted(make.make_issued(office, now=now, **over), now)


def seen(client: Client, order: Order) -> str:
    return client.get(url("order-detail", order.number)).content.decode()


def test_what_was_posted_holds_for_what_the_page_said(office: make.Office) -> None:
    """The seller accepts while the officer reads that one step is enough."""
    now = clock.now()
    order = make.make_issued(office, now=now)
    pp, page = signed_in(office.pp), url("cancellation-create", order.number)
    assert 'value="direct"' in pp.get(page).content.decode()
    make.accepted(order, now)
    late = pp.post(page, {"way": "direct", "reason": "activity"})
    assert late.status_code == 422
    assert "Penjual sudah menyanggupi" in late.content.decode()
    assert not Cancellation.objects.exists()
    assert 'value="ask"' in pp.get(page).content.decode()


def test_each_side_is_offered_what_it_may_do(office: make.Office) -> None:
    order = accepted(office)
    pp, seller, receiver = (signed_in(p) for p in (office.pp, make.member_of(order), office.receiver))
    assert "Minta pembatalan" in seen(pp, order)
    assert "Minta dilepas dari pesanan" in seen(seller, order)
    assert "Minta pembatalan" not in seen(receiver, order)
    row = cancelling.asked(order, office.pp, now=clock.now())
    assert "Tarik permintaan" in seen(pp, order) and "Jawab permintaan ini" not in seen(pp, order)
    assert "Jawab permintaan ini" in seen(seller, order) and "Minta dilepas" not in seen(seller, order)
    assert "Diminta batal, menunggu jawaban" in seen(receiver, order)
    cancelling.claimed(row, now=clock.now())
    assert "Jawab permintaan ini" in seen(pp, order) and "Ajukan keluhan" in seen(pp, order)
    assert "Ubah tuntutan" in seen(seller, order)
    disputes.open_dispute(actor=office.pp, order=order, complaint="Terlalu tinggi", now=clock.now())
    for client in (pp, seller):
        text = seen(client, order)
        assert "Jawab permintaan ini" not in text and "Ubah tuntutan" not in text
    services_page = url("cancellation-answer", order.number)
    answers = [("agree", "Setujui"), ("withdraw", "Tetap jalan")]
    assert ClaimAnswerForm({"answer": "agree", "shown": "1", "note": " "}, answers=answers).errors.keys() == {"note"}
    assert pp.get(services_page).status_code == 403


def test_whoever_would_cancel_while_it_is_asked_is_led_to_what_waits(office: make.Office) -> None:
    order = accepted(office)
    cancelling.asked(order, office.pp, now=clock.now())
    address = url("cancellation-create", order.number)
    told = signed_in(office.ppk).get(address, follow=True)
    assert told.redirect_chain == [(url("order-detail", order.number), 302)]
    assert "Permintaan pembatalan pesanan ini sudah ada" in told.text
    seller = signed_in(make.member_of(order)).get(address)
    assert (seller.status_code, seller.url) == (302, url("cancellation-answer", order.number))


def test_a_request_that_came_to_nothing_is_told_while_the_order_runs(office: make.Office) -> None:
    order = accepted(office)
    row = cancelling.asked(order, office.pp, now=clock.now())
    services.refuse(actor=make.member_of(order), cancellation=row, note="Sudah dimasak", now=clock.now())
    client = signed_in(office.pp)
    assert client.get(url("order-detail", order.number)).context["cancellation"].row == row
    assert "Sudah dimasak" in seen(client, order)
    Order.objects.filter(pk=order.pk).update(deliver_at=clock.now())
    cancelling.cancelled(order, office.pp, reason="not_sent", now=clock.now())
    assert client.get(url("order-detail", order.number)).context["cancellation"].title == "Dibatalkan pembeli"


def test_the_rest_is_called_a_rest(office: make.Office) -> None:
    order = accepted(office)
    make.shipped(order, sent={order.lines.get().pk: order.lines.get().quantity / 2}, now=clock.now())
    row = cancelling.asked(order, make.member_of(order), now=clock.now())
    services.consent(actor=office.pp, cancellation=row, now=clock.now())
    assert "Sisanya batal dengan persetujuan kedua pihak" in seen(signed_in(office.pp), order)


def test_what_both_sides_agreed_to_bears_one_name(office: make.Office) -> None:
    order = accepted(office)
    row = cancelling.asked(order, office.pp, now=clock.now())
    services.consent(actor=make.member_of(order), cancellation=row, now=clock.now())
    told = seen(signed_in(make.member_of(order)), order)
    assert "Pesanan batal: dengan persetujuan kedua pihak" in told
    assert "Dibatalkan pembeli" not in told and "dibatalkan pembeli" not in told
    with pytest.raises(OrderMovedOn, match="Batal: Dengan persetujuan kedua pihak"):
        make.accepted(Order.objects.get(pk=order.pk))


def test_why_not_is_asked_with_the_no(office: make.Office) -> None:
    order = accepted(office)
    cancelling.asked(order, office.pp, now=clock.now())
    page = signed_in(make.member_of(order)).get(url("cancellation-answer", order.number)).content.decode()
    assert 'class="asked asked--refuse"' in page


def test_the_city_officer_reads_the_claim(office: make.Office) -> None:
    order = accepted(office)
    cancelling.claimed(cancelling.asked(order, office.pp, now=clock.now()), now=clock.now())
    dispute = disputes.open_dispute(actor=office.pp, order=order, complaint="Terlalu tinggi", now=clock.now())
    officer = signed_in(goods.make_staff("orders.decide_dispute"))
    page = officer.get(reverse("admin:orders_dispute_change", args=[dispute.pk])).content.decode()
    assert "Rp250.000" in page and "Daging dan beras" in page


def test_the_figures_count_what_was_accepted_and_name_nobody(office: make.Office) -> None:
    now = clock.now()
    cancelling.cancelled(make.make_issued(office, now=now), office.pp, now=now)  # not accepted yet: not counted
    orders = [accepted(office) for _n in range(5)]
    seller = {order.pk: make.member_of(order) for order in orders}
    one, two, three, four, _five = orders
    services.consent(actor=seller[one.pk], cancellation=cancelling.asked(one, office.pp, now=now), now=now)
    claim = cancelling.claimed(cancelling.asked(two, office.pp, reason="wrong", now=now), now=now)
    services.agree_claim(actor=office.ppk, cancellation=claim, amount=250_000, note="Wajar", now=now)
    services.consent(actor=office.pp, cancellation=cancelling.asked(three, seller[three.pk], now=now), now=now)
    kept = cancelling.asked(four, office.pp, now=now)
    services.withdraw_cancellation(actor=office.pp, cancellation=kept, now=now)
    Order.objects.filter(pk=four.pk).update(deliver_at=now)
    cancelling.cancelled(four, office.pp, reason="not_sent", now=now)

    found = pages.figures(now)
    assert (found.total, found.accepted, found.claims, found.claimed) == (4, 5, 1, 250_000)
    (row,) = [[cell["text"] for cell in row["cells"]] for row in found.by_buyer["rows"]]
    assert row == [office.agency.short_name, "5", "2", "1", "1", "1 (Rp250.000)", "1", "4"]
    by_reason = {row["cells"][0]["text"]: row["cells"][1]["text"] for row in found.by_reason["rows"]}
    assert [count for count in by_reason.values() if count != "0"] == ["1", "1", "1", "1"]
    months = [row["cells"][1]["text"] for row in found.by_month["rows"]]
    assert (months[0], set(months[1:]), len(months)) == ("4", {"0"}, 12)
    text = Client().get(url("cancellation-figures")).content.decode()
    for secret in (one.number, one.seller.name, office.pp.name, seller[one.pk].name):
        assert secret not in text
    # A year later the month is no longer among the last twelve.
    later = pages.figures(now + 366 * DAY)
    assert {row["cells"][1]["text"] for row in later.by_month["rows"]} == {"0"}
    assert later.total == 4


def test_both_sides_read_who_pays_a_compensation_and_by_when(office: make.Office) -> None:
    """Before they agree, and afterwards with the day."""
    order = accepted(office)
    pp, seller = signed_in(office.pp), signed_in(make.member_of(order))
    row = cancelling.asked(order, office.pp, now=clock.now())
    answer = url("cancellation-answer", order.number)
    who = f"{office.agency.name} kepada {order.seller.name} paling lambat"
    assert f"dibayar {who}" in seller.get(answer).text
    now = clock.now()
    claim = services.claim_compensation(
        actor=make.member_of(order), cancellation=row, amount=180_000, spent_on="Bahan sudah dibeli", now=now
    )
    assert f"dibayar {who}" in pp.get(answer).text
    services.agree_claim(actor=office.ppk, cancellation=claim, amount=180_000, note="Wajar", now=now)
    said = f"{office.agency.name} membayar Rp180.000 kepada {order.seller.name} paling lambat "
    for client in (pp, seller):
        assert said in seen(client, order) and "mata anggaran yang ditunjuk kepala dinas" in seen(client, order)
