"""A shop that is closed, or closing: what a department and a citizen hear, and when the seller has to answer."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.clock import ZONE
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from orders.orders.errors import IssueRefused
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.requests.services import decisions
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories import umkm as goods
from tests.factories.users import enrol
from tests.orders.books import unchanged
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 9, 7, 9, tzinfo=ZONE)
THURSDAY = date(2026, 9, 10)
CLOSED = {
    "shop_closed": {"closed_until": THURSDAY},
    "before_opening": {"opens_at": time(11)},
}


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZONE)


def request(office: Any, product: Any, **over: Any) -> Any:
    due = {"deliver_at": at(THURSDAY, 10), "event_at": at(THURSDAY, 12)}
    return offices.make_request(office, [(product, 2)], now=MONDAY, **due, **over)


@pytest.mark.parametrize("code", CLOSED)
def test_a_department_hears_it_on_the_draft_at_sending_approving_and_issuing(code: str, time_machine: Any) -> None:
    time_machine.move_to(MONDAY)
    office, product = make.make_office(), goods.make_product()
    drafts = [request(office, product, state=state) for state in ("draft", "submitted", "approved")]
    Seller.objects.filter(pk=product.seller_id).update(**CLOSED[code])
    client = Client()
    client.force_login(enrol(office.requester))
    page = client.get(reverse("procurement:request-detail", args=[drafts[0].number]))
    assert code in {item.code for item in page.context["obstacles"]}
    with unchanged(), pytest.raises(RuleBroken) as sent:
        decisions.submit_request(actor=office.requester, request=drafts[0], key=new_key(), now=MONDAY)
    assert sent.value.code == code
    if code == "before_opening":  # other hours do not bind what was promised and is held
        decisions.approve_request(actor=office.pp, request=drafts[1], dropped={}, note="", key=new_key(), now=MONDAY)
        agreement.issue_orders(actor=office.pp, request=drafts[2], key=new_key(), now=MONDAY)
        return
    with unchanged():
        with pytest.raises(RuleBroken) as approved:
            decisions.approve_request(
                actor=office.pp, request=drafts[1], dropped={}, note="", key=new_key(), now=MONDAY
            )
        with pytest.raises(IssueRefused):
            agreement.issue_orders(actor=office.pp, request=drafts[2], key=new_key(), now=MONDAY)
    assert approved.value.code == code
    assert not Order.objects.exists()


def test_a_citizens_order_is_not_lost_while_the_shop_is_closed() -> None:
    """Placed in the evening, the answer is due after the shop opened again, never before."""
    shop = goods.make_seller(opens_at=time(8), closes_at=time(17), open_days="12345")
    product = goods.make_product(shop)
    friday = at(date(2026, 9, 11), 18)
    (order,) = make.place(goods.make_user(), (product, 1), now=friday)
    assert order.answer_due_at == at(date(2026, 9, 14), 9)  # Monday; a day after placing is a Saturday evening
    assert order.deliver_at == at(date(2026, 9, 14), 17)


def test_an_hour_before_closing_is_too_late_for_today() -> None:
    shop = goods.make_seller(opens_at=time(8), closes_at=time(17), open_days="1234567")
    product = goods.make_product(shop)
    (early,) = make.place(goods.make_user(), (product, 1), now=MONDAY.replace(hour=15, minute=59))
    (late,) = make.place(goods.make_user(), (product, 1), now=MONDAY.replace(hour=16))
    assert clock.local_date(early.deliver_at) == MONDAY.date()
    assert clock.local_date(late.deliver_at) == MONDAY.date() + timedelta(days=1)
