"""Who reaches the pages of an order, and who never learns that it exists."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.users.models import User
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.orders.books import unchanged
from tests.orders.pages import to_billed, url

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sight")]  # one process makes the order of the module


@pytest.fixture(scope="module")
def office(module_transaction: None) -> make.Office:
    return make.make_office(now=clock.now())


@pytest.fixture(scope="module")
def order(office: make.Office) -> Order:
    return make.make_issued(office, now=clock.now())


@pytest.fixture
def _django_db_helper(order: Order, savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the order."""


PAGES = ["order-detail", "delivery-inspect", "payment-create", "order-close", "delivery-create", "dispute-create"]


def test_every_side_sees_the_order(order: Order, office: make.Office) -> None:
    inspector = goods.make_staff("procurement.inspect_all")
    people = [
        office.requester,
        office.pp,
        office.ppk,
        office.receiver,
        office.treasurer,
        make.member_of(order),
        inspector,
    ]
    for person in people:
        page = signed_in(person).get(url("order-detail", order.number))
        assert page.status_code == 200, person
        assert order.number in page.content.decode()
        assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_learns_that_it_exists(order: Order, name: str) -> None:
    outsiders = [goods.make_user(), make.make_office().treasurer, goods.make_staff("umkm.verify_seller")]
    for person in outsiders:
        assert signed_in(person).get(url(name, order.number)).status_code == 404
    anonymous = Client().get(url(name, order.number))
    assert anonymous.status_code == 302
    assert "/akun/" in anonymous["Location"]


POSTS = [
    "order-accept", "order-close", "delivery-create", "delivery-arrive", "delivery-inspect", "bast-create",
    "delivery-confirm", "delivery-pin", "pin-renew", "rest-close",
    "invoice-verify", "invoice-reissue", "invoice-return", "invoice-hold",
    "invoice-resume", "payment-create", "cash-create",
    "dispute-create", "dispute-answer", "dispute-settle", "cancellation-create", "cancellation-answer",
    "cancellation-withdraw",
]  # fmt: skip


@pytest.mark.parametrize("name", POSTS)
def test_a_stranger_changes_nothing(order: Order, name: str) -> None:
    client = signed_in(goods.make_user())
    with unchanged():
        assert client.post(url(name, order.number), {"note": "x"}).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_a_visitor_changes_nothing(order: Order, name: str) -> None:
    client = Client()
    with unchanged():
        assert client.post(url(name, order.number)).status_code == 302


@pytest.mark.parametrize(
    "name", ["order-accept", "bast-create", "delivery-confirm", "pin-renew", "invoice-resume", "cash-create"]
)
def test_looking_never_writes(order: Order, name: str) -> None:
    assert signed_in(make.member_of(order)).get(url(name, order.number)).status_code == 405


def test_the_inspectorate_reads_and_changes_nothing(order: Order, office: make.Office) -> None:
    to_billed(order, office)
    inspector = signed_in(goods.make_staff("procurement.inspect_all"))
    with unchanged():
        for name in POSTS:
            assert inspector.post(url(name, order.number), {"note": "x"}).status_code in (403, 409, 422), name


def test_who_inspects_departments_reads_no_persons_order(order: Order) -> None:
    buyer = goods.make_user()
    (bought,) = make.place(buyer, (goods.make_product(), 2), now=clock.now())
    for inspector in (goods.make_staff("procurement.inspect_all"), goods.make_user(is_superuser=True)):
        client = signed_in(inspector)
        assert client.get(url("order-detail", order.number)).status_code == 200
        assert client.get(url("order-detail", bought.number)).status_code == 404
    # Who buys for themselves reads it, whatever else they may.
    buyer.user_permissions.add(Permission.objects.get(codename="inspect_all"))
    assert signed_in(buyer).get(url("order-detail", bought.number)).status_code == 200


def test_a_seller_does_not_see_inside_the_department(order: Order, office: make.Office) -> None:
    page = signed_in(make.member_of(order)).get(url("order-detail", order.number)).content.decode()
    assert office.treasurer.name not in page
    assert f"/dinas/permintaan/{order.request.number}" not in page


def test_an_unknown_order_is_not_found(office: make.Office) -> None:
    for number in ("SP-2026-999999", "x", "%2e%2e", "' OR 1=1", "x" * 300):
        assert signed_in(office.pp).get(f"/pesanan/{number}/").status_code == 404


def test_the_desk_is_for_sellers() -> None:
    assert Client().get(url("seller-dashboard")).status_code == 302
    away = signed_in(goods.make_user()).get(url("seller-dashboard"))
    assert away["Location"] == reverse("umkm:register")


def test_sellers_see_their_own_orders_only(order: Order, seller_user: User) -> None:
    assert order.number not in signed_in(seller_user).get(url("seller-orders")).content.decode()
    mine = signed_in(make.member_of(order))
    assert order.number in mine.get(url("seller-orders")).content.decode()
    assert order.number not in mine.get(url("seller-orders"), {"tahap": "selesai"}).content.decode()
    assert mine.get(url("seller-orders"), {"tahap": "'; --"}).status_code == 200


def test_other_departments_orders_do_not_show(order: Order) -> None:
    page = signed_in(make.make_office().pp).get(url("agency-orders")).content.decode()
    assert order.number not in page


@pytest.mark.parametrize("name", ["agency-orders", "treasurer"])
def test_department_pages_are_for_officers(citizen: User, name: str) -> None:
    assert signed_in(citizen).get(url(name)).status_code == 403
    assert Client().get(url(name)).status_code == 302


def test_a_persons_orders_are_theirs(citizen: User, stranger: User) -> None:
    order = make.place(citizen, (goods.make_product(), 1), now=clock.now())[0]
    assert order.number not in signed_in(stranger).get(url("order-list")).content.decode()
    assert signed_in(stranger).get(url("order-detail", order.number)).status_code == 404


@pytest.mark.parametrize(
    "model",
    ["order", "delivery", "invoice", "payment", "dispute", "taxrate", "taxexemption", "slotrule", "slotwaiver"],
)
def test_officers_rooms_open_and_change_nothing(admin_user: User, order: Order, model: str) -> None:
    client = signed_in(admin_user)
    assert client.get(reverse(f"admin:orders_{model}_changelist")).status_code == 200
    if model in ("order", "delivery", "invoice", "payment"):
        assert client.get(reverse(f"admin:orders_{model}_add")).status_code == 403
    if model == "order":
        room = reverse("admin:orders_order_change", args=[order.pk])
        assert client.get(room).status_code == 200
        assert client.post(room, {"title": "x"}).status_code == 403
