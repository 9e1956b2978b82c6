"""Inspection by page: what does not hold is told and changes nothing."""

import pytest

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.deliveries.states import DeliveryState
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.orders.books import unchanged
from tests.orders.pages import to_arrived, url

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
        {"on_time": "mungkin"},
        {"arrived": "1e5"},
        {"arrived": "NaN"},
    ],
)
def test_an_inspection_that_does_not_hold_is_told(order: Order, office: make.Office, data: dict[str, str]) -> None:
    delivery = to_arrived(order, office)
    pk = delivery.lines.get().pk
    values = {"key": new_key(), "on_time": "ya", f"arrived_{pk}": "10", f"accepted_{pk}": "10", f"remark_{pk}": ""}
    wrong = {f"{k}_{pk}" if k in ("arrived", "accepted", "remark") else k: v for k, v in data.items()}
    client = signed_in(office.receiver)
    with unchanged():
        answer = client.post(url("delivery-inspect", order.number), {**values, **wrong} if data else {})
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()


def test_the_receiver_has_two_equal_answers(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    client = signed_in(office.receiver)
    inspect = url("delivery-inspect", order.number, delivery.number)
    for page in (url("order-detail", order.number), inspect):
        text = client.get(page).content.decode()
        yes, no = text.index("Sesuai</button>"), text.index("Ada yang tidak sesuai")
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
    assert (
        url("delivery-arrive", order.number, delivery.number)
        in buyer.get(url("order-detail", order.number)).content.decode()
    )
    answer = buyer.post(url("delivery-arrive", order.number, delivery.number))
    assert answer["Location"] == url("delivery-inspect", order.number, delivery.number)
    assert "Ada yang tidak sesuai" in buyer.get(answer["Location"]).content.decode()
