"""Sent, arrived, inspected, taken over; and silence at each step."""

from datetime import date
from decimal import Decimal

import pytest

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from orders.errors import SamePerson
from orders.models import InspectionPhoto, Order, Receipt
from orders.services import disputes, receipts
from orders.states import BillState, CloseReason, OrderState, ReceiptState
from procurement.states import OfficerRole
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.books import balanced, refused
from umkm.states import FoodKind, Keeps, StockMode

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
def order(office: make.Office) -> Order:
    return make.accepted(make.make_issued(office))


@pytest.fixture
def receipt(order: Order) -> Receipt:
    return make.shipped(order)


# --- sending


def test_sending_makes_a_surat_jalan(order: Order, office: make.Office) -> None:
    receipt = make.shipped(order)
    assert receipt.number.startswith("SJ-2026-")
    assert receipt.state == ReceiptState.SHIPPED
    assert receipt.lines.get().sent == 10
    assert Notification.objects.filter(kind="receipt.shipped", person=office.receiver).exists()


def test_part_of_the_order_may_be_sent(order: Order) -> None:
    line = order.lines.get()
    assert make.shipped(order, sent={line.pk: Decimal(7)}).lines.get().sent == 7


@pytest.mark.parametrize(("quantity", "code"), [(11, "too_many"), (-1, "too_many"), (0, "nothing_sent")])
def test_impossible_quantities_are_refused(order: Order, quantity: int, code: str) -> None:
    line = order.lines.get()
    refused(RuleBroken, lambda: make.shipped(order, sent={line.pk: Decimal(quantity)}), code=code)


def test_a_line_of_another_order_is_refused(order: Order) -> None:
    refused(RuleBroken, lambda: make.shipped(order, sent={999_999: Decimal(1)}), code="unknown_line")


def test_sending_wants_a_carrier(order: Order) -> None:
    act = lambda: receipts.ship_order(  # noqa: E731
        actor=make.member_of(order), order=order, carrier=" ", quantities={}, now=MONDAY
    )
    refused(RuleBroken, act)


def test_an_order_is_sent_once(order: Order) -> None:
    make.shipped(order)
    refused(InvalidMove, lambda: make.shipped(order))


def test_an_unanswered_order_is_not_sent(office: make.Office) -> None:
    order = make.make_issued(office)
    refused(InvalidMove, lambda: make.shipped(order))


def test_only_the_seller_sends(order: Order, office: make.Office) -> None:
    act = lambda: receipts.ship_order(  # noqa: E731
        actor=office.receiver, order=order, carrier="x", quantities={}, now=MONDAY
    )
    refused(NotAllowed, act)


# --- arriving


@pytest.mark.parametrize(
    ("keeps", "hours"), [(Keeps.COOKED, 2), (Keeps.FRESH, 24), (Keeps.DRY, 72), (Keeps.OTHER, 168)]
)
def test_the_silence_clock_follows_the_goods(office: make.Office, keeps: Keeps, hours: int) -> None:
    food = FoodKind.CATERING if keeps == Keeps.COOKED else FoodKind.NONE
    order = make.accepted(make.make_issued(office, goods.make_product(price=10_000, keeps=keeps, food_kind=food)))
    receipt = make.arrived(make.shipped(order), office.receiver)
    assert receipt.inspect_due_at == MONDAY + DAY + HOUR + hours * HOUR


def test_the_fastest_spoiling_line_decides(office: make.Office) -> None:
    seller = goods.make_seller()
    slow = goods.make_product(seller, price=10_000, keeps=Keeps.OTHER)
    fast = goods.make_product(seller, price=10_000, keeps=Keeps.FRESH)
    request = make.make_approved(office, [(slow, 1), (fast, 1)])
    from orders.services import orders

    order = orders.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)[0]
    receipt = make.arrived(make.shipped(make.accepted(order)), office.receiver)
    assert receipt.inspect_due_at == MONDAY + DAY + 25 * HOUR


@pytest.mark.parametrize("who", ["requester", "pp", "treasurer"])
def test_only_the_receiver_takes_goods_in(receipt: Receipt, office: make.Office, who: str) -> None:
    refused(NotAllowed, lambda: make.arrived(receipt, getattr(office, who)))


@pytest.mark.parametrize("who", ["requester", "pp"])
def test_requester_and_approver_never_receive(receipt: Receipt, office: make.Office, who: str) -> None:
    person = getattr(office, who)
    make.seat(office.agency, person, OfficerRole.RECEIVER)
    refused(SamePerson, lambda: make.arrived(receipt, person), code="same_person")


def test_a_stranger_does_not_receive(receipt: Receipt) -> None:
    refused(NotAllowed, lambda: make.arrived(receipt, goods.make_user()))


# --- inspecting


def test_inspection_keeps_what_was_found(receipt: Receipt, office: make.Office) -> None:
    make.arrived(receipt, office.receiver)
    make.inspected(receipt, office.receiver, accept=8, photos=[make.photo(), make.photo(colour="#aa3311")])
    receipt.refresh_from_db()
    line = receipt.lines.get()
    assert (receipt.state, receipt.receiver, receipt.is_on_time) == (ReceiptState.INSPECTED, office.receiver, True)
    assert (line.arrived, line.accepted, line.remark) == (10, 8, "Sebagian penyok")
    assert InspectionPhoto.objects.filter(receipt=receipt, uploaded_by=office.receiver).count() == 2


def test_the_same_key_inspects_once(receipt: Receipt, office: make.Office) -> None:
    make.arrived(receipt, office.receiver)
    line, key = receipt.lines.get(), new_key()
    values = {
        "actor": office.receiver, "receipt": receipt, "findings": {line.pk: (line.sent, line.sent, "")},
        "on_time": True, "remark": "", "photos": (), "key": key, "now": MONDAY + 2 * DAY,
    }  # fmt: skip
    receipts.inspect_receipt(**values)
    receipts.inspect_receipt(**values)
    assert receipt.events.filter(action="inspect").count() == 1


@pytest.mark.parametrize(
    ("finding", "code"),
    [
        ((11, 10, "x"), "too_many"),
        ((10, 11, "x"), "too_many"),
        ((8, 9, "x"), "too_many"),
        ((-1, -1, "x"), "too_many"),
        ((9, 9, ""), "remark_missing"),
        ((10, 9, " "), "remark_missing"),
    ],
)
def test_impossible_findings_are_refused(
    receipt: Receipt, office: make.Office, finding: tuple[int, int, str], code: str
) -> None:
    make.arrived(receipt, office.receiver)
    line = receipt.lines.get()
    found = {line.pk: (Decimal(finding[0]), Decimal(finding[1]), finding[2])}
    act = lambda: receipts.inspect_receipt(  # noqa: E731
        actor=office.receiver, receipt=receipt, findings=found, on_time=True, remark="", photos=(), key=new_key(),
        now=MONDAY + 2 * DAY,
    )  # fmt: skip
    refused(RuleBroken, act, code=code)


def test_every_line_is_inspected(receipt: Receipt, office: make.Office) -> None:
    make.arrived(receipt, office.receiver)
    act = lambda: receipts.inspect_receipt(  # noqa: E731
        actor=office.receiver, receipt=receipt, findings={}, on_time=True, remark="", photos=(), key=new_key(),
        now=MONDAY + 2 * DAY,
    )  # fmt: skip
    refused(RuleBroken, act, code="line_missing")


def test_a_broken_photo_changes_nothing(receipt: Receipt, office: make.Office) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    make.arrived(receipt, office.receiver)
    bad = SimpleUploadedFile("foto.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
    refused(RuleBroken, lambda: make.inspected(receipt, office.receiver, photos=[bad]))


def test_what_did_not_arrive_is_not_inspected(receipt: Receipt, office: make.Office) -> None:
    refused(InvalidMove, lambda: make.inspected(receipt, office.receiver))


# --- BAST


def test_bast_bills_what_was_accepted(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    receipt, line, bill = order.receipts.get(), order.lines.get(), order.bill
    assert receipt.bast_number.startswith("BAST-2026-")
    assert receipt.office_number == "000.3/12"
    assert (line.accepted_quantity, line.accepted_amount) == (10, 1_000_000)
    assert bill.state == BillState.BILLED
    assert bill.number.startswith("INV-2026-")
    assert bill.kuitansi_number.startswith("KW-2026-")
    assert (bill.gross, bill.withheld, bill.net) == (1_025_000, 0, 1_025_000)
    # Tuesday 8 September plus three working days.
    assert make.local(bill.due_at) == date(2026, 9, 11)
    product = line.product
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (90, 0)
    balanced()


def test_partial_acceptance_frees_the_rest_of_the_budget(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office), accept=6)
    office.line.refresh_from_db()
    assert order.bill.gross == 625_000
    assert office.line.committed == 625_000
    product = order.lines.get().product
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (94, 0)
    balanced()


def test_rejecting_everything_ends_the_order(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office), accept=0)
    assert (order.state, order.close_reason) == (OrderState.CLOSED, CloseReason.ALL_REJECTED)
    assert order.receipts.get().state == ReceiptState.REJECTED
    assert order.bill.state == BillState.VOID
    office.line.refresh_from_db()
    assert office.line.committed == 0
    product = order.lines.get().product
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (100, 0)
    balanced()


def test_bast_is_signed_once(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    act = lambda: receipts.sign_bast(  # noqa: E731
        actor=office.receiver, receipt=order.receipts.get(), office_number="", now=MONDAY + 3 * DAY
    )
    refused(InvalidMove, act)


def test_a_dispute_holds_the_bast(receipt: Receipt, office: make.Office) -> None:
    make.arrived(receipt, office.receiver)
    make.inspected(receipt, office.receiver, accept=3)
    seller = make.member_of(receipt.order)
    disputes.open_dispute(actor=seller, order=receipt.order, complaint="Semua baik saat diantar", now=MONDAY + 2 * DAY)
    act = lambda: receipts.sign_bast(  # noqa: E731
        actor=office.receiver, receipt=receipt, office_number="", now=MONDAY + 3 * DAY
    )
    refused(RuleBroken, act, code="dispute_open")


# --- silence


def test_silence_after_arrival_accepts_everything(receipt: Receipt, office: make.Office) -> None:
    make.arrived(receipt, office.receiver)
    receipt.refresh_from_db()
    assert receipts.accept_by_silence(now=receipt.inspect_due_at) == 0
    assert receipts.accept_by_silence(now=receipt.inspect_due_at + HOUR) == 1
    receipt.refresh_from_db()
    assert (receipt.state, receipt.receiver) == (ReceiptState.ACCEPTED, None)
    assert receipt.lines.get().accepted == 10
    assert receipt.events.last().actor is None
    assert receipt.order.bill.state == BillState.BILLED
    balanced()


def test_unreported_arrival_moves_on_by_itself(receipt: Receipt) -> None:
    """Sent, and nobody says that it came: first arrived, and after the same silence again accepted."""
    receipt.refresh_from_db()
    assert receipt.inspect_due_at == receipt.order.deliver_at + 168 * HOUR
    first = receipt.inspect_due_at + HOUR
    assert receipts.accept_by_silence(now=first) == 1
    receipt.refresh_from_db()
    assert receipt.state == ReceiptState.ARRIVED
    assert receipts.accept_by_silence(now=first + 169 * HOUR) == 1
    receipt.refresh_from_db()
    assert receipt.state == ReceiptState.ACCEPTED
    balanced()


def test_an_unsigned_bast_is_issued_by_the_system(receipt: Receipt, office: make.Office) -> None:
    make.arrived(receipt, office.receiver)
    make.inspected(receipt, office.receiver, accept=9)
    receipt.refresh_from_db()
    assert receipts.accept_by_silence(now=receipt.inspect_due_at + HOUR) == 1
    receipt.refresh_from_db()
    assert receipt.bast_number
    assert receipt.order.lines.get().accepted_quantity == 9
    balanced()


def test_silence_waits_for_a_dispute(receipt: Receipt, office: make.Office) -> None:
    make.arrived(receipt, office.receiver)
    dispute = disputes.open_dispute(
        actor=office.receiver, order=receipt.order, complaint="Isinya kurang", now=MONDAY + 2 * DAY
    )
    receipt.refresh_from_db()
    due = receipt.inspect_due_at
    assert receipts.accept_by_silence(now=due + HOUR) == 0
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Disusulkan", now=MONDAY + 5 * DAY)
    receipt.refresh_from_db()
    assert receipt.inspect_due_at == due + 3 * DAY


def test_capacity_of_a_day_is_used_up_by_delivery(office: make.Office) -> None:
    product = goods.make_product(
        price=10_000, stock_mode=StockMode.DAILY, food_kind=FoodKind.CATERING, keeps=Keeps.COOKED
    )
    make.taken_over(office, make.make_issued(office, product), accept=4)
    assert product.capacity_days.get().used == 10
    balanced()
