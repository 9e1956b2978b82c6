"""Every page for every side: who sees what, what a click does, what bad input says."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.billing import rules as billing_rules
from orders.billing.models import Invoice, Payment
from orders.billing.states import InvoiceState
from orders.carts import services as carts
from orders.carts.models import Cart, CartLine
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import OrderState
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY
from tests.html_forms import shown_on
from tests.orders.books import balanced, unchanged
from umkm.catalogue.models import Product
from umkm.owners import rules as owner_rules
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
def order(office: make.Office) -> Order:
    """A surat pesanan of today: pages ask the real clock."""
    return make.make_issued(office, now=clock.now())


@pytest.fixture
def door() -> Callable[[User | None], Client]:
    """A browser with this person signed in, second factor included where their membership wants one."""

    def open_(user: User | None) -> Client:
        client = Client()
        if user is not None:
            from allauth.mfa.models import Authenticator

            Authenticator.objects.get_or_create(
                user=user,
                type=Authenticator.Type.TOTP,
                defaults={"data": {"secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}},
            )
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_


# Addresses of one delivery or one invoice of an order.
OF_DELIVERY = {"delivery-arrive", "delivery-inspect", "bast-create", "delivery-confirm"}
OF_INVOICE = {"invoice-verify", "invoice-reissue", "payment-create", "cash-create"}


def url(name: str, *args: Any) -> str:
    """Where one delivery or invoice is wanted, the order's newest, or a number that is none."""
    if name in OF_DELIVERY | OF_INVOICE and len(args) == 1:
        parts: Any = Delivery if name in OF_DELIVERY else Invoice
        args = (*args, parts.objects.filter(order__number=args[0]).values_list("number", flat=True).last() or "SJ-0")
    app = "site" if name in ("seller-dashboard", "seller-orders", "seller-money") else "orders"
    return reverse(f"{app}:{name}", args=args)


def to_arrived(order: Order, office: make.Office) -> Delivery:
    now = clock.now()
    delivery = make.shipped(make.accepted(order, now=now), now=now)
    return make.arrived(delivery, office.receiver, now=now)


def to_billed(order: Order, office: make.Office) -> Invoice:
    now = clock.now()
    delivery = to_arrived(order, office)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    return Invoice.objects.get(order=order)


# --- sight

PAGES = ["order-detail", "delivery-inspect", "payment-create", "order-close", "delivery-create", "dispute-create"]


def test_every_side_sees_the_order(order: Order, office: make.Office, door: Any) -> None:
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
        page = door(person).get(url("order-detail", order.number))
        assert page.status_code == 200, person
        assert order.number in page.content.decode()
        assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_learns_that_it_exists(order: Order, door: Any, name: str) -> None:
    outsiders = [goods.make_user(), make.make_office().treasurer, goods.make_staff("umkm.verify_seller")]
    for person in outsiders:
        assert door(person).get(url(name, order.number)).status_code == 404
    anonymous = door(None).get(url(name, order.number))
    assert anonymous.status_code == 302
    assert "/akun/" in anonymous["Location"]


POSTS = [
    "order-accept", "order-close", "delivery-create", "delivery-arrive", "delivery-inspect", "bast-create",
    "delivery-confirm", "rest-close", "invoice-verify", "invoice-reissue", "payment-create", "cash-create",
    "dispute-create", "dispute-answer", "dispute-settle",
]  # fmt: skip


@pytest.mark.parametrize("name", POSTS)
def test_a_stranger_changes_nothing(order: Order, door: Any, name: str) -> None:
    client = door(goods.make_user())
    with unchanged():
        assert client.post(url(name, order.number), {"note": "x"}).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_a_visitor_changes_nothing(order: Order, door: Any, name: str) -> None:
    client = door(None)
    with unchanged():
        assert client.post(url(name, order.number)).status_code == 302


@pytest.mark.parametrize(
    "name", ["order-accept", "delivery-arrive", "bast-create", "delivery-confirm", "invoice-verify", "cash-create"]
)
def test_looking_never_writes(order: Order, door: Any, name: str) -> None:
    assert door(make.member_of(order)).get(url(name, order.number)).status_code == 405


def test_the_inspectorate_reads_and_changes_nothing(order: Order, office: make.Office, door: Any) -> None:
    to_billed(order, office)
    inspector = door(goods.make_staff("procurement.inspect_all"))
    with unchanged():
        for name in POSTS:
            assert inspector.post(url(name, order.number), {"note": "x"}).status_code in (403, 409, 422), name


def test_a_seller_does_not_see_inside_the_department(order: Order, office: make.Office, door: Any) -> None:
    page = door(make.member_of(order)).get(url("order-detail", order.number)).content.decode()
    assert office.treasurer.name not in page
    assert f"/dinas/permintaan/{order.request.number}" not in page


# --- the way of a purchase, clicked


def test_a_purchase_from_click_to_click(order: Order, office: make.Office, door: Any) -> None:
    seller, receiver, treasurer = door(make.member_of(order)), door(office.receiver), door(office.treasurer)
    number = order.number
    assert seller.post(url("order-accept", number)).status_code == 302
    line = order.lines.get()
    assert seller.get(url("delivery-create", number)).status_code == 200
    sent = {"key": new_key(), "carrier": "Kurir sendiri", f"sent_{line.pk}": "10"}
    assert seller.post(url("delivery-create", number), sent).status_code == 302
    assert receiver.post(url("delivery-arrive", number))["Location"] == url("delivery-inspect", number)
    page = receiver.get(url("delivery-inspect", number))
    assert page.status_code == 200
    found = Delivery.objects.get(order=order).lines.get()
    data = {
        "key": new_key(), "on_time": "ya", "remark": "Baik", f"arrived_{found.pk}": "10", f"accepted_{found.pk}": "9",
        f"remark_{found.pk}": "Satu penyok", "photos": [make.photo()],
    }  # fmt: skip
    assert receiver.post(url("delivery-inspect", number), data).status_code == 302
    photo = Delivery.objects.get(order=order).photos.get()
    picture = seller.get(url("inspection-photo", number, photo.pk))
    assert (picture.status_code, picture["Cache-Control"]) == (200, "no-store")
    assert door(goods.make_user()).get(url("inspection-photo", number, photo.pk)).status_code == 404
    assert receiver.post(url("bast-create", number), {"office_number": "000.3/1"}).status_code == 302
    assert treasurer.get(url("treasurer")).status_code == 200
    assert treasurer.post(url("invoice-verify", number)).status_code == 302
    assert treasurer.get(url("payment-create", number)).status_code == 200
    paid = {
        "key": new_key(), "method": "ls", "reference": "SP2D-9", "paid_on": clock.local_date(clock.now()).isoformat(),
        "proof": make.photo(),
    }  # fmt: skip
    assert treasurer.post(url("payment-create", number), paid).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.FINISHED
    assert Payment.objects.get().amount == make.invoice_of(order).net == 925_000
    for client in (seller, receiver, treasurer):
        assert client.get(url("order-detail", number)).status_code == 200
    balanced()


def test_declining_by_page(order: Order, door: Any) -> None:
    seller = door(make.member_of(order))
    assert seller.get(url("order-close", order.number)).status_code == 200
    empty = seller.post(url("order-close", order.number), {"note": ""})
    assert empty.status_code == 422
    assert seller.post(url("order-close", order.number), {"note": "Bahan habis"}).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED


def test_cancelling_by_page(order: Order, office: make.Office, door: Any) -> None:
    assert door(office.requester).get(url("order-close", order.number)).status_code == 403
    pp = door(office.pp)
    assert pp.get(url("order-close", order.number)).status_code == 200
    assert pp.post(url("order-close", order.number), {"note": "Acara diundur"}).status_code == 302


def test_issuing_by_page(office: make.Office, door: Any) -> None:
    request = make.make_approved(office, [(goods.make_product(), 2)], now=clock.now())
    target = url("order-issue", request.number)
    with unchanged():
        assert door(office.requester).post(target).status_code == 403
        assert door(goods.make_user()).post(target).status_code == 404
    pp = door(office.pp)
    shown = pp.get(reverse("procurement:request-detail", args=[request.number])).context["shown"]
    assert pp.post(target, {"shown": shown}).status_code == 302
    assert pp.post(target, {"shown": shown}).status_code == 302
    assert Order.objects.count() == 1


def test_what_the_page_did_not_show_is_not_issued(office: make.Office, door: Any) -> None:
    request = make.make_approved(office, [(goods.make_product(), 2)], now=clock.now())
    target = url("order-issue", request.number)
    pp = door(office.pp)
    shown = pp.get(reverse("procurement:request-detail", args=[request.number])).context["shown"]
    request.sellers.update(delivery_cost=0)
    with unchanged():
        answer = pp.post(target, {"shown": shown}, follow=True)
        pp.post(target)
    assert "Isi permintaan berubah" in answer.content.decode()


def test_a_refused_issue_leads_back_to_the_request(office: make.Office, door: Any) -> None:
    request = make.make_approved(office, [(goods.make_product(on_hand=1), 2)], now=clock.now())
    client = door(office.pp)
    shown = client.get(reverse("procurement:request-detail", args=[request.number])).context["shown"]
    answer = client.post(url("order-issue", request.number), {"shown": shown}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("procurement:request-detail", args=[request.number])
    assert "Surat pesanan belum terbit" in answer.content.decode()
    assert not Order.objects.exists()


# --- bad input


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
def test_an_inspection_that_does_not_hold_is_told(
    order: Order, office: make.Office, door: Any, data: dict[str, str]
) -> None:
    delivery = to_arrived(order, office)
    pk = delivery.lines.get().pk
    values = {"key": new_key(), "on_time": "ya", f"arrived_{pk}": "10", f"accepted_{pk}": "10", f"remark_{pk}": ""}
    wrong = {f"{k}_{pk}" if k in ("arrived", "accepted", "remark") else k: v for k, v in data.items()}
    client = door(office.receiver)
    with unchanged():
        answer = client.post(url("delivery-inspect", order.number), {**values, **wrong} if data else {})
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "cash"}, {"method": ""}, {"reference": ""}, {"paid_on": "kemarin"}, {"paid_on": "2031-01-01"},
        {"proof": ""}, {"key": "abc"}, {"reference": "x" * 61},
    ],
)  # fmt: skip
def test_a_payment_that_does_not_hold_is_told(
    order: Order, office: make.Office, door: Any, wrong: dict[str, str]
) -> None:
    invoice = to_billed(order, office)
    client = door(office.treasurer)
    client.post(url("invoice-verify", order.number))
    values = {
        "key": new_key(), "method": "ls", "reference": "SP2D-9", "paid_on": clock.local_date(clock.now()).isoformat(),
        "proof": make.photo(), **wrong,
    }  # fmt: skip
    with unchanged():
        assert client.post(url("payment-create", order.number), values).status_code == 422
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.VERIFIED


def test_the_receiver_does_not_pay_by_page(order: Order, office: make.Office, door: Any) -> None:
    to_billed(order, office)
    client = door(office.receiver)
    with unchanged():
        assert client.post(url("invoice-verify", order.number)).status_code == 403
        assert client.get(url("payment-create", order.number)).status_code == 403


def test_an_unknown_order_is_not_found(office: make.Office, door: Any) -> None:
    for number in ("SP-2026-999999", "x", "%2e%2e", "' OR 1=1", "x" * 300):
        assert door(office.pp).get(f"/pesanan/{number}/").status_code == 404


def test_the_receiver_has_two_equal_answers(order: Order, office: make.Office, door: Any) -> None:
    delivery = to_arrived(order, office)
    client = door(office.receiver)
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
    assert delivery.is_on_time == (delivery.arrived_at <= order.deliver_at)
    assert client.post(inspect, {"key": new_key(), "conforms": "1"}).status_code in (409, 422)
    assert door(office.treasurer).post(inspect, {"key": new_key(), "conforms": "1"}).status_code == 403


def test_a_person_says_what_does_not_conform_before_accepting(citizen: User, door: Any) -> None:
    order = make.place(citizen, (goods.make_product(), 2), now=clock.now())[0]
    make.shipped(make.accepted(order, now=clock.now()), now=clock.now())
    delivery, buyer = order.deliveries.get(), door(citizen)
    assert (
        url("delivery-arrive", order.number, delivery.number)
        in buyer.get(url("order-detail", order.number)).content.decode()
    )
    answer = buyer.post(url("delivery-arrive", order.number, delivery.number))
    assert answer["Location"] == url("delivery-inspect", order.number, delivery.number)
    assert "Ada yang tidak sesuai" in buyer.get(answer["Location"]).content.decode()


# --- disputes


def test_a_dispute_by_page(order: Order, office: make.Office, door: Any) -> None:
    to_arrived(order, office)
    receiver, seller = door(office.receiver), door(make.member_of(order))
    number = order.number
    assert receiver.get(url("dispute-create", number)).status_code == 200
    assert receiver.post(url("dispute-create", number), {"complaint": ""}).status_code == 422
    assert receiver.post(url("dispute-create", number), {"complaint": "Basi"}).status_code == 302
    assert seller.get(url("dispute-answer", number)).status_code == 200
    assert seller.post(url("dispute-answer", number), {"answer": "Kami ganti"}).status_code == 302
    assert receiver.post(url("dispute-settle", number), {"decision": "Sudah diganti"}).status_code == 302
    assert Dispute.objects.get().decision == "Sudah diganti"
    assert "Sudah diganti" in seller.get(url("order-detail", number)).content.decode()


def test_no_dispute_no_answer(order: Order, door: Any) -> None:
    assert door(make.member_of(order)).get(url("dispute-answer", order.number)).status_code == 409


# --- seller's desk


def test_the_desk_says_what_waits(order: Order, door: Any) -> None:
    seller = door(make.member_of(order))
    left = owner_rules.CAP.on(clock.today()) - order.total
    page = seller.get(url("seller-dashboard")).content.decode()
    assert "Satu hal untuk hari ini" in page
    assert "Sanggupi pesanan" in page
    assert f"Anda masih bisa menerima {rupiah(left)} bulan ini" in page
    seller.post(url("order-accept", order.number))
    assert "Antar 10 buah" in seller.get(url("seller-dashboard")).content.decode()


def test_the_desk_is_for_sellers(door: Any) -> None:
    assert door(None).get(url("seller-dashboard")).status_code == 302
    away = door(goods.make_user()).get(url("seller-dashboard"))
    assert away["Location"] == reverse("umkm:register")


@pytest.mark.parametrize("name", ["seller-dashboard", "seller-orders", "seller-money"])
def test_a_shop_without_orders_is_told_the_next_step(seller_user: User, door: Any, name: str) -> None:
    assert door(seller_user).get(url(name)).status_code == 200


def test_sellers_see_their_own_orders_only(order: Order, seller_user: User, door: Any) -> None:
    assert order.number not in door(seller_user).get(url("seller-orders")).content.decode()
    mine = door(make.member_of(order))
    assert order.number in mine.get(url("seller-orders")).content.decode()
    assert order.number not in mine.get(url("seller-orders"), {"tahap": "selesai"}).content.decode()
    assert mine.get(url("seller-orders"), {"tahap": "'; --"}).status_code == 200


def test_money_page_tells_the_clock(order: Order, office: make.Office, door: Any) -> None:
    to_billed(order, office)
    page = door(make.member_of(order)).get(url("seller-money")).content.decode()
    days = billing_rules.PAYMENT.on(clock.today())
    assert f"Sisa {days} hari kerja" in page
    assert "Rp1.025.000" in page


def test_desks_ask_a_fixed_number_of_questions(
    office: make.Office, door: Any, django_assert_max_num_queries: Any
) -> None:
    now, seller = clock.now(), goods.make_seller()
    made = [make.make_issued(office, goods.make_product(seller, price=10_000), now=now) for _n in range(6)]
    client, pp = door(make.member_of(made[0])), door(office.pp)
    for path, most in ((url("seller-dashboard"), 30), (url("seller-orders"), 25)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
    with django_assert_max_num_queries(30):
        assert pp.get(url("agency-orders")).status_code == 200


# --- department


def test_the_department_filters_and_sorts(order: Order, office: make.Office, door: Any) -> None:
    pp = door(office.pp)
    for query, seen in [
        ({}, True), ({"tahap": "menunggu"}, True), ({"tahap": "selesai"}, False), ({"q": order.number}, True),
        ({"q": "tidak ada"}, False), ({"urut": "-jumlah"}, True), ({"urut": "password"}, True),
        ({"sejak": "2031-01-01"}, False), ({"sejak": "kapan"}, True), ({"page": "99"}, True),
    ]:  # fmt: skip
        page = pp.get(url("agency-orders"), query)
        assert page.status_code == 200
        # The number stands in the search box too, so look for the link.
        assert (url("order-detail", order.number) in page.content.decode()) is seen, query


def test_other_departments_orders_do_not_show(order: Order, door: Any) -> None:
    page = door(make.make_office().pp).get(url("agency-orders")).content.decode()
    assert order.number not in page


@pytest.mark.parametrize("name", ["agency-orders", "treasurer"])
def test_department_pages_are_for_officers(citizen: User, door: Any, name: str) -> None:
    assert door(citizen).get(url(name)).status_code == 403
    assert door(None).get(url(name)).status_code == 302


def test_export_holds_whole_numbers_and_no_formulas(office: make.Office, door: Any) -> None:
    request = make.make_approved(
        office, [(goods.make_product(price=10_000), 2)], now=clock.now(), title="=HYPERLINK(1)"
    )
    agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=clock.now())
    pp = door(office.pp)
    answer = pp.get(url("agency-orders"), {"unduh": "csv"})
    assert answer["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert rows[1][10] == "45000"
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(pp.get(url("agency-orders"), {"unduh": "xlsx"}).content)).active
    assert sheet["B2"].value == "'=HYPERLINK(1)"
    assert sheet["K2"].value == 45_000


def test_the_treasurer_sees_invoices_by_age(order: Order, office: make.Office, door: Any) -> None:
    invoice = to_billed(order, office)
    page = door(office.treasurer).get(url("treasurer")).content.decode()
    assert invoice.number in page
    assert "Masih ada waktu" in page
    Invoice.objects.filter(pk=invoice.pk).update(due_at=clock.now() - 5 * DAY)
    page = door(office.treasurer).get(url("treasurer")).content.decode()
    assert "Lewat batas" in page
    assert re.search(r"Lewat \d+ hari kerja", page)


# --- cart and checkout


def add(client: Client, product: Any, quantity: Any = 1) -> Any:
    return client.post(url("cart-add"), {"product": product.pk, "quantity": quantity})


def checkout_data(client: Client, product: Any, **over: Any) -> dict[str, Any]:
    page = client.get(url("checkout"))
    form = page.context["form"]
    return {
        "key": form["key"].value(), "seen": page.context["seen"], "recipient": "Warga",
        "recipient_phone": "081234567890",
        "delivery_place": "Jl. Mawar 3", "delivery_kelurahan": goods.make_user().kelurahan_id
        or product.seller.kelurahan_id, f"method_{product.seller_id}": "seller",
        f"deliver_on_{product.seller_id}": form[f"deliver_on_{product.seller_id}"].value().isoformat(), **over,
    }  # fmt: skip


def test_a_visitor_fills_a_cart_signs_in_and_orders(citizen: User, door: Any) -> None:
    product = goods.make_product(price=20_000)
    client = door(None)
    assert add(client, product, 2)["Location"] == url("cart")
    assert "Masuk dan pesan" in client.get(url("cart")).content.decode()
    assert client.get(url("checkout")).status_code == 302
    client.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert product.name in client.get(url("cart")).content.decode()
    assert Cart.objects.get().user == citizen
    data = checkout_data(client, product)
    answer = client.post(url("checkout"), data)
    order = Order.objects.get()
    assert answer["Location"] == url("order-detail", order.number)
    assert (order.total, order.recipient_phone) == (50_000, "+6281234567890")
    # A second click of the same page is shown the same order.
    assert client.post(url("checkout"), data)["Location"] == url("order-detail", order.number)
    assert Order.objects.count() == 1
    assert order.number in client.get(url("order-list")).content.decode()
    balanced()


def test_a_price_that_changed_in_the_cart_is_said(door: Any) -> None:
    product = goods.make_product(price=25_000)
    client = door(None)
    add(client, product, "1")
    assert "Harganya berubah" not in client.get(url("cart")).content.decode()
    type(product).objects.filter(pk=product.pk).update(price=30_000)
    assert "Harganya berubah; dulu Rp25.000." in client.get(url("cart")).content.decode()
    client.post(url("cart-change"), {f"quantity_{product.pk}": "2"})
    assert "Harganya berubah" not in client.get(url("cart")).content.decode()


def test_decimal_comma_in_the_cart(door: Any) -> None:
    product = goods.make_product(unit="kg", step=Decimal("0.25"), minimum=Decimal("0.25"))
    client = door(None)
    add(client, product, "1,25")
    assert CartLine.objects.get().quantity == Decimal("1.25")
    client.post(url("cart-change"), {f"quantity_{product.pk}": "0,5"})
    assert CartLine.objects.get().quantity == Decimal("0.5")
    client.post(url("cart-change"), {f"quantity_{product.pk}": "abc", "remove": product.pk})
    assert not CartLine.objects.exists()


@pytest.mark.parametrize("button", [{}, {"order": "1"}, {"remove": "other"}])
def test_what_was_typed_is_kept_whichever_button_is_pressed(citizen: User, door: Any, button: dict[str, Any]) -> None:
    product, other = goods.make_product(), goods.make_product()
    client = door(citizen)
    add(client, product, 1)
    add(client, other, 1)
    if "remove" in button:
        button = {"remove": other.pk}
    typed = {f"quantity_{product.pk}": "7", f"shown_{product.pk}": "1"}
    answer = client.post(url("cart-change"), typed | button)
    assert answer["Location"] == url("checkout" if "order" in button else "cart")
    assert CartLine.objects.get(product=product).quantity == 7


def test_a_field_nobody_touched_undoes_no_other_window(citizen: User, door: Any) -> None:
    product, other = goods.make_product(), goods.make_product()
    client = door(citizen)
    add(client, product, 5)  # the other window's doing: this page still says 1
    add(client, other, 1)
    data = {f"quantity_{product.pk}": "1", f"shown_{product.pk}": "1", f"quantity_{other.pk}": "2"}
    client.post(url("cart-change"), data)
    assert dict(CartLine.objects.values_list("product", "quantity")) == {product.pk: 5, other.pk: 2}


@pytest.mark.parametrize("typed", ["abc", "0,5", "-1", "9" * 12])
def test_a_quantity_that_cannot_be_is_shown_in_its_field(citizen: User, door: Any, typed: str) -> None:
    product, other = goods.make_product(), goods.make_product()
    client = door(citizen)
    add(client, product, 3)
    add(client, other, 3)
    data = {f"quantity_{product.pk}": typed, f"quantity_{other.pk}": "4", "order": "1"}
    answer = client.post(url("cart-change"), data)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert set(CartLine.objects.values_list("quantity", flat=True)) == {3}  # all or none


@pytest.mark.parametrize("quantity", ["", "abc", "-1", "0", "1.5", "9" * 30, "NaN", "1e3"])
def test_a_strange_quantity_is_told_and_not_taken(door: Any, quantity: str) -> None:
    product = goods.make_product()
    client = door(None)
    assert add(client, product, quantity).status_code == 302
    assert not CartLine.objects.exists()


def test_a_cart_sends_nobody_elsewhere(door: Any) -> None:
    product = goods.make_product()
    answer = door(None).post(
        url("cart-add"), {"product": product.pk, "quantity": "x", "next": "https://jahat.invalid/"}
    )
    assert answer["Location"] == url("cart")


def test_another_visitors_cart_is_not_touched(door: Any) -> None:
    product = goods.make_product()
    one, two = door(None), door(None)
    add(one, product, 2)
    two.post(url("cart-change"), {f"quantity_{product.pk}": "9"})
    assert CartLine.objects.get().quantity == 2
    assert product.name not in two.get(url("cart")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"recipient": ""}, {"recipient_phone": "12"}, {"delivery_place": ""}, {"delivery_kelurahan": "99"}, {"seen": "x"}],
)
def test_a_checkout_that_does_not_hold_is_told(citizen: User, door: Any, wrong: dict[str, str]) -> None:
    product = goods.make_product()
    client = door(citizen)
    add(client, product)
    data = {**checkout_data(client, product), **wrong}
    answer = client.post(url("checkout"), data)
    assert answer.status_code == 422
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("shop", "product", "said"),
    [
        ({"delivery_fee": 15_000}, {}, "Rp10.000 menjadi Rp15.000"),
        ({"delivery_fee": 5_000}, {}, "Rp10.000 menjadi Rp5.000"),
        ({"offers_delivery": False}, {}, "tidak mengantar lagi"),
        ({"offers_pickup": False}, {}, "tidak bisa diambil di toko lagi"),
        ({}, {"price": 21_000}, "Rp20.000 menjadi Rp21.000"),
    ],
)
@pytest.mark.parametrize("typed", [{}, {"recipient_phone": "12"}], ids=["fine", "typo"])
def test_nobody_pays_what_the_page_did_not_show(
    citizen: User, door: Any, shop: dict[str, Any], product: dict[str, Any], said: str, typed: dict[str, str]
) -> None:
    bought = goods.make_product(price=20_000)
    client = door(citizen)
    add(client, bought)
    data = checkout_data(client, bought, recipient="Bu Ketikan", note="Pagar hijau", **typed)
    if shop:
        Seller.objects.filter(pk=bought.seller_id).update(**shop)
    if product:
        Product.objects.filter(pk=bought.pk).update(**product)
    answer = client.post(url("checkout"), data)
    page = answer.content.decode()
    assert (answer.status_code, Order.objects.count(), CartLine.objects.count()) == (422, 0, 1)
    assert said in page
    assert "Bu Ketikan" in page
    assert "Pagar hijau" in page
    method = "pickup" if shop.get("offers_delivery") is False else "seller"
    again = {
        **data, "seen": answer.context["seen"], "recipient_phone": "081234567890", f"method_{bought.seller_id}": method,
    }  # fmt: skip
    assert client.post(url("checkout"), again).status_code == 302
    fee = 0 if method == "pickup" else shop.get("delivery_fee", 10_000)
    assert Order.objects.get().total == product.get("price", 20_000) + fee


@pytest.mark.parametrize("seen", ["", "x", "[]", "[1,2,3]", '[{"1":["1",2]},{},[]]', "null", '{"a":1}', "[[],[],[]]"])
def test_a_page_that_shows_nothing_orders_nothing(citizen: User, door: Any, seen: str) -> None:
    product = goods.make_product()
    client = door(citizen)
    add(client, product)
    data = checkout_data(client, product, seen=seen)
    assert client.post(url("checkout"), data).status_code == 422
    del data["seen"]
    assert client.post(url("checkout"), data).status_code == 422
    assert not Order.objects.exists()


def test_another_quantity_in_another_tab_is_told(citizen: User, door: Any) -> None:
    product = goods.make_product()
    client = door(citizen)
    add(client, product, 1)
    data = checkout_data(client, product)
    add(client, product, 2)
    answer = client.post(url("checkout"), data)
    assert (answer.status_code, Order.objects.count()) == (422, 0)
    assert "isi keranjang" in answer.content.decode()


def test_short_stock_is_told_in_the_cart_and_at_the_till(citizen: User, door: Any) -> None:
    product = goods.make_product(on_hand=3)
    client = door(citizen)
    add(client, product, 3)
    data = checkout_data(client, product)
    other = goods.make_user()
    make.place(other, (product, 2), now=clock.now())
    answer = client.post(url("checkout"), data)
    assert answer.status_code == 422
    assert "tinggal 1" in answer.content.decode()
    assert "tinggal 1" in client.get(url("cart")).content.decode()
    balanced()


def test_a_persons_order_from_click_to_click(citizen: User, door: Any) -> None:
    product = goods.make_product(price=20_000)
    now = clock.now()
    order = make.place(citizen, (product, 2), now=now)[0]
    buyer, seller = door(citizen), door(make.member_of(order))
    assert "Batalkan pesanan" in buyer.get(url("order-detail", order.number)).content.decode()
    assert seller.post(url("order-accept", order.number)).status_code == 302
    line = order.lines.get()
    seller.post(url("delivery-create", order.number), {"key": new_key(), "carrier": "Sendiri", f"sent_{line.pk}": "2"})
    page = buyer.get(url("order-detail", order.number)).content.decode()
    assert "Ada yang tidak sesuai" in page.split("Sesuai</button>")[1][:900]
    assert buyer.post(url("delivery-confirm", order.number)).status_code == 302
    assert "Uang sudah saya terima" in seller.get(url("order-detail", order.number)).content.decode()
    assert seller.post(url("cash-create", order.number), {"key": new_key()}).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.FINISHED
    assert Delivery.objects.get().state == DeliveryState.ACCEPTED
    balanced()


def test_the_buyer_cancels_without_a_reason(citizen: User, door: Any) -> None:
    order = make.place(citizen, (goods.make_product(), 1), now=clock.now())[0]
    assert door(citizen).post(url("order-close", order.number), {"note": ""}).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED


def test_a_persons_orders_are_theirs(citizen: User, stranger: User, door: Any) -> None:
    order = make.place(citizen, (goods.make_product(), 1), now=clock.now())[0]
    assert order.number not in door(stranger).get(url("order-list")).content.decode()
    assert door(stranger).get(url("order-detail", order.number)).status_code == 404


def test_the_cart_count_stands_in_the_head(citizen: User, door: Any) -> None:
    client = door(citizen)
    product = goods.make_product()
    carts.put_in_cart(user=citizen, key="", product=product, quantity=Decimal(1), now=clock.now())
    assert client.get(url("cart")).context["cart_count"] == 1


# --- the city's officer


def test_a_dispute_is_decided_in_the_officers_room(order: Order, office: make.Office, door: Any) -> None:
    to_arrived(order, office)
    now = clock.now()
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=now)
    officer = goods.make_staff("orders.decide_dispute", "orders.view_dispute", "orders.view_order")
    room = reverse("admin:orders_dispute_change", args=[dispute.pk])
    client = door(officer)
    assert client.get(room).status_code == 200
    data = {
        "decision": "Diterima sembilan",
        "shown": shown_on(client, room),
        "events-TOTAL_FORMS": 0,
        "events-INITIAL_FORMS": 0,
    }
    assert client.post(room, data).status_code == 302
    dispute.refresh_from_db()
    assert dispute.decision == "Diterima sembilan"


@pytest.mark.parametrize("model", ["order", "delivery", "invoice", "payment", "dispute", "taxrate"])
def test_officers_rooms_open_and_change_nothing(admin_user: User, order: Order, door: Any, model: str) -> None:
    client = door(admin_user)
    assert client.get(reverse(f"admin:orders_{model}_changelist")).status_code == 200
    if model in ("order", "delivery", "invoice", "payment"):
        assert client.get(reverse(f"admin:orders_{model}_add")).status_code == 403
    if model == "order":
        room = reverse("admin:orders_order_change", args=[order.pk])
        assert client.get(room).status_code == 200
        assert client.post(room, {"title": "x"}).status_code == 403
