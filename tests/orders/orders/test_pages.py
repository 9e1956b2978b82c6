"""Orders by page: what a click does, what the desks show, what bad input says."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.billing.models import Invoice, Payment
from orders.billing.pages import expected_taxes
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import OrderState
from orders.remedies import services as remedies
from procurement.requests.services import decisions
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.negotiations import make_talk
from tests.factories.orders import HOUR, MONDAY
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.orders.books import balanced, unchanged
from tests.orders.pages import to_arrived, to_billed, url
from umkm.owners import rules as owner_rules
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db


def test_a_negotiation_and_the_order_that_came_of_it_lead_to_each_other() -> None:
    table = make_talk("agreed")
    seller, number = signed_in(table.shopkeeper), table.talk.number
    talk, way = reverse("procurement:negotiation-detail", args=[number]), url("negotiated-order", number)
    assert way not in seller.get(talk).content.decode() and seller.get(way)["Location"] == talk
    table.approve()
    (order,) = agreement.issue_orders(actor=table.officer, request=table.request, key="a" * 20, now=MONDAY + 5 * HOUR)
    for client in (seller, signed_in(table.officer)):
        assert way in client.get(talk).content.decode()
        assert client.get(way)["Location"] == url("order-detail", order.number)
        assert talk in client.get(url("order-detail", order.number)).content.decode()
    assert signed_in(goods.make_user()).get(way).status_code == 404


def test_a_purchase_from_click_to_click(order: Order, office: make.Office) -> None:
    seller, receiver, treasurer = map(signed_in, (make.member_of(order), office.receiver, office.treasurer))
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
        "key": new_key(), "remark": "Baik", f"arrived_{found.pk}": "10", f"accepted_{found.pk}": "9",
        f"remark_{found.pk}": "Satu penyok", "photos": [make.photo()],
    }  # fmt: skip
    assert receiver.post(url("delivery-inspect", number), data).status_code == 302
    photo = Delivery.objects.get(order=order).photos.get()
    picture = seller.get(url("inspection-photo", number, photo.pk))
    assert (picture.status_code, picture["Cache-Control"]) == (200, "no-store")
    assert signed_in(goods.make_user()).get(url("inspection-photo", number, photo.pk)).status_code == 404
    assert receiver.post(url("bast-create", number), {"office_number": "000.3/1"}).status_code == 302
    assert treasurer.get(url("treasurer")).status_code == 200
    assert treasurer.get(url("invoice-verify", number)).status_code == 200
    assert treasurer.post(url("invoice-verify", number), {"ticked": ["papers"]}).status_code == 302
    approver = signed_in(make.head_of(office))
    approvals = form_of(approver, reverse("orders:payment-approvals"))
    assert treasurer.get(url("payment-create", number)).status_code == 302
    ticked = f"{make.invoice_of(order).pk}:{Invoice.objects.with_stamp().get(order=order).stamp}"
    assert approver.post(reverse("orders:payment-approvals"), {**approvals, "chosen": ticked}).status_code == 302
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


def test_declining_by_page(order: Order) -> None:
    seller = signed_in(make.member_of(order))
    assert seller.get(url("order-close", order.number)).status_code == 200
    empty = seller.post(url("order-close", order.number), {"note": ""})
    assert empty.status_code == 422
    assert seller.post(url("order-close", order.number), {"note": "Bahan habis"}).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED


def test_cancelling_by_page(order: Order, office: make.Office) -> None:
    page = url("cancellation-create", order.number)
    assert signed_in(office.requester).get(page).status_code == 403
    pp = signed_in(office.pp)
    assert pp.get(url("order-close", order.number)).status_code == 403
    assert pp.get(page).status_code == 200
    assert pp.post(page, {"way": "direct"}).status_code == 422
    assert pp.post(page, {"way": "direct", "reason": "activity"}).status_code == 302


def test_issuing_by_page(office: make.Office) -> None:
    request = make.make_approved(office, [(goods.make_product(), 2)], now=clock.now())
    target = url("order-issue", request.number)
    with unchanged():
        assert signed_in(office.requester).post(target).status_code == 403
        assert signed_in(goods.make_user()).post(target).status_code == 404
    pp = signed_in(office.pp)
    shown = pp.get(reverse("procurement:request-detail", args=[request.number])).context["shown"]
    assert pp.post(target, {"shown": shown}).status_code == 302
    assert pp.post(target, {"shown": shown}).status_code == 302
    order = Order.objects.get()
    # Another tab, opened before: its key is another one.
    second = pp.post(target, {"shown": shown, "key": new_key()}, follow=True)
    assert second.redirect_chain == [(url("order-detail", order.number), 302)]
    assert f"Surat pesanannya sudah terbit: {order.number}." in second.text
    assert signed_in(office.requester).post(target, {"key": new_key()}).status_code == 403
    assert Order.objects.count() == 1


def test_what_is_not_approved_is_not_said_to_be_ordered(office: make.Office) -> None:
    request = make.make_approved(office, [(goods.make_product(), 2)], now=clock.now())
    decisions.withdraw_request(actor=office.requester, request=request, note="Batal", now=clock.now())
    assert signed_in(office.pp).post(url("order-issue", request.number), {"key": new_key()}).status_code == 409


def test_what_the_page_did_not_show_is_not_issued(office: make.Office) -> None:
    request = make.make_approved(office, [(goods.make_product(), 2)], now=clock.now())
    target = url("order-issue", request.number)
    pp = signed_in(office.pp)
    shown = pp.get(reverse("procurement:request-detail", args=[request.number])).context["shown"]
    request.sellers.update(delivery_cost=0)
    with unchanged():
        answer = pp.post(target, {"shown": shown}, follow=True)
        pp.post(target)
    assert "Isi permintaan berubah" in answer.content.decode()


def test_a_refused_issue_leads_back_to_the_request(office: make.Office) -> None:
    request = make.make_approved(office, [(goods.make_product(), 2)], now=clock.now())
    Seller.objects.update(closed_until=clock.today() + timedelta(days=90))
    client = signed_in(office.pp)
    shown = client.get(reverse("procurement:request-detail", args=[request.number])).context["shown"]
    answer = client.post(url("order-issue", request.number), {"shown": shown}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("procurement:request-detail", args=[request.number])
    assert "Surat pesanan belum terbit" in answer.content.decode()
    assert not Order.objects.exists()


def test_the_desk_says_what_waits(order: Order) -> None:
    seller = signed_in(make.member_of(order))
    left = owner_rules.CAP.on(clock.today()) - order.total
    page = seller.get(url("seller-dashboard")).content.decode()
    assert "Satu hal menunggu Anda" in page
    assert "Sanggupi pesanan" in page
    assert f"Anda masih bisa menerima {rupiah(left)} bulan ini" in page
    seller.post(url("order-accept", order.number))
    assert "Antar 10 buah" in seller.get(url("seller-dashboard")).content.decode()


def test_who_reads_several_departments_sees_whose_order_it_is(order: Order, office: make.Office) -> None:
    other = make.make_office()
    name = f"<small>{office.agency.short_name}</small>"
    pages = [
        signed_in(user).get(url("agency-orders")).content.decode()
        for user in (office.pp, goods.make_staff("procurement.inspect_all"))
    ]
    assert [name in page for page in pages] == [False, True], other


def test_a_cancelled_order_waits_for_no_papers(order: Order, office: make.Office) -> None:
    client = signed_in(office.pp)
    page = client.get(url("order-detail", order.number)).content.decode()
    assert "Susun SPJ" in page
    assert "terbit sesudah BAST" in page
    client.post(url("cancellation-create", order.number), {"way": "direct", "reason": "activity"})
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED
    page = client.get(url("order-detail", order.number)).content.decode()
    assert "Susun SPJ" not in page
    assert "terbit sesudah BAST" not in page
    assert reverse("orders:document-file", args=[order.number, "purchase_order"]) in page


@pytest.mark.parametrize("name", ["seller-dashboard", "seller-orders", "seller-money"])
def test_a_shop_without_orders_is_told_the_next_step(seller_user: User, name: str) -> None:
    assert signed_in(seller_user).get(url(name)).status_code == 200


def test_desks_ask_a_fixed_number_of_questions(office: make.Office, django_assert_max_num_queries: Any) -> None:
    now, seller = clock.now(), goods.make_seller()
    made = [make.make_issued(office, goods.make_product(seller, price=10_000), now=now) for _n in range(6)]
    client, pp = signed_in(make.member_of(made[0])), signed_in(office.pp)
    for path, most in ((url("seller-dashboard"), 33), (url("seller-orders"), 25)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
    with django_assert_max_num_queries(30):
        assert pp.get(url("agency-orders")).status_code == 200


def test_the_department_filters_and_sorts(order: Order, office: make.Office) -> None:
    pp = signed_in(office.pp)
    for query, seen in [
        ({}, True), ({"tahap": "menunggu"}, True), ({"tahap": "selesai"}, False), ({"q": order.number}, True),
        ({"q": "tidak ada"}, False), ({"urut": "-jumlah"}, True), ({"urut": "password"}, True),
        ({"sejak": "2031-01-01"}, False), ({"sejak": "kapan"}, True), ({"page": "99"}, True),
    ]:  # fmt: skip
        page = pp.get(url("agency-orders"), query)
        assert page.status_code == 200
        # The number stands in the search box too, so look for the link.
        assert (url("order-detail", order.number) in page.content.decode()) is seen, query


def test_export_holds_whole_numbers_and_no_formulas(office: make.Office) -> None:
    request = make.make_approved(
        office, [(goods.make_product(price=10_000), 2)], now=clock.now(), title="=HYPERLINK(1)"
    )
    agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=clock.now())
    pp = signed_in(office.pp)
    answer = pp.get(url("agency-orders"), {"unduh": "csv"})
    assert answer["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert rows[1][10] == "45000"
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(pp.get(url("agency-orders"), {"unduh": "xlsx"}).content)).active
    assert sheet["B2"].value == "'=HYPERLINK(1)"
    assert sheet["K2"].value == 45_000


def test_a_persons_order_from_click_to_click(citizen: User) -> None:
    product = goods.make_product(price=20_000)
    now = clock.now()
    order = make.place(citizen, (product, 2), now=now)[0]
    buyer, seller = signed_in(citizen), signed_in(make.member_of(order))
    assert "Batalkan pesanan" in buyer.get(url("order-detail", order.number)).content.decode()
    assert seller.post(url("order-accept", order.number)).status_code == 302
    line = order.lines.get()
    seller.post(url("delivery-create", order.number), {"key": new_key(), "carrier": "Sendiri", f"sent_{line.pk}": "2"})
    page = " ".join(buyer.get(url("order-detail", order.number)).content.decode().split())
    assert "Ada yang tidak sesuai" in page.split("Sesuai </button>")[1][:900]
    assert buyer.post(url("delivery-confirm", order.number)).status_code == 302
    assert "Uang sudah saya terima" in seller.get(url("order-detail", order.number)).content.decode()
    assert seller.post(url("cash-create", order.number), {"key": new_key()}).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.FINISHED
    assert Delivery.objects.get().state == DeliveryState.ACCEPTED
    balanced()


def test_the_buyer_cancels_with_no_more_than_a_reason(citizen: User) -> None:
    order = make.place(citizen, (goods.make_product(), 1), now=clock.now())[0]
    given = {"way": "direct", "reason": "not_needed"}
    assert signed_in(citizen).post(url("cancellation-create", order.number), given).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED


def test_each_side_reaches_the_other_while_the_order_is_live(citizen: User, stranger: User) -> None:
    order = make.place(citizen, (goods.make_product(), 1), now=clock.now())[0]
    Seller.objects.filter(pk=order.seller_id).update(phone="+6281299990000")
    Order.objects.filter(pk=order.pk).update(recipient_phone="+6281234567890")
    page = url("order-detail", order.number)
    buyer, seller = signed_in(citizen), signed_in(make.member_of(order))
    text = buyer.get(page).content.decode()
    assert "tel:+6281299990000" in text and "https://wa.me/6281299990000?text=" in text and "0812-9999-0000" in text
    text = seller.get(page).content.decode()
    assert "tel:+6281234567890" in text and "https://wa.me/6281234567890?text=" in text and order.number in text
    assert signed_in(stranger).get(page).status_code == 404
    inspector = signed_in(goods.make_staff("procurement.inspect_all")).get(page).content.decode()
    assert "81234567890" not in inspector and "81299990000" not in inspector and "0812-" not in inspector
    cancelling.cancelled(order, citizen, now=clock.now())
    for side in (buyer, seller):
        text = side.get(page).content.decode()
        assert "tel:" not in text and "wa.me" not in text and "0812-" not in text


def test_a_department_and_its_seller_reach_each_other(order: Order, office: make.Office) -> None:
    Seller.objects.filter(pk=order.seller_id).update(phone="+62315678901")
    Order.objects.filter(pk=order.pk).update(recipient_phone="+6281234567890")
    page = url("order-detail", order.number)
    text = signed_in(office.receiver).get(page).content.decode()
    assert "tel:+62315678901" in text and "wa.me" not in text  # a landline has no WhatsApp
    assert "https://wa.me/6281234567890" in signed_in(make.member_of(order)).get(page).content.decode()


def test_what_was_sent_too_much_is_told_with_the_name_once(order: Order) -> None:
    now = clock.now()
    seller = signed_in(make.member_of(make.accepted(order, now=now)))
    line = order.lines.get()
    sent = {"key": new_key(), "carrier": "Kurir", f"sent_{line.pk}": "99"}
    page = " ".join(seller.post(url("delivery-create", order.number), sent).content.decode().split())
    told = page.split("Ada yang perlu diperbaiki")[1].split("</ul>")[0]
    assert told.count(f"{line.name}:") == 1


def test_an_order_accepted_in_another_tab_leads_to_what_its_seller_may_do(order: Order) -> None:
    seller = signed_in(make.member_of(order))
    assert seller.get(url("order-close", order.number)).status_code == 200
    make.accepted(order, now=clock.now())
    answer = seller.post(url("order-close", order.number), {"note": "Penuh"}, follow=True)
    assert answer.redirect_chain == [(url("cancellation-create", order.number), 302)]
    assert "sudah disanggupi" in answer.content.decode()
    order.refresh_from_db()
    assert order.state == OrderState.ACCEPTED


def test_the_seller_calls_the_contact_of_a_department(order: Order, office: make.Office) -> None:
    """The number of the order, else the requester's; the requester is told when there is none."""
    seller, requester = signed_in(make.member_of(order)), signed_in(office.requester)
    Order.objects.filter(pk=order.pk).update(recipient_phone="")
    User.objects.filter(pk=office.requester.pk).update(phone="")
    assert seller.get(url("order-detail", order.number)).context["contact"] is None
    page = requester.get(url("order-detail", order.number)).content.decode()
    assert "Penjual belum dapat menghubungi Anda" in page
    assert (
        "Penjual belum dapat" not in signed_in(office.receiver).get(url("order-detail", order.number)).content.decode()
    )
    User.objects.filter(pk=office.requester.pk).update(phone="+6281234567890")
    page = seller.get(url("order-detail", order.number)).content.decode()
    assert 'href="tel:+6281234567890"' in page
    assert "wa.me/6281234567890" in page
    assert "Penjual belum dapat" not in requester.get(url("order-detail", order.number)).content.decode()
    assert signed_in(goods.make_user()).get(url("order-detail", order.number)).status_code == 404


def test_both_sides_read_what_was_not_accepted_and_why(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    make.inspected(delivery, office.receiver, accept=6, now=clock.now())
    for actor in (make.member_of(order), office.requester):
        page = " ".join(signed_in(actor).get(url("order-detail", order.number)).content.decode().split())
        assert "tidak diterima, jadi tidak ditagih: Sebagian penyok" in page
        assert "diterima 6 dari 10" in page
        assert page.count("Akan ditagih dari yang sudah diperiksa") == 2


def test_the_sum_of_a_lowered_bill_is_the_sum_of_its_rows(citizen: User) -> None:
    order = mend.bought(citizen, paid=False)
    mend.decided(order, citizen, mend.deduction(order, 60_000))
    answer = signed_in(citizen).get(url("order-detail", order.number))
    context, rows = answer.context, answer.content.decode().split('class="lines"')[1].split("</table>")[0]
    lines = sum(line.accepted_amount for line in context["lines"])
    assert lines + order.delivery_cost - context["deducted"] == context["sum"]
    assert f"−{rupiah(60_000)}" in rows


def test_who_asked_to_cancel_is_named_once(citizen: User) -> None:
    order = make.accepted(make.place(citizen, (goods.make_product(), 1), now=clock.now())[0], now=clock.now())
    cancelling.asked(order, citizen, now=clock.now())
    card = signed_in(citizen).get(url("order-detail", order.number)).context["cancellation"]
    assert card.asker == citizen.name


def test_money_given_back_is_told_with_the_payment(citizen: User) -> None:
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 60_000))
    chip = lambda: signed_in(citizen).get(url("order-detail", order.number)).context["status"].chips  # noqa: E731
    assert chip()[2].text == "Uang harus dikembalikan"
    remedy = mend.returned(mend.remedy_of(order))
    remedies.confirm(actor=citizen, remedy=remedy, now=mend.NOW + timedelta(hours=3))
    assert (chip()[2].text, chip()[2].note) == ("Sebagian uang dikembalikan", "Rp60.000")
    assert chip()[0].note.startswith("sejak")
    page = " ".join(signed_in(citizen).get(url("order-detail", order.number)).content.decode().split())
    assert "Sudah dikembalikan ke pembeli</dt><dd>−Rp60.000" in page


def test_a_seller_who_waits_for_money_is_told_what_a_complaint_stops(order: Order, office: make.Office) -> None:
    to_billed(order, office)
    said = "Keluhan menghentikan hitungan waktu bayar"
    page = lambda actor: signed_in(actor).get(url("dispute-create", order.number)).content.decode()  # noqa: E731
    assert said in page(make.member_of(order))
    assert said not in page(office.receiver)


def test_before_a_bill_both_sides_read_the_tax_and_its_reason(office: make.Office) -> None:
    order = make.make_issued(office, now=clock.now())
    seller = signed_in(make.member_of(order))
    text = seller.get(url("order-detail", order.number)).content.decode()
    (expected, *_rest) = expected_taxes(order, clock.today())
    assert "Berapa pajaknya nanti, dan mengapa?" in text and expected.explanation in text
    to_billed(order, office)
    assert "Berapa pajaknya nanti" not in seller.get(url("order-detail", order.number)).content.decode()
