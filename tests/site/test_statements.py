"""How many statements a page asks: a ceiling, none twice, and none more for longer lists."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from epeken.core import clock
from epeken.users.page_memory import PageMemoryMiddleware
from orders.billing.services import holding
from orders.deliveries import services as deliveries
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.agencies.models import AgencyMember
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories import umkm as goods
from tests.site.access_world import World, build
from tests.statements import statements_of

# One process: the world of the module is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("statements")]


@pytest.fixture(scope="module")
def world(module_transaction: None) -> World:
    return build()


@pytest.fixture
def _django_db_helper(world: World, savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the `world`."""


CEILING = 32
PAGES = [
    ("citizen", "orders:order-detail", "billed_to_citizen"),
    ("seller", "orders:order-detail", "billed_to_citizen"),
    ("seller", "orders:order-detail", "new"),
    ("seller", "orders:order-detail", "paid"),
    ("requester", "orders:order-detail", "paid"),
    ("receiver", "orders:order-detail", "arrived"),
    ("treasurer", "orders:order-detail", "cleared"),
    ("approver", "orders:order-detail", "checked"),
    ("approver", "orders:payment-approvals", ""),
    ("treasurer", "orders:joint-payment", ""),
    ("treasurer", "orders:order-detail", "paid"),
    ("requester", "procurement:request-detail", "draft"),
    ("requester", "procurement:request-detail", "unfilled"),
    ("requester", "procurement:request-goods", "draft"),
    ("requester", "procurement:request-plan", "draft"),
    ("approver", "procurement:request-detail", "approved"),
    ("approver", "procurement:request-detail", "unfilled"),
    ("approver", "procurement:approval-detail", "submitted"),
    ("approver", "procurement:approval-list", ""),
    ("requester", "site:agency-dashboard", ""),
    ("approver", "site:agency-dashboard", ""),
    ("treasurer", "site:agency-dashboard", ""),
    ("requester", "procurement:request-list", ""),
    ("treasurer", "orders:agency-orders", ""),
    ("treasurer", "orders:treasurer", ""),
    ("approver", "orders:order-detail", "asked"),
    ("approver", "orders:order-detail", "claimed"),
    ("approver", "orders:cancellation-answer", "claimed"),
    ("approver", "orders:cancellation-create", "accepted"),
    ("seller", "orders:cancellation-answer", "asked"),
    ("citizen", "orders:cancellation-figures", ""),
    ("requester", "procurement:quotation-list", ""),
    ("requester", "procurement:quotation-detail", "quotation_draft"),
    ("approver", "procurement:quotation-detail", "quotation_published"),
    ("approver", "procurement:quotation-detail", "quotation_opened"),
    ("approver", "procurement:quotation-pass", "quotation_opened"),
    ("approver", "procurement:quotation-detail", "quotation_awarded"),
    ("seller", "procurement:quotation-offers", ""),
    ("seller", "procurement:quotation-offer", "quotation_published"),
    ("seller", "procurement:quotation-offer-send", "quotation_published"),
    ("seller", "procurement:quotation-offer", "quotation_awarded"),
    ("citizen", "procurement:quotation-public-list", ""),
    ("citizen", "procurement:quotation-public", "quotation_awarded"),
    ("seller", "site:seller-dashboard", ""),
    ("seller", "site:seller-orders", ""),
    ("seller", "site:seller-money", ""),
    ("citizen", "orders:order-list", ""),
]


def test_pages_ask_little_and_nothing_twice(world: World) -> None:
    asked = {}
    for role, name, stage in PAGES:
        client = Client()
        client.force_login(world.people[role])
        address = reverse(name, args=[world.numbers[stage]] if stage else [])
        client.get(address)  # what a worker reads once
        answer, statements = statements_of(client, address)
        assert answer.status_code == 200, (role, name, stage)
        asked[role, name, stage] = statements
    assert {page: found.twice for page, found in asked.items() if found.twice} == {}
    # Who decides and is head of the department besides reads the lists of both; a shop's desk also tells a warning in
    # force, of a new shop what comes first, and what was decided about goods whose BAST it confirms.
    more = {("approver", "site:agency-dashboard", ""): 55, ("seller", "site:seller-dashboard", ""): 36}
    more |= {("approver", "orders:order-detail", "checked"): 33}
    assert {page: found.count for page, found in asked.items() if found.count > more.get(page, CEILING)} == {}


def test_longer_lists_ask_no_more() -> None:
    """Twice over each kind of row that these lists show; a page of the list still holds them all."""
    office, shop, buyer = offices.Office(now=clock.now()), goods.make_seller(delivery_fee=0), goods.make_user()
    product = goods.make_product(shop, price=10_000, on_hand=1_000)
    now = clock.now() - timedelta(hours=2)

    def more() -> None:
        for state in ("draft", "sent_back", "submitted", "approved"):
            offices.make_request(office, [(product, 1)], state=state, now=now)
        declined = make.make_issued(office, product, quantity=1, now=now)
        seller = make.member_of(declined)
        agreement.close_order(actor=seller, order=declined, reason="seller_declined", note="Penuh", now=now)
        make.make_issued(office, product, quantity=1, now=now)
        for by_seller in (False, True):
            order = make.accepted(make.make_issued(office, product, quantity=1, now=now), now)
            cancelling.asked(order, seller if by_seller else office.pp, now=now)
        make.accepted(make.make_issued(office, product, quantity=1, now=now), now)
        for ending in ("", "checked", "cleared", "held", "paid"):
            order = make.accepted(make.make_issued(office, product, quantity=1, now=now), now)
            delivery = make.arrived(make.shipped(order, now), office.receiver, now)
            make.inspected(delivery, office.receiver, now=now)
            deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
            if ending == "held":
                invoice = make.invoice_of(order)
                holding.hold_invoice(
                    actor=office.treasurer, invoice=invoice, reason="papers", note="Kurang notulen", now=now
                )
            if ending == "checked":
                make.check(office, make.invoice_of(order), now)
            if ending == "cleared":
                make.clear(office, make.invoice_of(order), now)
            if ending == "paid":
                make.clear(office, make.invoice_of(order), now)
                reference = f"SP2D-{order.number}"
                make.pay(office, order, now=now, paid_on=clock.local_date(now), reference=reference)
        (bought,) = make.place(buyer, (product, 1), now=now)
        sent = make.shipped(make.accepted(bought, now), now)
        deliveries.confirm_received(actor=buyer, delivery=sent, now=now)
        make.place(buyer, (product, 1), now=now)

    lists = [
        (office.requester, "site:agency-dashboard"),
        (office.pp, "site:agency-dashboard"),
        (office.pp, "procurement:approval-list"),
        (office.requester, "procurement:request-list"),
        (office.treasurer, "orders:agency-orders"),
        (office.treasurer, "orders:treasurer"),
        (office.head, "orders:payment-approvals"),
        (office.treasurer, "orders:joint-payment"),
        (make.member_of(make.make_issued(office, product, quantity=1, now=now)), "site:seller-dashboard"),
        (make.member_of(Order.objects.latest("pk")), "site:seller-orders"),
        (make.member_of(Order.objects.latest("pk")), "site:seller-money"),
        (buyer, "orders:order-list"),
    ]

    def counts() -> dict[tuple[str, str], int]:
        found = {}
        for person, name in lists:
            client = Client()
            client.force_login(person)
            client.get(reverse(name))  # the session's first page writes its moments
            answer, statements = statements_of(client, reverse(name))
            assert answer.status_code == 200, name
            assert statements.twice == {}, name
            found[str(person), name] = statements.count
        return found

    more()
    counts()
    few = counts()
    more()
    assert counts() == few
    assert max(few.values()) <= CEILING


def test_what_changes_something_asks_afresh(world: World) -> None:
    """An appointment that ends between two requests of one session ends at once; a POST keeps nothing in mind."""
    client = Client()
    client.force_login(world.people["approver"])
    page = reverse("procurement:approval-detail", args=[world.numbers["submitted"]])
    assert client.get(page).status_code == 200
    AgencyMember.objects.filter(user=world.people["approver"]).update(valid_until=clock.today() - timedelta(days=1))
    assert client.get(page).status_code == 404
    assert client.post(page, world.form("procurement:approval-detail")).status_code in (302, 404)
    request = RequestFactory().post("/")
    request.user = world.people["approver"]
    seen = []
    PageMemoryMiddleware(lambda asked: seen.append(asked.user.page_memory) or HttpResponse())(request)  # type: ignore[union-attr,func-returns-value]
    assert seen == [None]
