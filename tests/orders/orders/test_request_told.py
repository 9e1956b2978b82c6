"""What the page of a request says of its orders: declined with which words, asked to be cancelled and not answered."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from epeken.core import clock
from orders.cancellations import services as cancellations
from orders.cancellations.models import Cancellation
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import CloseReason
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, Office
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db
WHY = "Kapasitas dapur penuh hari itu"


@pytest.fixture
def office() -> Office:
    return make.make_office(now=clock.now())


def page(office: Office, order: Order) -> str:
    assert order.request is not None
    url = reverse("procurement:request-detail", args=[order.request.number])
    return " ".join(signed_in(office.requester).get(url).text.split())


def test_a_declined_order_stands_on_the_request_with_the_sellers_words(office: Office) -> None:
    order = make.make_issued(office, now=clock.now() - HOUR)
    agreement.close_order(
        actor=make.member_of(order), order=order, reason=CloseReason.SELLER_DECLINED, note=WHY, now=clock.now()
    )
    read = page(office, order)
    said = f"{order.seller.name} menolak pesanan {order.number}"
    history = read[read.index('id="r"') :]
    assert said in history and WHY in history
    assert f"“{WHY}”" in read[: read.index('id="r"')]


def _refused(row: Cancellation, office: Office) -> None:
    cancellations.refuse(actor=make.member_of(row.order), cancellation=row, note="Sudah dimasak", now=clock.now())


def _withdrawn(row: Cancellation, office: Office) -> None:
    cancellations.withdraw_cancellation(actor=office.pp, cancellation=row, now=clock.now())


def _agreed(row: Cancellation, office: Office) -> None:
    cancellations.consent(actor=make.member_of(row.order), cancellation=row, now=clock.now())


def _overtaken(row: Cancellation, office: Office) -> None:
    make.shipped(Order.objects.get(pk=row.order_id), now=clock.now())


@pytest.mark.parametrize("end", [_refused, _withdrawn, _agreed, _overtaken])
def test_the_request_says_that_cancelling_is_asked_until_it_is_answered(
    office: Office, end: Callable[[Cancellation, Office], None]
) -> None:
    now = clock.now() - HOUR
    order = make.accepted(make.make_issued(office, now=now - DAY), now=now)
    assert "Diminta batal" not in page(office, order)
    row = cancellations.ask_cancellation(actor=office.pp, order=order, reason="wrong", note="Salah hari", now=now)
    said = "menunggu jawaban: pesanan ke " + order.seller.name
    assert said in page(office, order)
    end(row, office)
    assert said not in page(office, order)
