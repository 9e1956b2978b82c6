"""Inspection by page: what does not hold is told and changes nothing."""

from datetime import timedelta

import pytest

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.deliveries import policies
from orders.deliveries import services as deliveries
from orders.deliveries.forms import InspectForm
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import OrderState
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.orders.books import unchanged
from tests.orders.pages import to_arrived, url
from umkm.catalogue.states import FoodKind, Keeps

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"key": "x"},
        {"arrived": "abc"},
        {"arrived": "999999999999999999"},
        {"arrived": "-1"},
        {"accepted": "11"},
        {"accepted": "9", "remark": ""},
        {"came_at": "kemarin"},
        {"came_at": "2020-01-01T10:00"},
        {"arrived": "1e5"},
        {"arrived": "NaN"},
    ],
)
def test_an_inspection_that_does_not_hold_is_told(order: Order, office: make.Office, data: dict[str, str]) -> None:
    delivery = to_arrived(order, office)
    pk = delivery.lines.get().pk
    values = {"key": new_key(), f"arrived_{pk}": "10", f"accepted_{pk}": "10", f"remark_{pk}": ""}
    wrong = {f"{k}_{pk}" if k in ("arrived", "accepted", "remark") else k: v for k, v in data.items()}
    client = signed_in(office.receiver)
    with unchanged():
        answer = client.post(url("delivery-inspect", order.number), {**values, **wrong} if data else {})
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()


def test_an_inspection_names_all_that_is_wrong_at_once(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    pk = delivery.lines.get().pk
    typed = {"key": new_key(), "came_at": "kemarin", f"arrived_{pk}": "9", f"accepted_{pk}": "10", f"remark_{pk}": ""}
    with unchanged():
        form = signed_in(office.receiver).post(url("delivery-inspect", order.number), typed).context["form"]
    assert set(form.errors) == {"came_at", f"accepted_{pk}", f"remark_{pk}"}


def test_a_shipment_names_all_that_is_wrong_at_once(office: make.Office) -> None:
    wanted = [(goods.make_product(seller=(shop := goods.make_seller())), 10), (goods.make_product(seller=shop), 10)]
    now = clock.now()
    request = make.make_approved(office, wanted, now=now)
    (order,) = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=now)
    order = make.accepted(order, now=now)
    first, second = (f"sent_{line.pk}" for line in order.lines.order_by("pk"))
    client, ship = signed_in(make.member_of(order)), url("delivery-create", order.number)
    typed = {"key": new_key(), "carrier": "", first: "11", second: "12"}
    with unchanged():
        assert set(client.post(ship, typed).context["form"].errors) == {"carrier", first, second}
        assert set(client.post(ship, typed | {"carrier": "Kurir"}).context["form"].errors) == {first, second}
    # The same sending twice is one shipment, though less is left to be sent by then.
    twice = typed | {"carrier": "Kurir", first: "6", second: "6"}
    assert [client.post(ship, twice).status_code for _n in range(2)] == [302, 302]
    assert order.deliveries.count() == 1


def test_cooked_food_that_cannot_leave_yet_has_no_form(office: make.Office) -> None:
    now = clock.now()
    shop = goods.make_seller()
    cooked = goods.make_product(seller=shop, price=10_000, keeps=Keeps.COOKED)
    request = make.make_approved(office, [(cooked, 10), (goods.make_product(seller=shop), 10)], now=now)
    (order,) = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=now)
    order = make.accepted(order, now=now)
    Order.objects.filter(pk=order.pk).update(deliver_at=now + timedelta(days=4))
    order.refresh_from_db()
    meal, dry = order.lines.order_by("pk")
    client, ship = signed_in(make.member_of(order)), url("delivery-create", order.number)
    said = policies.early_words(policies.sent_from(order, [meal], order.deliver_at, now))
    page = client.get(ship)
    assert f"sent_{meal.pk}" not in page.context["form"].fields and f"sent_{dry.pk}" in page.context["form"].fields
    typed = {"key": new_key(), "carrier": "Kurir", f"sent_{dry.pk}": "10"}
    assert client.post(ship, typed).status_code == 302
    text = client.get(ship).content.decode()
    assert text.count(said) == 1
    assert "Kirim sekarang" not in text and 'name="carrier"' not in text
    with unchanged():
        late = client.post(ship, typed | {"key": new_key(), f"sent_{meal.pk}": "10"})
    assert (late.status_code, said in late.content.decode()) == (422, True)


def test_the_receiver_has_two_equal_answers(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    client = signed_in(office.receiver)
    inspect = url("delivery-inspect", order.number, delivery.number)
    for page in (url("order-detail", order.number), inspect):
        text = " ".join(client.get(page).content.decode().split())
        yes, no = text.index("Sesuai </button>"), text.index("Ada yang tidak sesuai")
        assert 0 < no - yes < 900
    key = new_key()
    assert client.post(inspect, {"key": key, "conforms": "1"}).status_code == 302
    delivery.refresh_from_db()
    (line,) = delivery.lines.all()
    assert (delivery.state, line.arrived, line.accepted) == (DeliveryState.INSPECTED, line.sent, line.sent)
    assert delivery.is_on_time == (delivery.arrived_at < order.deliver_at)
    assert client.post(inspect, {"key": new_key(), "conforms": "1"}).status_code in (409, 422)
    assert signed_in(office.treasurer).post(inspect, {"key": new_key(), "conforms": "1"}).status_code == 403


def test_a_person_says_what_does_not_conform_before_accepting(citizen: User) -> None:
    order = make.place(citizen, (goods.make_product(), 2), now=clock.now())[0]
    make.shipped(make.accepted(order, now=clock.now()), now=clock.now())
    delivery, buyer = order.deliveries.get(), signed_in(citizen)
    inspect = url("delivery-inspect", order.number, delivery.number)
    with unchanged():
        text = buyer.get(url("order-detail", order.number)).content.decode()
        assert f'href="{inspect}"' in text
        assert url("delivery-arrive", order.number, delivery.number) not in text
        text = buyer.get(inspect).content.decode()
    assert "Semuanya sesuai?" not in text  # chosen already, a page before
    assert "Sesudah itu semua dianggap" not in text
    # What is wrong is never taken for accepted because a figure stood there.
    kept = delivery.lines.get().pk
    form = InspectForm(delivery=delivery)
    assert (form[f"arrived_{kept}"].initial, form[f"accepted_{kept}"].initial) == (None, None)
    with unchanged():
        said = {f"arrived_{kept}": "2", f"accepted_{kept}": "", "remark": "Robek.", "key": new_key()}
        assert buyer.post(inspect, said).status_code == 422
    delivery.refresh_from_db()
    assert (delivery.state, delivery.arrived_at) == (DeliveryState.SHIPPED, None)
    pk = delivery.lines.get().pk
    found = {f"arrived_{pk}": "2", f"accepted_{pk}": "1", f"remark_{pk}": "Penyok", "key": new_key()}
    with unchanged():
        assert buyer.post(inspect, {**found, f"remark_{pk}": ""}).status_code == 422
    assert buyer.post(inspect, found).status_code == 302
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED
    assert delivery.arrived_at is not None
    assert [event.action for event in delivery.events.order_by("pk")] == ["create", "arrive", "inspect", "accept"]


def test_no_count_stands_in_the_form_that_nobody_made(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    pk, sent = delivery.lines.get().pk, delivery.lines.get().sent
    client, inspect = signed_in(office.receiver), url("delivery-inspect", order.number, delivery.number)
    form = client.get(inspect).context["form"]
    assert [form[f"{name}_{pk}"].value() for name in ("arrived", "accepted")] == [None, None]
    with unchanged():
        blank = {"key": new_key(), f"arrived_{pk}": "", f"accepted_{pk}": "", f"remark_{pk}": ""}
        assert client.post(inspect, blank).status_code == 422
        # The word that all is good does not stand beside a count that says otherwise.
        differs = {"key": new_key(), "conforms": "1", f"arrived_{pk}": int(sent), f"accepted_{pk}": int(sent) - 1}
        answer = client.post(inspect, differs)
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, {f"accepted_{pk}"})


def test_a_meal_is_said_to_be_good_with_its_photos(office: make.Office) -> None:
    meal = goods.make_product(price=10_000, on_hand=50, keeps=Keeps.COOKED, food_kind=FoodKind.CATERING)
    order = make.make_issued(office, meal, now=clock.now())
    Order.objects.filter(pk=order.pk).update(deliver_at=clock.now() + make.HOUR)
    delivery = to_arrived(order, office)
    client, inspect = signed_in(office.receiver), url("delivery-inspect", order.number, delivery.number)
    assert 'name="conforms"' in client.get(inspect).content.decode()
    said = {"key": new_key(), "conforms": "on", "came_at": ""}
    with unchanged():
        assert client.post(inspect, said).status_code == 422  # no photo
    assert client.post(inspect, {**said, "photos": make.photo()}).status_code == 302
    line = delivery.lines.get()
    assert line.arrived == line.accepted == line.sent


def test_a_department_reports_the_arrival_before_it_inspects(order: Order, office: make.Office) -> None:
    make.shipped(make.accepted(order, now=clock.now()), now=clock.now())
    delivery, receiver = order.deliveries.get(), signed_in(office.receiver)
    inspect = url("delivery-inspect", order.number, delivery.number)
    with unchanged():
        assert receiver.get(inspect)["Location"] == url("order-detail", order.number)
        assert receiver.post(inspect, {"key": new_key(), "conforms": "1"}).status_code in (409, 422)


def test_a_person_inspects_nothing_while_a_dispute_is_open(citizen: User) -> None:
    order = make.place(citizen, (goods.make_product(), 2), now=clock.now())[0]
    make.shipped(make.accepted(order, now=clock.now()), now=clock.now())
    delivery = order.deliveries.get()
    deliveries.mark_arrived(actor=citizen, delivery=delivery, now=clock.now())
    disputes.open_dispute(actor=citizen, order=order, complaint="Penyok", now=clock.now())
    inspect = url("delivery-inspect", order.number, delivery.number)
    with unchanged():
        assert signed_in(citizen).post(inspect, {"key": new_key(), "conforms": "1"}).status_code == 422
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ARRIVED


def test_a_receiver_signs_what_was_found_and_no_bast_when_nothing_is_good(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    receiver, pk = signed_in(office.receiver), delivery.lines.get().pk
    found = {"key": new_key(), f"arrived_{pk}": "10", f"accepted_{pk}": "0", f"remark_{pk}": "Basi"}
    told = receiver.post(url("delivery-inspect", order.number, delivery.number), found, follow=True).content.decode()
    text = " ".join(told.split())
    assert "0 dari 10" in text
    assert "Nyatakan semua ditolak" in text
    assert "Terbitkan BAST" not in text
    assert 'name="office_number"' not in text
    receiver.post(url("bast-create", order.number, delivery.number))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.bast_number) == (DeliveryState.REJECTED, None)
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED


def test_a_number_that_is_refused_stands_on_the_page_with_the_reason(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    make.inspected(delivery, office.receiver, now=clock.now())
    client, typed = signed_in(office.receiver), "000.3/" + "1" * 60
    with unchanged():
        page = client.post(url("bast-create", order.number, delivery.number), {"office_number": typed}, follow=True)
    assert page.redirect_chain[0][1] == 302
    assert f'value="{typed}"' in page.text and "Paling banyak 60" in page.text


def test_a_refusal_during_a_complaint_leads_to_the_complaint(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    make.inspected(delivery, office.receiver, now=clock.now())
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=clock.now())
    client, page = signed_in(office.receiver), url("order-detail", order.number)
    with unchanged():
        answer = client.post(url("bast-create", order.number, delivery.number), {"office_number": ""})
    assert (answer.status_code, f'href="{page}#sengketa"' in answer.content.decode()) == (422, True)
    assert 'id="sengketa"' in client.get(page).content.decode()
