"""Deciding, offering, fulfilling and checking by page, in English too."""

from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.site.dashboards import seller_day
from epeken.users.models import User
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome, DisputeState
from orders.orders.models import Order
from orders.orders.states import OrderState
from orders.remedies.states import RemedyState
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories.orders import DAY, HOUR
from tests.factories.users import signed_in
from tests.html_forms import form_of, shown_on
from tests.orders.pages import to_arrived, url

pytestmark = pytest.mark.django_db


def text(client: Any, order: Order) -> str:
    return " ".join(client.get(url("order-detail", order.number)).content.decode().split())


@pytest.fixture
def complained(order: Order, office: make.Office) -> Order:
    to_arrived(order, office)
    mend.opened(order, office.receiver, now=clock.now())
    return order


def test_a_seller_offers_and_the_receiver_takes_it(complained: Order, office: make.Office) -> None:
    number = complained.number
    seller, receiver = signed_in(make.member_of(complained)), signed_in(office.receiver)
    page = seller.get(url("dispute-answer", number)).content.decode()
    assert "Tagihannya saya potong" in page
    over = {"answer": "Maaf", "outcome": "deduction", "amount": "9.000.000"}
    refused = seller.post(url("dispute-answer", number), over)
    assert refused.status_code == 422
    assert "Potongan paling banyak Rp1.000.000" in refused.content.decode()
    assert seller.post(url("dispute-answer", number), over | {"amount": "250.000"}).status_code == 302
    assert "dipotong Rp250.000" in text(receiver, complained)
    settle = url("dispute-settle", number)
    assert receiver.post(settle, {"decision": "Sepakat"}).status_code == 422
    assert receiver.post(settle, {"decision": "Sepakat", "choice": "offer"}).status_code == 302
    remedy = mend.remedy_of(complained)
    assert (remedy.amount, remedy.state) == (250_000, RemedyState.OWED)
    assert "Berlaku pada tagihannya sesudah serah terima." in text(seller, complained)


def test_the_officer_decides_with_figures(complained: Order) -> None:
    dispute = Dispute.objects.get(order=complained)
    judge = mend.judge()
    client = signed_in(judge)
    room = reverse("admin:orders_dispute_change", args=[dispute.pk])
    page = client.get(room).content.decode()
    assert "Tagihan dipotong" in page
    assert "Uang dikembalikan" not in page  # a department has paid nothing
    delivery = mend.delivery_of(complained)
    values = {
        "decision": "Foto jelas", "result": DisputeOutcome.DEDUCTION, "shipment": delivery.pk, "amount": "2.000.000",
        "confirmed": "on", "shown": shown_on(client, room), "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0,
    }  # fmt: skip
    refused = client.post(room, values)
    assert refused.status_code == 200
    assert "paling banyak Rp1.000.000" in refused.content.decode()
    assert client.post(room, values | {"amount": "300.000"}).status_code == 302
    dispute.refresh_from_db()
    assert (dispute.state, dispute.outcome) == (DisputeState.DECIDED, DisputeOutcome.DEDUCTION)
    assert "Rp300.000" in text(signed_in(make.member_of(complained)), complained)


def test_goods_again_by_page(complained: Order, office: make.Office) -> None:
    """Sent, arrived, counted and signed by the pages of every delivery."""
    now = clock.now()
    first = mend.delivery_of(complained)
    disputes.decide_dispute(
        actor=mend.judge(), dispute=Dispute.objects.get(order=complained), decision="Ganti",
        given=mend.replacement(complained, 3, now + DAY), now=now,
    )  # fmt: skip
    make.inspected(first, office.receiver, accept=8, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=first, office_number="", now=now)
    remedy = mend.remedy_of(complained)
    seller, receiver = signed_in(make.member_of(complained)), signed_in(office.receiver)
    assert "Giliran penjual: kirim paling lambat" in text(receiver, complained)
    assert "di antaranya ditolak dan belum ditagih" in text(receiver, complained)
    fulfil = url("remedy-fulfil", complained.number, remedy.pk)
    assert "Kirim pengganti pesanan" in seller.get(reverse("site:seller-dashboard")).content.decode()
    assert receiver.get(fulfil).status_code == 403
    assert seller.get(fulfil).status_code == 200
    assert seller.post(fulfil, {"carrier": ""}).status_code == 422
    assert seller.post(fulfil, {"carrier": "Kurir sendiri"}).status_code == 302
    assert seller.post(fulfil, {"carrier": "Kurir sendiri"}).status_code == 422
    assert seller.get(fulfil).status_code == 409
    again = remedy.shipments.get()
    assert "Surat jalan pengganti" in text(receiver, complained)
    assert receiver.post(url("delivery-arrive", complained.number, again.number)).status_code == 302
    inspect = url("delivery-inspect", complained.number, again.number)
    page = receiver.get(inspect).content.decode()
    assert first.number in page
    line = again.lines.get()
    values = {
        "key": new_key(), f"arrived_{line.pk}": "3", f"accepted_{line.pk}": "2", f"remark_{line.pk}": "Satu penyok",
    }  # fmt: skip
    assert receiver.post(inspect, values).status_code == 302
    assert receiver.post(url("bast-create", complained.number, again.number)).status_code == 302
    remedy.refresh_from_db()
    assert (remedy.state, remedy.came) == (RemedyState.OWED, 2)
    assert "lagi paling lambat" in text(seller, complained)


def test_the_city_rules_on_money_by_page(citizen: User) -> None:
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 60_000))
    remedy = mend.returned(mend.remedy_of(order))
    buyer = signed_in(citizen)
    check = url("remedy-check", order.number, remedy.pk)
    assert buyer.get(check).status_code == 200
    assert signed_in(make.member_of(order)).get(check).status_code == 403
    assert buyer.post(check, {"answer": "no", "objection": ""}).status_code == 422
    assert buyer.post(check, {"answer": "no", "objection": "Belum sampai"}).status_code == 302
    client = signed_in(mend.judge())
    room = reverse("admin:orders_remedy_change", args=[remedy.pk])
    page = client.get(room).content.decode()
    assert "Putuskan dan kabari kedua pihak" in page and 'name="_continue"' not in page
    assert form_of(client, room)["done"] == [""], "nothing is decided by what stood there before"
    values = {"done": "yes", "basis": "Foto baik", "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0}
    assert client.post(room, values | {"shown": shown_on(client, room)}).status_code == 302
    remedy.refresh_from_db()
    assert (remedy.state, remedy.ruling) == (RemedyState.UPHELD, "Foto baik")
    User.objects.filter(pk=citizen.pk).update(language="en")
    assert "Ruled fulfilled by the city" in text(signed_in(citizen), order)


def test_a_refund_is_off_what_the_seller_received(citizen: User) -> None:
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 60_000))
    remedy = mend.remedy_of(order)
    order.refresh_from_db()
    assert order.state == OrderState.FINISHED
    assert "Hubungi penjual" in text(signed_in(citizen), order), "the money is still to change hands"
    assert "Hubungi pembeli" in text(signed_in(make.member_of(order)), order)
    mend.returned(remedy)
    proof = url("remedy-proof", order.number, remedy.pk)
    assert signed_in(citizen).get(proof).status_code == 200
    officer = signed_in(mend.judge())
    assert proof in officer.get(reverse("admin:orders_remedy_change", args=[remedy.pk])).content.decode()
    assert officer.get(proof).status_code == 200
    assert officer.get(url("remedy-proof", "SP-0", remedy.pk)).status_code == 404
    money = seller_day.seller_money(order.seller, mend.NOW + 3 * HOUR)
    assert (money.received, money.returned) == (150_000, 60_000)


def test_a_persons_bill_tells_what_came_and_what_a_decision_took_off(citizen: User) -> None:
    order = mend.bought(citizen, paid=False)
    dispute, seller = mend.opened(order, citizen), make.member_of(order)
    disputes.answer_dispute(actor=seller, dispute=dispute, answer="Tiga memang basi", now=mend.NOW + HOUR)
    given = mend.deduction(order, 50_000)
    later = mend.NOW + 2 * HOUR
    disputes.decide_dispute(actor=mend.judge(), dispute=dispute, decision="Tiga kotak", given=given, now=later)
    page = text(signed_in(citizen), order)
    for amount in ("Rp210.000", "− Rp50.000", "Rp160.000"):
        assert f"<dd> {amount} </dd>" in page
    card = page.split('id="keputusan-')[1].split("</section>")[0]
    assert "Jawaban penjual: Tiga memang basi" in card


def test_a_complaint_about_what_was_paid_and_received_stops_nothing(citizen: User, time_machine: Any) -> None:
    order = mend.bought(citizen)
    time_machine.move_to(mend.NOW, tick=False)
    client = signed_in(citizen)
    assert "Hubungi penjual" not in text(client, order)
    assert "Keluhan atas pesanan ini diterima sampai" in text(client, order)
    page = client.get(url("dispute-create", order.number)).content.decode()
    assert "Pihak lain punya" in page and "menunggu sampai keluhan ini selesai" not in page


def test_the_handover_of_goods_that_are_billed_already_promises_no_bill(time_machine: Any) -> None:
    office = make.make_office()
    order = make.taken_over(office, mend.issued(office))
    time_machine.move_to(mend.NOW + 4 * HOUR, tick=False)
    mend.decided(order, office.receiver, mend.replacement(order, 2))
    mend.inspected(mend.sent(mend.remedy_of(order)), office.receiver, accept=2)
    page = " ".join(signed_in(office.receiver).get(url("order-detail", order.number)).content.decode().split())
    assert "> Terbitkan BAST <" in page and "BAST dan tagihan" not in page
