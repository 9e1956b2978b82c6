"""What people see and press: the seller's desk and order page, the treasurer's answer, the public page, the export."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards.seller_day import seller_money
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import ConfirmationState
from orders.deliveries import services as deliveries
from orders.disputes.models import Dispute
from orders.documents import archive
from orders.documents.build import order_for_papers
from orders.orders.models import Order
from orders.sales import pages as sales
from tests.factories import confirmations as word
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories.disclosures import make_inspector
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(now: datetime) -> make.Office:
    return make.make_office(now=now)


@pytest.fixture
def handed_over(office: make.Office) -> Order:
    """Today: pages ask the real clock."""
    now = clock.now()
    order = make.accepted(make.make_issued(office, now=now), now)
    delivery = make.arrived(make.shipped(order, now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    return Order.objects.get(pk=order.pk)


@pytest.fixture
def paid(office: make.Office, handed_over: Order) -> Order:
    now = clock.now()
    make.clear(office, make.invoice_of(handed_over), now)
    make.pay(office, handed_over, now=now, paid_on=clock.local_date(now))
    return Order.objects.get(pk=handed_over.pk)


def page(person: Any, order: Order) -> str:
    found = signed_in(person).get(reverse("orders:order-detail", args=[order.number]))
    assert found.status_code == 200
    return found.content.decode()


def test_one_tap_on_the_desk_confirms_the_bast(handed_over: Order) -> None:
    seller, row = make.member_of(handed_over), word.of_bast(handed_over)
    client = signed_in(seller)
    tap = reverse("orders:confirmation-create", args=[handed_over.number, row.pk])
    desk = client.get(reverse("site:seller-dashboard")).content.decode()
    assert tap in desk
    assert f'name="edition" value="{word.edition(row).pk}"' in desk
    assert client.post(tap, {"edition": word.edition(row).pk}).status_code == 302
    row.refresh_from_db()
    assert row.state == ConfirmationState.CONFIRMED
    assert tap not in client.get(reverse("site:seller-dashboard")).content.decode()
    assert "Dikonfirmasi penjual" in page(seller, handed_over)


def test_the_desk_says_what_was_accepted_and_opens_the_paper() -> None:
    """Not what was ordered: that is more than its BAST says."""
    office = make.make_office()
    order = make.taken_over(office, make.make_issued(office), accept=7)
    desk = signed_in(make.member_of(order)).get(reverse("site:seller-dashboard"))
    (item,) = desk.context["confirmations"]
    assert item["note"].startswith("7 ")
    bast = reverse("orders:document-of", args=[order.number, "bast", order.deliveries.get().number])
    assert f"{bast}?lihat=1" == item["href"] and item["href"] in desk.content.decode()


def test_a_page_that_names_no_document_signs_nothing(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    client = signed_in(make.member_of(handed_over))
    tap = reverse("orders:confirmation-create", args=[handed_over.number, row.pk])
    assert client.post(tap, {}).status_code == 409
    row.refresh_from_db()
    assert row.state == ConfirmationState.WAITING


def test_an_objection_is_the_complaint_of_the_order(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    client = signed_in(make.member_of(handed_over))
    address = reverse("orders:confirmation-object", args=[handed_over.number, row.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"complaint": "Sembilan, bukan sepuluh"}).status_code == 302
    assert Dispute.objects.get(order=handed_over).opened_by_seller


def test_a_paid_bill_leaves_the_seller_the_objection_that_every_page_offers(office: make.Office, paid: Order) -> None:
    seller, row = make.member_of(paid), word.of_bast(paid)
    client = signed_in(seller)
    address = reverse("orders:confirmation-object", args=[paid.number, row.pk])
    assert address in client.get(reverse("site:seller-dashboard")).content.decode()
    assert address in page(seller, paid)
    form = client.get(address)
    assert (form.status_code, "sudah dibayar" in form.content.decode()) == (200, True)
    assert client.post(address, {"complaint": "Sembilan, bukan sepuluh"}).status_code == 302
    assert not Dispute.objects.filter(order=paid).exists()
    assert "Sembilan, bukan sepuluh" in page(office.treasurer, paid)
    again = client.get(address)
    assert (again.status_code, "Anda sudah berkeberatan" in again.content.decode()) == (409, True)


def test_an_objection_that_waits_for_a_complaint_says_so(office: make.Office, handed_over: Order) -> None:
    seller, row = make.member_of(handed_over), word.of_bast(handed_over)
    mend.opened(handed_over, office.receiver, now=clock.now())
    address = reverse("orders:confirmation-object", args=[handed_over.number, row.pk])
    said = "Masih ada keluhan yang belum selesai"
    assert address not in page(seller, handed_over) and said in page(seller, handed_over)
    shown = signed_in(seller).get(address)
    assert (shown.status_code, said in shown.content.decode()) == (409, True)


def test_money_that_did_not_come_reaches_treasurer_head_and_inspector(office: make.Office, paid: Order) -> None:
    seller, row = make.member_of(paid), word.of_payment(paid)
    client = signed_in(seller)
    assert "Uang sudah masuk" in page(seller, paid)
    deny = reverse("orders:receipt-deny", args=[paid.number, row.pk])
    assert seller_money(paid.seller, clock.now()).missing == 0
    assert client.post(deny, {"note": "Rekening dicek Senin"}).status_code == 302
    money, amount = seller_money(paid.seller, clock.now()), make.invoice_of(paid).net
    assert (money.told, money.received, money.received_orders, money.missing) == (0, 0, 0, amount)
    sums = sales.sums(sales.sold(paid.seller, clock.month_of(clock.now())))
    assert (sums.paid, sums.missing, sums.unpaid) == (0, amount, amount)
    seller_desk = client.get(reverse("site:seller-dashboard"))
    assert [item["title"] for item in seller_desk.context["missing"]] == [f"Belum masuk: {rupiah(amount)}"]
    assert rupiah(amount) in seller_desk.context["notes"]["received"]
    assert row not in seller_desk.context["today"].to_confirm  # the treasurer is to act
    chip = client.get(reverse("orders:order-detail", args=[paid.number])).context["status"].chips[2]
    assert (chip.text, chip.kind) == ("Menurut penjual belum masuk", "no")
    head, inspector = make.head_of(office), make_inspector()
    for person, desk in ((office.treasurer, "site:agency-dashboard"), (head, "site:agency-dashboard"),
                         (inspector, "site:inspector-dashboard")):  # fmt: skip
        assert "belum masuk ke" in signed_in(person).get(reverse(desk)).content.decode()
        assert "Rekening dicek Senin" in page(person, paid)
    answer = reverse("orders:receipt-answer", args=[paid.number, row.pk])
    assert answer in page(office.treasurer, paid)
    assert answer not in page(head, paid)
    assert signed_in(head).post(answer, {"note": "Masuk"}).status_code == 403
    assert signed_in(office.treasurer).post(answer, {"note": "Masuk Selasa"}).status_code == 302
    row.refresh_from_db()
    assert row.state == ConfirmationState.WAITING
    assert "Masuk Selasa" in page(seller, paid)
    assert (seller_money(paid.seller, clock.now()).told, seller_money(paid.seller, clock.now()).received) == (amount, 0)


def test_the_public_page_names_what_was_confirmed(handed_over: Order, run_jobs: Any, client: Client) -> None:
    row = word.of_bast(handed_over)
    shown = word.edition(row)
    word.confirmed(row, now=clock.now())
    run_jobs()
    row.refresh_from_db()
    said = client.get(reverse("orders:verify", args=[shown.code])).content.decode()
    assert row.sha256 in said
    current = word.edition(row)
    said = client.get(reverse("orders:verify", args=[current.code])).content.decode()
    assert "PIHAK PERTAMA" in said
    assert "Dikonfirmasi" in said


def test_the_export_says_it(paid: Order) -> None:
    word.confirmed(word.of_bast(paid), now=clock.now())
    data = archive.purchase_data(order_for_papers(paid.pk))
    row = SellerConfirmation.objects.get(order=paid, delivery__isnull=False)
    (delivery,), (invoice,) = data["deliveries"], data["invoices"]
    assert delivery["confirmation"]["sha256"] == row.sha256
    assert invoice["payments"][0]["confirmation"]["state"] == "waiting"
