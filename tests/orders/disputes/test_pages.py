"""Disputes by page, for both sides and the city's officer."""

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.orders.models import Order
from orders.remedies import rooms
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.html_forms import shown_on
from tests.orders.pages import to_arrived, url
from umkm.catalogue.states import Unit

pytestmark = pytest.mark.django_db


def test_a_dispute_by_page(order: Order, office: make.Office) -> None:
    to_arrived(order, office)
    receiver, seller = signed_in(office.receiver), signed_in(make.member_of(order))
    number = order.number
    assert receiver.get(url("dispute-create", number)).status_code == 200
    assert receiver.post(url("dispute-create", number), {"complaint": ""}).status_code == 422
    assert receiver.post(url("dispute-create", number), {"complaint": "Basi"}).status_code == 302
    assert seller.get(url("dispute-answer", number)).status_code == 200
    assert seller.post(url("dispute-answer", number), {"answer": "Kami ganti"}).status_code == 302
    assert receiver.post(url("dispute-settle", number), {"decision": "Sudah diganti"}).status_code == 302
    assert Dispute.objects.get().decision == "Sudah diganti"
    assert "Sudah diganti" in seller.get(url("order-detail", number)).content.decode()


def test_the_answer_asks_for_figures_only_with_the_offer_they_belong_to(order: Order, office: make.Office) -> None:
    to_arrived(order, office)
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=clock.now())
    seller = signed_in(make.member_of(order))
    form = seller.get(url("dispute-answer", order.number)).context["form"]
    assert {field.name: field.field.asked for field in form if hasattr(field.field, "asked")} == {
        "amount": "money", "quantity": "goods", "until": "goods",
    }  # fmt: skip
    assert form["amount"].help_text == f"Paling banyak {rupiah(rooms.deductible(order.deliveries.get()))}."
    assert form["quantity"].field.suffix == Unit(order.lines.get().unit).plural
    answer = seller.post(
        url("dispute-answer", order.number), {"answer": "Maaf", "outcome": "deduction", "amount": "999.999.999"}
    )
    assert answer.status_code == 422
    assert "boleh kosong" not in answer.content.decode().split("asked--money")[1].split("asked--goods")[0]


def test_no_dispute_no_answer(order: Order) -> None:
    assert signed_in(make.member_of(order)).get(url("dispute-answer", order.number)).status_code == 409


def test_a_dispute_is_decided_in_the_officers_room(order: Order, office: make.Office) -> None:
    to_arrived(order, office)
    now = clock.now()
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=now)
    officer = goods.make_staff("orders.decide_dispute", "orders.view_dispute", "orders.view_order")
    room = reverse("admin:orders_dispute_change", args=[dispute.pk])
    client = signed_in(officer)
    assert client.get(room).status_code == 200
    data = {
        "decision": "Diterima sembilan",
        "result": "nothing",
        "shown": shown_on(client, room),
        "events-TOTAL_FORMS": 0,
        "events-INITIAL_FORMS": 0,
    }
    assert client.post(room, data).status_code == 302
    dispute.refresh_from_db()
    assert dispute.decision == "Diterima sembilan"
