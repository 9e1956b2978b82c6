"""An order delivered, invoiced and paid in several parts, and what becomes of the rest."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import short_end
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.users.models import User
from orders.billing.models import Commitment, Invoice
from orders.billing.services import correction, payments
from orders.billing.states import CommitmentState, InvoiceState
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.documents import archive, build
from orders.documents import services as documents
from orders.documents.states import DocumentKind
from orders.orders import policies, rules, status
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, steps_of
from orders.orders.pages.parts import delivery_parts
from orders.orders.pages.timeline import timeline
from orders.orders.services import completion
from orders.orders.states import CloseReason, DeliveryMethod, OrderState
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue.states import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    """Ten pieces at Rp33,333 each, stocked, accepted by the seller."""
    return make.accepted(make.make_issued(office, goods.make_product(price=33_333, on_hand=50)))


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def ship(order: Order, quantity: Any, **over: Any) -> Delivery:
    return make.shipped(order, sent={order.lines.get().pk: Decimal(quantity)}, **over)


@kept
def hand_over(office: make.Office, delivery: Delivery, *, accept: Any = None, now: Any = MONDAY + DAY) -> Delivery:
    make.arrived(delivery, office.receiver, now=now + HOUR)
    make.inspected(delivery, office.receiver, accept=accept, now=now + 2 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now + 3 * HOUR)
    delivery.refresh_from_db()
    return delivery


@kept
def pay(office: make.Office, invoice: Invoice, number: int, now: Any = MONDAY + 3 * DAY) -> None:
    make.clear(office, invoice, now)
    make.pay(
        office, invoice.order, invoice=invoice, reference=f"SP2D-{number}", paid_on=make.local(now), now=now + HOUR
    )


def test_two_deliveries_two_invoices_one_budget(order: Order, office: make.Office) -> None:
    first, second = ship(order, 4), ship(order, 6, now=MONDAY + 2 * DAY)
    hand_over(office, first)
    one = Invoice.objects.get(delivery=first)
    assert (one.goods_total, one.delivery_cost, one.gross) == (133_332, 25_000, 158_332)
    assert fresh(order).state == OrderState.ACCEPTED
    pay(office, one, 1)
    assert fresh(order).state == OrderState.ACCEPTED
    office.line.refresh_from_db()
    assert (office.line.committed, office.line.realised) == (199_998, 158_332)
    balanced()
    hand_over(office, second, now=MONDAY + 2 * DAY)
    two = Invoice.objects.get(delivery=second)
    assert (two.goods_total, two.delivery_cost) == (199_998, 0)
    pay(office, two, 2)
    done = fresh(order)
    assert (done.state, done.commitment.state, done.commitment.amount) == (OrderState.FINISHED, "settled", 358_330)
    office.line.refresh_from_db()
    assert (office.line.committed, office.line.realised) == (0, 358_330)
    balanced()


def test_the_parts_of_a_line_add_up_to_its_price(office: make.Office) -> None:
    """Half a kilo at an odd price, three times: rounding neither makes nor costs a rupiah."""
    product = goods.make_product(price=33_333, unit="kg", step=Decimal("0.5"), on_hand=50)
    request = make.make_approved(office, [(product, Decimal("1.5"))])
    order = make.accepted(make.agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)[0])
    for _time in range(3):
        hand_over(office, ship(order, "0.5"))
    line = order.lines.get()
    assert [part.amount for part in line.delivery_lines.order_by("pk")] == [16_667, 16_666, 16_667]
    assert (line.accepted_quantity, line.accepted_amount) == (Decimal("1.5"), line.amount)
    balanced()


def test_no_more_is_sent_than_was_ordered(order: Order) -> None:
    ship(order, 7)
    refused(RuleBroken, lambda: ship(order, 4), code="too_many")
    ship(order, 3)
    refused(InvalidMove, lambda: ship(order, 1))
    assert order.lines.get().sent_quantity == 10


def test_a_second_click_sends_once(order: Order) -> None:
    key = new_key()
    assert ship(order, 4, key=key) == ship(order, 4, key=key)
    assert order.lines.get().sent_quantity == 4


def test_each_side_sees_its_own_step(order: Order, office: make.Office) -> None:
    first = ship(order, 4)
    now = MONDAY + DAY
    assert {step.what for step in steps_of(fresh(order), now)} == {Task.ARRIVE, Task.SHIP}
    hand_over(office, first)
    assert {step.what for step in steps_of(fresh(order), now)} == {Task.VERIFY, Task.SHIP}
    assert status.of(fresh(order), MONDAY + DAY).headline == "Sisa barang disiapkan penjual"
    ship(order, 6)
    assert {step.what for step in steps_of(fresh(order), now)} == {Task.VERIFY, Task.ARRIVE}
    for who in ("receiver", "treasurer"):
        assert Order.objects.waiting_for(who, now).filter(pk=order.pk).exists()
    assert not Order.objects.waiting_for("seller", now).filter(pk=order.pk).exists()


def test_the_timeline_says_which_delivery_and_which_invoice(order: Order, office: make.Office) -> None:
    def told() -> list[str]:
        found = fresh(order)
        return [entry.title for entry in timeline(found, steps_of(found, MONDAY + 3 * DAY), for_agency=True)]

    first, second = ship(order, 4), ship(order, 6)
    hand_over(office, first)
    hand_over(office, second)
    invoices = [delivery.invoices.get() for delivery in (first, second)]
    assert told()[:2] == [f"Periksa berkas tagihan, {invoice.number}" for invoice in invoices]
    assert {f"Barang tiba, {delivery.number}" for delivery in (first, second)} < set(told())
    pay(office, invoices[0], 1)
    assert f"Berkas dinyatakan lengkap, {invoices[0].number}" in told()


def test_a_rejected_part_is_put_aside_and_the_rest_is_still_awaited(order: Order, office: make.Office) -> None:
    product = order.lines.get().product
    rejected = hand_over(office, ship(order, 4), accept=0)
    product.refresh_from_db()
    assert (rejected.state, product.on_hand, product.held, product.refused) == (DeliveryState.REJECTED, 40, 6, 4)
    assert fresh(order).state == OrderState.ACCEPTED
    assert not Invoice.objects.exists()
    balanced()
    hand_over(office, ship(order, 6))
    invoice = Invoice.objects.get()
    assert (invoice.goods_total, invoice.delivery_cost) == (199_998, 25_000)
    commitment = Commitment.objects.get(order=order)
    assert commitment.amount == invoice.gross
    balanced()


def test_everything_rejected_in_parts_closes_the_order(order: Order, office: make.Office) -> None:
    product = order.lines.get().product
    hand_over(office, ship(order, 4), accept=0)
    hand_over(office, ship(order, 6), accept=0)
    closed = fresh(order)
    assert (closed.state, closed.close_reason) == (OrderState.CLOSED, CloseReason.ALL_REJECTED)
    product.refresh_from_db()
    office.line.refresh_from_db()
    assert (product.on_hand, product.held, product.refused, office.line.committed) == (40, 0, 10, 0)
    balanced()


# --- the rest


def close(order: Order, actor: Any, note: str = "Acara sudah lewat", now: Any = MONDAY + 11 * DAY) -> Order:
    return completion.close_rest(actor=actor, order=order, note=note, now=now)


def test_the_buyer_gives_up_the_rest(order: Order, office: make.Office) -> None:
    product = order.lines.get().product
    first = ship(order, 4)
    close(order, office.pp)
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (46, 4)
    office.line.refresh_from_db()
    assert office.line.committed == 358_330  # the delivery under way may still be refused
    refused(InvalidMove, lambda: ship(order, 1))
    hand_over(office, first)
    office.line.refresh_from_db()
    assert office.line.committed == 158_332
    balanced()
    pay(office, Invoice.objects.get(), 1)
    assert fresh(order).state == OrderState.FINISHED
    assert Commitment.objects.get(order=order).state == CommitmentState.SETTLED


def test_given_up_after_the_last_handover_the_budget_is_free_at_once(order: Order, office: make.Office) -> None:
    hand_over(office, ship(order, 4))
    pay(office, Invoice.objects.get(), 1)
    assert fresh(order).state == OrderState.ACCEPTED
    assert close(order, office.ppk).state == OrderState.FINISHED
    office.line.refresh_from_db()
    assert (office.line.committed, office.line.realised) == (0, 158_332)
    balanced()


def test_given_up_when_all_that_came_was_rejected_the_order_closes(order: Order, office: make.Office) -> None:
    hand_over(office, ship(order, 4), accept=0)
    assert close(order, office.pp).state == OrderState.CLOSED
    balanced()


@pytest.mark.parametrize("who", ["requester", "receiver", "treasurer", "seller", "stranger"])
def test_only_those_who_order_give_up_the_rest(order: Order, office: make.Office, who: str) -> None:
    ship(order, 4)
    people = {"seller": make.member_of(order), "stranger": goods.make_user()}
    refused(NotAllowed, lambda: close(order, people.get(who) or getattr(office, who)))


def test_there_is_no_rest_before_the_first_or_after_the_last_delivery(order: Order, office: make.Office) -> None:
    refused(InvalidMove, lambda: close(order, office.pp))
    ship(order, 4)
    refused(RuleBroken, lambda: close(order, office.pp, note=" "), code="note_missing")
    ship(order, 6)
    refused(InvalidMove, lambda: close(order, office.pp))


def test_a_complaint_about_what_came_leaves_the_rest_to_be_sent(order: Order, office: make.Office) -> None:
    delivery = make.arrived(ship(order, 4), office.receiver)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=MONDAY + DAY + HOUR)
    refused(RuleBroken, lambda: close(order, office.pp), code="dispute_open")
    told = {(step.who, step.what) for step in steps_of(fresh(order), MONDAY + DAY + 2 * HOUR)}
    assert told == {(Turn.SELLER, Task.REPLY), (Turn.SELLER, Task.SHIP), (Turn.RECEIVER, Task.INSPECT)}
    second = make.arrived(ship(order, 1, now=MONDAY + DAY + 2 * HOUR), office.receiver, now=MONDAY + DAY + 3 * HOUR)
    make.inspected(second, office.receiver, now=MONDAY + DAY + 4 * HOUR)
    sign = lambda now: deliveries.sign_bast(actor=office.receiver, delivery=second, office_number="", now=now)  # noqa: E731
    refused(RuleBroken, lambda: sign(MONDAY + DAY + 5 * HOUR), code="dispute_open")
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Diganti", now=MONDAY + 2 * DAY)
    assert delivery.state == DeliveryState.ARRIVED
    assert sign(MONDAY + 2 * DAY + HOUR).state == DeliveryState.ACCEPTED
    balanced()


@pytest.mark.parametrize("by_seller", [True, False])
def test_only_a_complaint_of_the_buyer_lengthens_the_time_to_send(
    order: Order, office: make.Office, *, by_seller: bool
) -> None:
    hand_over(office, ship(order, 4))
    before, opened = fresh(order), MONDAY + DAY + 5 * HOUR
    assert before.rest_due_at is not None and opened < before.deliver_at
    actor = make.member_of(order) if by_seller else office.receiver
    dispute = disputes.open_dispute(actor=actor, order=order, complaint="Tidak cocok", now=opened)
    disputes.decide_dispute(actor=actor, dispute=dispute, decision="Sepakat", now=opened + 2 * DAY)
    after, more = fresh(order), timedelta() if by_seller else 2 * DAY
    assert after.rest_due_at == clock.moved(before.rest_due_at, more)
    assert policies.sends_until(after) == before.deliver_at + more
    assert policies.is_late(after, before.deliver_at + HOUR) == by_seller


def test_time_gives_up_the_rest(order: Order, office: make.Office) -> None:
    hand_over(office, ship(order, 4))
    due = fresh(order).rest_due_at
    assert due is not None
    days = rules.REST.on(make.local(MONDAY))
    assert clock.last_day(due) == clock.add_working_days(make.local(order.deliver_at), days)
    assert completion.close_overdue_rests(now=due - timedelta.resolution) == 0
    assert completion.close_overdue_rests(now=due) == 1
    assert completion.close_overdue_rests(now=due + DAY) == 0
    done = fresh(order)
    assert (done.rest_closed_at is not None, done.rest_due_at) == (True, None)
    balanced()


def test_one_day_is_told_for_the_rest(order: Order, office: make.Office) -> None:
    """As agreed; the day on which the rest is given up is told when that is over."""
    hand_over(office, ship(order, 4))
    order = fresh(order)
    assert order.rest_due_at is not None
    before, after = order.deliver_at - HOUR, order.deliver_at + HOUR
    for now, due in ((before, order.deliver_at), (after, order.rest_due_at)):
        (step,) = (step for step in steps_of(order, now) if step.what == Task.SHIP)
        assert step.due == due
        assert short_end(due) in status.of(order, now).chips[1].note


def test_a_new_shipment_stops_the_clock_of_the_rest(order: Order, office: make.Office) -> None:
    hand_over(office, ship(order, 4))
    due = fresh(order).rest_due_at
    assert due is not None
    ship(order, 1, now=MONDAY + 2 * DAY)
    assert completion.close_overdue_rests(now=due + DAY) == 0


def test_a_persons_rest(stranger: Any) -> None:
    order = make.accepted(make.place(stranger, (goods.make_product(price=20_000), 5), method=DeliveryMethod.PICKUP)[0])
    deliveries.confirm_received(actor=stranger, delivery=ship(order, 2), now=MONDAY + DAY + HOUR)
    payments.record_cash(
        actor=make.member_of(order), invoice=Invoice.objects.get(), key=new_key(), now=MONDAY + DAY + 2 * HOUR
    )
    assert fresh(order).state == OrderState.ACCEPTED
    refused(NotAllowed, lambda: close(order, make.member_of(order)))
    assert close(order, stranger).state == OrderState.FINISHED
    assert Invoice.objects.get().gross == 40_000
    balanced()


# --- documents


def kinds_of(order: Order, **of: Any) -> set[str]:
    return set(order.documents.filter(replaced_at__isnull=True, **of).values_list("kind", flat=True))


def test_each_delivery_has_its_own_documents(order: Order, office: make.Office) -> None:
    first, second = ship(order, 4), ship(order, 6)
    hand_over(office, first)
    hand_over(office, second, accept=0)
    own = {DocumentKind.DELIVERY_NOTE, DocumentKind.INSPECTION, DocumentKind.BAST}
    assert kinds_of(order, delivery=first) == own
    assert kinds_of(order, delivery=second) == {DocumentKind.DELIVERY_NOTE, DocumentKind.INSPECTION}
    billed = {DocumentKind.INVOICE, DocumentKind.KUITANSI, DocumentKind.TAX_SHEET}
    assert kinds_of(order, invoice__delivery=first) == billed
    assert kinds_of(order, delivery=None, invoice=None) == {DocumentKind.REQUEST, DocumentKind.PURCHASE_ORDER}
    assert Invoice.objects.get().state == InvoiceState.ISSUED


# --- an invoice found wrong


def test_a_wrong_invoice_is_replaced_with_todays_facts(order: Order, office: make.Office) -> None:
    hand_over(office, ship(order, 10))
    wrong = Invoice.objects.get()
    seller = order.seller
    seller.bank_account = "9988776655"
    seller.save()
    now = MONDAY + 2 * DAY
    made = correction.reissue_invoice(actor=office.treasurer, invoice=wrong, reason="Rekening salah", now=now)
    wrong.refresh_from_db()
    assert (wrong.state, made.state) == (InvoiceState.VOID, InvoiceState.ISSUED)
    assert (made.gross, made.due_at, made.delivery_cost) == (wrong.gross, wrong.due_at, 25_000)
    assert made.seller_party.bank_account == "9988776655" != wrong.seller_party.bank_account
    assert kinds_of(order, invoice=wrong, voids=None) == set()  # what stands is marked BATAL
    assert DocumentKind.KUITANSI in kinds_of(order, invoice=made)
    balanced()
    refused(InvalidMove, lambda: correction.reissue_invoice(actor=office.treasurer, invoice=wrong, reason="x", now=now))
    pay(office, made, 1)
    assert fresh(order).state == OrderState.FINISHED
    refused(
        InvalidMove,
        lambda: correction.reissue_invoice(actor=office.treasurer, invoice=made, reason="x", now=now),
    )


def test_what_is_partly_paid_is_not_replaced(order: Order, office: make.Office) -> None:
    hand_over(office, ship(order, 10))
    invoice = Invoice.objects.get()
    make.clear(office, invoice, MONDAY + 2 * DAY)
    make.pay(office, order, amount=1_000)
    again = lambda: correction.reissue_invoice(  # noqa: E731
        actor=office.treasurer, invoice=invoice, reason="x", now=MONDAY + 3 * DAY
    )
    assert refused(RuleBroken, again).code == "already_paid"


@pytest.mark.parametrize("who", ["requester", "pp", "receiver"])
def test_only_the_treasurer_replaces_an_invoice(order: Order, office: make.Office, who: str) -> None:
    hand_over(office, ship(order, 10))
    invoice = Invoice.objects.get()
    refused(
        NotAllowed,
        lambda: correction.reissue_invoice(
            actor=getattr(office, who), invoice=invoice, reason="x", now=MONDAY + 2 * DAY
        ),
    )


# --- on pages and in the pack


def test_parts_from_click_to_click() -> None:
    office = make.make_office(now=clock.now())
    order = make.accepted(make.make_issued(office, now=clock.now()), now=clock.now())
    line = order.lines.get()

    people = (make.member_of(order), office.receiver, office.treasurer, office.pp)
    seller, receiver, treasurer, pp = map(signed_in, people)
    page = reverse("orders:order-detail", args=[order.number])
    ship = reverse("orders:delivery-create", args=[order.number])
    sent = {"key": new_key(), "carrier": "Kurir", f"sent_{line.pk}": "4"}
    assert seller.post(ship, sent).status_code == 302
    assert seller.post(ship, sent).status_code == 302  # the same page again
    assert "sudah dikirim 4" in seller.get(ship).content.decode()
    assert "Kirim sisa barangnya" in seller.get(page).content.decode()
    delivery = Delivery.objects.get()
    where = [order.number, delivery.number]
    assert receiver.post(reverse("orders:delivery-arrive", args=where)).status_code == 302
    found = delivery.lines.get()
    seen = {"key": new_key(), f"arrived_{found.pk}": "4", f"accepted_{found.pk}": "4"}
    assert receiver.post(reverse("orders:delivery-inspect", args=where), seen).status_code == 302
    assert receiver.post(reverse("orders:bast-create", args=where), {"office_number": "1"}).status_code == 302
    invoice = Invoice.objects.get()
    bill = [order.number, invoice.number]
    assert treasurer.post(reverse("orders:invoice-verify", args=bill), {"ticked": "papers"}).status_code == 302
    make.approve(office, invoice, clock.now())
    for number, amount in (("SP2D-1", "100.000"), ("SP2D-2", "")):
        paid = {
            "key": new_key(), "method": "ls", "reference": number, "amount": amount, "proof": make.photo(),
            "paid_on": clock.local_date(clock.now()).isoformat(),
        }  # fmt: skip
        assert treasurer.post(reverse("orders:payment-create", args=bill), paid).status_code == 302, number
    invoice.refresh_from_db()
    assert [payment.amount for payment in invoice.payments.all()] == [100_000, invoice.net - 100_000]
    Order.objects.filter(pk=order.pk).update(deliver_at=clock.now())  # the seller is late with the rest
    rest = reverse("orders:rest-close", args=[order.number])
    assert "6 " in pp.get(rest).content.decode()
    assert pp.post(rest, {"note": ""}).status_code == 422
    assert pp.post(rest, {"note": "Acara lewat"}).status_code == 302
    assert fresh(order).state == OrderState.FINISHED
    for client in (seller, receiver, treasurer, pp):
        assert "SP2D-2" in client.get(page).content.decode()
    balanced()


def test_each_part_says_what_it_brings_and_what_is_paid_for_it(citizen: User) -> None:
    product = goods.make_product(price=33_333, unit="kg", step=Decimal("0.5"), on_hand=50)
    product.seller.delivery_fee = 5_000
    product.seller.save()
    now = clock.now()
    order = make.accepted(make.place(citizen, (product, Decimal("1.5")), now=now)[0], now)
    page, buyer = reverse("orders:order-detail", args=[order.number]), signed_in(citizen)
    first = ship(order, "0.5", now=now)
    said = buyer.get(page).content.decode()
    assert "Sebagian dalam perjalanan" in said
    assert "<li>0,5 kg" in said and "Bayar Rp21.667 tunai" in said
    assert "<li>1 kg" in signed_in(make.member_of(order)).get(page).content.decode()
    second = ship(order, "1", now=now)
    for delivery in (first, second):
        told = {part.delivery.pk: part.cash for part in delivery_parts(fresh(order), citizen, now, [])}
        deliveries.confirm_received(actor=citizen, delivery=delivery, now=now)
        assert told[delivery.pk] == Invoice.objects.get(delivery=delivery).gross
    assert not any(part.cash for part in delivery_parts(fresh(order), citizen, now, []))
    assert sum(invoice.gross for invoice in Invoice.objects.all()) == fresh(order).total


def test_a_line_of_which_nothing_came_yet_is_shown_beside_an_invoiced_one(citizen: User) -> None:
    rice, now = goods.make_product(name="Beras"), clock.now()
    eggs = goods.make_product(name="Telur", seller=rice.seller)
    order = make.accepted(make.place(citizen, (rice, 2), (eggs, 3), now=now)[0], now)
    sent = {line.pk: Decimal(2 if line.product_id == rice.pk else 0) for line in order.lines.all()}
    first = make.shipped(order, now, sent=sent)
    deliveries.confirm_received(actor=citizen, delivery=first, now=now)
    page = signed_in(citizen).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert re.findall(r'data-l="Diterima">\s*([\d,]+)', page) == ["2", "0"]


def test_the_pack_holds_the_documents_of_every_part(
    order: Order, office: make.Office, run_jobs: Callable[[], int]
) -> None:
    first, second = ship(order, 4), ship(order, 6)
    hand_over(office, first)
    hand_over(office, second, accept=5)
    for number, invoice in enumerate(Invoice.objects.order_by("pk"), 1):
        pay(office, invoice, number)
    run_jobs()
    pack = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 4 * DAY)
    run_jobs()
    pack.refresh_from_db()
    reader = PdfReader(BytesIO(build.stored_pdf(pack)))
    assert len(reader.pages) == pack.pages
    text = "\n".join(page.extract_text() for page in reader.pages)
    for delivery in (first, second):
        delivery.refresh_from_db()
        assert text.count(delivery.bast_number or "-") >= 2  # on the BAST and on the invoice
    assert "untuk sebagian pesanan" in text
    assert "SP2D-1" in text
    assert "SP2D-2" in text
    data = archive.purchase_data(build.order_for_papers(order.pk))
    assert [part["number"] for part in data["deliveries"]] == [first.number, second.number]
    assert sum(invoice["gross"] for invoice in data["invoices"]) == 9 * 33_333 + 25_000


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (DeliveryMethod.SELLER, ("Sebagian barang pesanan {} dikirim", "Sisa barang pesanan {} dikirim")),
        (DeliveryMethod.PICKUP, ("Sebagian barang pesanan {} siap diambil", "Sisa barang pesanan {} siap diambil")),
    ],
)
def test_the_last_part_is_not_told_as_a_part_of_more_to_come(
    order: Order, office: make.Office, method: str, words: tuple[str, str]
) -> None:
    Order.objects.filter(pk=order.pk).update(method=method)
    ship(fresh(order), 4)
    ship(fresh(order), 6)
    told = Notification.objects.filter(person=office.receiver, kind__startswith="delivery.").order_by("pk")
    assert [render(notice, "id").title for notice in told][-2:] == [text.format(order.number) for text in words]


def test_a_row_of_money_names_the_goods_of_its_part(office: make.Office) -> None:
    order = make.accepted(mend.issued(office))
    line = order.lines.get()
    for amount, day in ((4, 1), (6, 2)):
        sent = make.shipped(order, sent={line.pk: Decimal(amount)}, now=MONDAY + day * DAY)
        mend.handed_over(sent, office.receiver, accept=amount, now=MONDAY + day * DAY + 3 * HOUR)
    page = signed_in(make.member_of(order)).get(reverse("site:seller-money")).content.decode()
    for amount in (4, 6):
        assert f"<small>{Unit(line.unit).counted(Decimal(amount))} {line.name}</small>" in page


def test_a_row_of_money_of_a_whole_order_names_no_part(office: make.Office) -> None:
    order = make.taken_over(office, mend.issued(office))
    line = order.lines.get()
    page = signed_in(make.member_of(order)).get(reverse("site:seller-money")).content.decode()
    assert f"<small>{Unit(line.unit).counted(Decimal(10))} {line.name}</small>" not in page
