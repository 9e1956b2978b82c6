"""What every page knows about the person is asked only when shown, and little."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from epeken.core import clock
from epeken.site.dashboards import seller_day
from epeken.site.navigation import memberships
from orders.disputes import services as disputes
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories import umkm as goods
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


def known(user: Any) -> dict[str, Any]:
    request = RequestFactory().get("/")
    request.user = user
    request.session = {}  # type: ignore[assignment]
    return memberships(request)


def test_nothing_is_asked_until_it_is_shown(citizen: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        known(citizen)


def test_the_head_of_a_page_asks_three_questions(seller_user: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):
        found = known(seller_user)
        assert found["memberships"].seller is not None
        assert found["memberships"].agency_memberships == []
        assert not found["cart_count"]


def test_an_officer_sits_in_a_department() -> None:
    office = make.make_office()
    found = known(office.pp)["memberships"]
    assert found.agency == office.agency
    assert found.roles == {"pp"}
    assert found.waiting_approvals == 0


def test_tasks_of_a_seller_are_counted() -> None:
    now = clock.now()
    office = make.make_office(now=now)
    order = make.make_issued(office, now=now)
    person = make.member_of(order)

    def count() -> int:
        """The badge says what the desk lists."""
        tasks: int = known(person)["memberships"].seller_tasks
        assert tasks == seller_day.seller_day(order.seller, now).count
        return tasks

    assert count() == 1
    make.accepted(order, now=now)
    assert count() == 1
    delivery = make.shipped(order, now=now)
    assert count() == 0
    make.arrived(delivery, office.receiver, now=now)
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=now)
    assert count() == 1


def test_a_visitor_holds_no_role() -> None:
    found = known(AnonymousUser())
    assert found["memberships"].seller is None
    assert found["memberships"].agency_memberships == []
    assert found["cart_count"] == 0


def test_a_stranger_holds_no_role() -> None:
    found = known(goods.make_user())["memberships"]
    assert (found.seller, found.agency, found.seller_tasks) == (None, None, 0)


def test_each_page_of_a_request_leads_back_to_its_list() -> None:
    now = clock.now()
    office = offices.Office(now=now)
    goods_asked = [(goods.make_product(price=10_000), 1)]
    draft = offices.make_request(office, goods_asked, now=now)
    sent = offices.make_request(office, goods_asked, state="submitted", now=now)
    for person, address, back in (
        (office.requester, f"/dinas/permintaan/{draft.number}/", "/dinas/permintaan/"),
        (office.requester, f"/dinas/permintaan/{sent.number}/", "/dinas/permintaan/"),
        (office.pp, f"/dinas/persetujuan/{sent.number}/", "/dinas/persetujuan/"),
    ):
        page = signed_in(person).get(address).content.decode()
        assert f'<a class="go" href="{back}">' in page[page.index("<main") :], address
