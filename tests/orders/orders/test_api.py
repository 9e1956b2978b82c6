"""Orders for machines: owner, colleague, stranger, anonymous, another department."""

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from rest_framework.test import APIClient

from epeken.core import clock
from orders.orders.models import Order
from orders.orders.states import OrderState
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import Office
from tests.factories.users import bearer, enrol
from tests.orders.books import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    cache.clear()


@pytest.fixture
def office() -> Office:
    return make.make_office()


@pytest.fixture
def order(office: Office) -> Order:
    now = clock.now()
    return make.make_issued(office, now=now, deliver_at=now + 20 * make.DAY)


def by(user: Any) -> APIClient:
    """Signed in with a key for everything; officers with their second factor enrolled."""
    client = APIClient()
    if user is not None:
        if not user.authenticator_set.exists():
            enrol(user)
        client.credentials(**bearer(user))
    return client


def url(name: str, order: Order) -> str:
    return reverse(f"api:{name}", args=[order.number])


def test_the_shop_sees_its_order(order: Order) -> None:
    shown = by(make.member_of(order)).get(url("seller-order-detail", order)).json()
    assert shown["number"] == order.number
    assert shown["total"] == order.total
    assert shown["lines"][0]["quantity"] == "10.000"
    assert (shown["commitment_state"], shown["deliveries"], shown["invoices"]) == ("committed", [], [])


def test_a_colleague_of_the_shop_sees_it_too(order: Order) -> None:
    colleague = goods.make_user()
    goods.make_member(order.seller, colleague, role="staff")
    rows = by(colleague).get(reverse("api:seller-order-list")).json()["results"]
    assert [row["number"] for row in rows] == [order.number]


def test_officers_of_the_department_see_it(order: Order, office: Office) -> None:
    for officer in (office.requester, office.treasurer):
        rows = by(officer).get(reverse("api:agency-order-list")).json()["results"]
        assert [row["number"] for row in rows] == [order.number]
        assert by(officer).get(url("agency-order-detail", order)).status_code == 200


def test_the_two_sides_read_the_recipients_number_and_an_inspector_does_not(order: Order, office: Office) -> None:
    Order.objects.filter(pk=order.pk).update(recipient_phone="+6281234567890")

    def read(person: Any, side: str) -> str:
        answer = by(person).get(url(f"{side}-order-detail", order))
        assert answer.status_code == 200
        phone: str = answer.json()["recipient_phone"]
        return phone

    seller, inspector = make.member_of(order), goods.make_staff("procurement.inspect_all")
    assert (read(seller, "seller"), read(office.receiver, "agency")) == ("+6281234567890", "+6281234567890")
    assert read(inspector, "agency") == ""
    accepted = by(seller).post(url("seller-order-accept", order)).json()
    assert (accepted["state"], accepted["recipient_phone"]) == ("accepted", "+6281234567890")
    declined = by(seller).post(url("seller-order-decline", order), {"note": "Oven rusak"}, format="json").json()
    assert declined.get("recipient_phone", "") == ""


@pytest.mark.parametrize("side", ["seller", "agency"])
def test_the_same_side_elsewhere_sees_nothing(order: Order, side: str) -> None:
    other = goods.make_seller().members.get().user if side == "seller" else make.make_office().ppk
    client = by(other)
    assert client.get(reverse(f"api:{side}-order-list")).json()["results"] == []
    answer = client.get(url(f"{side}-order-detail", order))
    assert answer.status_code == 404
    assert answer.json() == {"code": "not_found", "message": answer.json()["message"], "field": None}


@pytest.mark.parametrize("side", ["seller", "agency"])
def test_who_is_on_no_side_has_no_key_for_it(order: Order, stranger: Any, side: str) -> None:
    for address in (reverse(f"api:{side}-order-list"), url(f"{side}-order-detail", order)):
        answer = by(stranger).get(address)
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


@pytest.mark.parametrize(
    "name",
    ["seller-order-list", "agency-order-list", "agency-request-list", "agency-budget-list"],
)
def test_without_a_key_nothing_opens(name: str) -> None:
    answer = by(None).get(reverse(f"api:{name}"))
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"


def test_an_officer_without_a_second_factor_gets_nothing(order: Order, office: Office) -> None:
    client = by(office.ppk)
    office.ppk.authenticator_set.all().delete()
    answer = client.get(reverse("api:agency-order-list"))
    assert answer.status_code == 401
    assert answer.json()["code"] == "second_factor"


def test_each_side_stays_on_its_side(order: Order, office: Office) -> None:
    for person, name in ((make.member_of(order), "agency-order-detail"), (office.ppk, "seller-order-detail")):
        answer = by(person).get(url(name, order))
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_accepting(order: Order) -> None:
    answer = by(make.member_of(order)).post(url("seller-order-accept", order))
    assert answer.status_code == 200
    assert answer.json()["state"] == OrderState.ACCEPTED


def test_accepting_twice_is_a_conflict(order: Order) -> None:
    client = by(make.member_of(order))
    client.post(url("seller-order-accept", order))
    answer = client.post(url("seller-order-accept", order))
    assert answer.status_code == 409
    assert answer.json()["code"] == "invalid_move"


@pytest.mark.parametrize("who", ["stranger", "officer", "anonymous"])
def test_others_cannot_answer_and_nothing_changes(order: Order, office: Office, stranger: Any, who: str) -> None:
    person = {"stranger": stranger, "officer": office.ppk, "anonymous": None}[who]
    client = by(person)
    before = picture()
    for name in ("seller-order-accept", "seller-order-decline"):
        answer = client.post(url(name, order), {"note": "x"}, format="json")
        assert answer.status_code in (401, 403, 404)
    assert picture() == before


def test_declining_needs_a_reason(order: Order) -> None:
    client = by(make.member_of(order))
    answer = client.post(url("seller-order-decline", order), {}, format="json")
    assert answer.status_code == 400
    assert answer.json()["field"] == "note"
    answer = client.post(url("seller-order-decline", order), {"note": "Dapur tutup"}, format="json")
    assert answer.json()["state"] == OrderState.CLOSED
    assert answer.json()["close_note"] == "Dapur tutup"


def test_a_session_needs_the_csrf_token(order: Order) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(make.member_of(order))
    assert client.post(url("seller-order-accept", order)).status_code == 403
    order.refresh_from_db()
    assert order.state == OrderState.PLACED


def test_a_state_filters_and_a_wrong_one_is_refused(order: Order) -> None:
    client = by(make.member_of(order))
    assert client.get(reverse("api:seller-order-list"), {"state": "finished"}).json()["results"] == []
    assert client.get(reverse("api:seller-order-list"), {"state": "kemarin"}).json()["field"] == "state"


def test_a_department_reads_its_requests_and_budget(order: Order, office: Office) -> None:
    number = order.request.number
    client = by(office.requester)
    shown = client.get(reverse("api:agency-request-detail", args=[number])).json()
    assert shown["budget"]["rup_id"] == office.line.rup_id
    assert shown["lines"][0]["amount"] == 1_000_000
    assert client.get(reverse("api:agency-budget-list")).json()["results"][0]["committed"] == order.total
    assert client.get(reverse("api:agency-request-list")).json()["results"][0]["number"] == number
    elsewhere = by(make.make_office().requester)
    assert elsewhere.get(reverse("api:agency-request-detail", args=[number])).status_code == 404


def test_lists_cost_few_queries(office: Office, django_assert_max_num_queries: Any) -> None:
    product = goods.make_product(price=1_000)
    for _n in range(6):
        make.make_issued(office, product, quantity=1)
    client = by(office.ppk)
    client.get(reverse("api:agency-order-list"))
    # Token, second factor (2), the throttle (6), the permission to inspect (2), the page itself and its lines.
    with django_assert_max_num_queries(13):
        assert len(client.get(reverse("api:agency-order-list")).json()["results"]) == 6
