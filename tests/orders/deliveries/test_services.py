"""Sent, arrived, inspected, taken over; and silence at each step."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import long_time
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from orders.billing import rules as billing_rules
from orders.billing.states import CommitmentState, InvoiceState
from orders.deliveries import notices, policies, rules
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery, InspectionPhoto
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.orders import status
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order
from orders.orders.next_step import steps_of, task_words
from orders.orders.states import CloseReason, DeliveryMethod, OrderState
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue.states import FoodKind, Keeps, StockMode
from umkm.sellers.models import SellerMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    return make.accepted(make.make_issued(office))


@pytest.fixture
@kept
def delivery(order: Order) -> Delivery:
    return make.shipped(order)


def due_soon(order: Order) -> Order:
    """The same, awaited a few hours after goods of the tests leave."""
    Order.objects.filter(pk=order.pk).update(deliver_at=MONDAY + DAY + 4 * HOUR)
    order.refresh_from_db()
    return order


# --- sending


def test_sending_makes_a_surat_jalan(order: Order, office: make.Office) -> None:
    delivery = make.shipped(order)
    assert delivery.number.startswith("SJ-2026-")
    assert delivery.state == DeliveryState.SHIPPED
    assert delivery.lines.get().sent == 10
    assert Notification.objects.filter(kind="delivery.shipped", person=office.receiver).exists()


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
    act = lambda: deliveries.ship_order(  # noqa: E731
        actor=make.member_of(order), order=order, carrier=" ", quantities={}, key=new_key(), now=MONDAY
    )
    refused(RuleBroken, act)


def test_an_order_is_sent_once(order: Order) -> None:
    make.shipped(order)
    refused(InvalidMove, lambda: make.shipped(order))


def test_an_unanswered_order_is_not_sent(office: make.Office) -> None:
    order = make.make_issued(office)
    refused(InvalidMove, lambda: make.shipped(order))


def test_only_the_seller_sends(order: Order, office: make.Office) -> None:
    act = lambda: deliveries.ship_order(  # noqa: E731
        actor=office.receiver, order=order, carrier="x", quantities={}, key=new_key(), now=MONDAY
    )
    refused(NotAllowed, act)


def test_cooked_food_is_recorded_as_sent_when_it_leaves(office: make.Office) -> None:
    """From the hours of the rule before its moment on; what keeps leaves when it is ready."""
    order = make.accepted(make.make_issued(office, goods.make_product(price=10_000, keeps=Keeps.COOKED)))
    first = order.deliver_at - timedelta(hours=rules.COOKED_AHEAD.on(make.local(MONDAY)))
    early = refused(RuleBroken, lambda: make.shipped(order, now=first - timedelta.resolution), code="sent_too_early")
    assert long_time(first) in early.message
    assert make.shipped(order, now=first).shipped_at == first
    for method, keeps in ((DeliveryMethod.PICKUP, Keeps.COOKED), (DeliveryMethod.SELLER, Keeps.FRESH)):
        other = make.accepted(make.make_issued(office, goods.make_product(price=10_000, keeps=keeps)))
        Order.objects.filter(pk=other.pk).update(method=method)
        assert make.shipped(other, now=MONDAY + DAY)


# --- arriving


def silence(keeps: Keeps) -> timedelta:
    return timedelta(hours=rules.SILENCE[keeps].on(make.local(MONDAY)))


@pytest.mark.parametrize("keeps", Keeps)
def test_the_silence_clock_follows_the_goods(office: make.Office, keeps: Keeps) -> None:
    food = FoodKind.CATERING if keeps == Keeps.COOKED else FoodKind.NONE
    order = make.accepted(make.make_issued(office, goods.make_product(price=10_000, keeps=keeps, food_kind=food)))
    delivery = make.arrived(make.shipped(due_soon(order)), office.receiver)
    assert delivery.due_at == MONDAY + DAY + HOUR + silence(keeps)


def test_the_fastest_spoiling_line_decides(office: make.Office) -> None:
    seller = goods.make_seller()
    slow = goods.make_product(seller, price=10_000, keeps=Keeps.OTHER)
    fast = goods.make_product(seller, price=10_000, keeps=Keeps.FRESH)
    request = make.make_approved(office, [(slow, 1), (fast, 1)])
    from orders.orders.services import agreement

    order = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)[0]
    delivery = make.arrived(make.shipped(make.accepted(order)), office.receiver)
    assert delivery.due_at == MONDAY + DAY + HOUR + silence(Keeps.FRESH)


@pytest.mark.parametrize("who", ["requester", "pp", "treasurer"])
def test_only_the_receiver_takes_goods_in(delivery: Delivery, office: make.Office, who: str) -> None:
    refused(NotAllowed, lambda: make.arrived(delivery, getattr(office, who)))


@pytest.mark.parametrize("who", ["requester", "pp"])
def test_requester_and_approver_never_receive(delivery: Delivery, office: make.Office, who: str) -> None:
    person = getattr(office, who)
    make.membership(office.agency, person, OfficerRole.RECEIVER)
    refused(RoleAlreadyHeld, lambda: make.arrived(delivery, person), code="same_person")


def test_who_is_tied_to_the_seller_never_receives(delivery: Delivery, office: make.Office) -> None:
    sister = goods.make_seller(owner=delivery.order.seller.owner)
    SellerMember.objects.create(seller=sister, user=office.receiver, since=delivery.shipped_at)
    refused(RoleAlreadyHeld, lambda: make.arrived(delivery, office.receiver), code="same_person")
    other = make.membership(office.agency, goods.make_user(), OfficerRole.RECEIVER).user
    assert make.arrived(delivery, other)


def test_a_stranger_does_not_receive(delivery: Delivery) -> None:
    refused(NotAllowed, lambda: make.arrived(delivery, goods.make_user()))


@pytest.mark.parametrize(("step", "in_time"), [(-timedelta.resolution, True), (timedelta(), False)])
def test_goods_come_in_time_before_their_moment(
    delivery: Delivery, office: make.Office, step: timedelta, in_time: bool
) -> None:
    make.arrived(delivery, office.receiver, now=delivery.order.deliver_at + step)
    delivery.refresh_from_db()
    assert policies.came_on_time(delivery) is in_time


# --- inspecting


def test_inspection_keeps_what_was_found(delivery: Delivery, office: make.Office) -> None:
    make.arrived(delivery, office.receiver)
    make.inspected(delivery, office.receiver, accept=8, photos=[make.photo(), make.photo(colour="#aa3311")])
    delivery.refresh_from_db()
    line = delivery.lines.get()
    assert (delivery.state, delivery.receiver, delivery.is_on_time) == (DeliveryState.INSPECTED, office.receiver, True)
    assert (line.arrived, line.accepted, line.remark) == (10, 8, "Sebagian penyok")
    assert InspectionPhoto.objects.filter(delivery=delivery, uploaded_by=office.receiver).count() == 2


def test_a_departments_meal_is_photographed_when_it_is_inspected(office: make.Office) -> None:
    """Not other goods, and not what a person bought for themselves."""
    meal = goods.make_product(price=10_000, on_hand=50, keeps=Keeps.COOKED, food_kind=FoodKind.CATERING)
    order = make.accepted(make.make_issued(office, meal))
    delivery = make.arrived(make.shipped(due_soon(order)), office.receiver)
    wanted = policies.photos_wanted(delivery, order, make.local(MONDAY))
    assert wanted == rules.MEAL_PHOTOS.on(make.local(MONDAY)) > 0
    found = {line.pk: (line.sent, line.sent, "") for line in delivery.lines.all()}
    few = [make.photo() for _n in range(wanted - 1)]
    refused(
        RuleBroken,
        lambda: deliveries.inspect_delivery(
            actor=office.receiver, delivery=delivery, findings=found, came_at=None, remark="", photos=few,
            key=new_key(), now=MONDAY + DAY + 2 * HOUR,
        ),
        code="photo_missing",
    )  # fmt: skip
    make.inspected(delivery, office.receiver)
    assert delivery.photos.count() == wanted


def test_a_person_needs_no_photo_of_a_meal() -> None:
    meal = goods.make_product(price=10_000, on_hand=50, keeps=Keeps.COOKED, food_kind=FoodKind.CATERING)
    buyer = goods.make_user()
    sent = make.shipped(due_soon(make.accepted(make.place(buyer, (meal, 1))[0])))
    assert policies.photos_wanted(sent, sent.order, make.local(MONDAY)) == 0


def test_the_same_key_inspects_once(delivery: Delivery, office: make.Office) -> None:
    make.arrived(delivery, office.receiver)
    line, key = delivery.lines.get(), new_key()
    values = {
        "actor": office.receiver, "delivery": delivery, "findings": {line.pk: (line.sent, line.sent, "")},
        "came_at": None, "remark": "", "photos": (), "key": key, "now": MONDAY + 2 * DAY,
    }  # fmt: skip
    deliveries.inspect_delivery(**values)
    deliveries.inspect_delivery(**values)
    assert delivery.events.filter(action="inspect").count() == 1


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
    delivery: Delivery, office: make.Office, finding: tuple[int, int, str], code: str
) -> None:
    make.arrived(delivery, office.receiver)
    line = delivery.lines.get()
    found = {line.pk: (Decimal(finding[0]), Decimal(finding[1]), finding[2])}
    act = lambda: deliveries.inspect_delivery(  # noqa: E731
        actor=office.receiver, delivery=delivery, findings=found, came_at=None, remark="", photos=(), key=new_key(),
        now=MONDAY + 2 * DAY,
    )  # fmt: skip
    refused(RuleBroken, act, code=code)


def test_every_line_is_inspected(delivery: Delivery, office: make.Office) -> None:
    make.arrived(delivery, office.receiver)
    act = lambda: deliveries.inspect_delivery(  # noqa: E731
        actor=office.receiver, delivery=delivery, findings={}, came_at=None, remark="", photos=(), key=new_key(),
        now=MONDAY + 2 * DAY,
    )  # fmt: skip
    refused(RuleBroken, act, code="line_missing")


def test_a_broken_photo_changes_nothing(delivery: Delivery, office: make.Office) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    make.arrived(delivery, office.receiver)
    bad = SimpleUploadedFile("foto.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
    refused(RuleBroken, lambda: make.inspected(delivery, office.receiver, photos=[bad]))


def test_what_did_not_arrive_is_not_inspected(delivery: Delivery, office: make.Office) -> None:
    refused(InvalidMove, lambda: make.inspected(delivery, office.receiver))


# --- BAST


def test_bast_invoices_what_was_accepted(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    delivery, line, invoice = order.deliveries.get(), order.lines.get(), make.invoice_of(order)
    assert delivery.bast_number.startswith("BAST-2026-")
    assert delivery.office_number == "000.3/12"
    assert (line.accepted_quantity, line.accepted_amount) == (10, 1_000_000)
    assert invoice.state == InvoiceState.ISSUED
    assert invoice.number.startswith("INV-2026-")
    assert invoice.kuitansi_number.startswith("KW-2026-")
    assert (invoice.gross, invoice.withheld, invoice.net) == (1_025_000, 0, 1_025_000)
    tuesday = date(2026, 9, 8)
    assert clock.last_day(invoice.due_at) == clock.add_working_days(tuesday, billing_rules.PAYMENT.on(tuesday))
    product = line.product
    product.refresh_from_db()
    assert (product.on_hand, product.held) == (90, 0)
    balanced()


def test_partial_acceptance_frees_the_rest_of_the_budget(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office), accept=6)
    office.line.refresh_from_db()
    assert make.invoice_of(order).gross == 625_000
    assert office.line.committed == 625_000
    product = order.lines.get().product
    product.refresh_from_db()
    assert (product.on_hand, product.held, product.refused) == (90, 0, 4)
    balanced()


def test_rejecting_everything_ends_the_order(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office), accept=0)
    assert (order.state, order.close_reason) == (OrderState.CLOSED, CloseReason.ALL_REJECTED)
    line = order.deliveries.get().lines.get()
    assert line.remark and line.remark in order.close_note
    assert order.deliveries.get().state == DeliveryState.REJECTED
    assert order.commitment.state == CommitmentState.VOID
    office.line.refresh_from_db()
    assert office.line.committed == 0
    product = order.lines.get().product
    product.refresh_from_db()
    assert (product.on_hand, product.held, product.refused) == (90, 0, 10)
    balanced()


def test_until_it_is_declared_rejected_every_page_says_that_nothing_is_good(
    delivery: Delivery, office: make.Office
) -> None:
    make.arrived(delivery, office.receiver)
    make.inspected(delivery, office.receiver, accept=0)
    order = Order.objects.get(pk=delivery.order_id)
    shown = status.of(order, MONDAY + DAY)
    assert (shown.headline, shown.chips[1].text) == ("Diperiksa, tidak ada yang baik", "Tidak ada yang baik")
    (step,) = steps_of(order, MONDAY + 3 * DAY)
    assert task_words(order, step) == "Nyatakan semua ditolak"
    told = Notification.objects.filter(person=make.member_of(order), kind__startswith="delivery.").order_by("-pk")
    assert list(told.values_list("kind", flat=True)[:2]) == ["delivery.to_fetch", "delivery.inspected_bad"]


def test_bast_is_signed_once(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    act = lambda: deliveries.sign_bast(  # noqa: E731
        actor=office.receiver, delivery=order.deliveries.get(), office_number="", now=MONDAY + 3 * DAY
    )
    refused(InvalidMove, act)


def test_a_number_of_the_office_is_on_one_bast(office: make.Office) -> None:
    """Another department numbers its own."""
    make.taken_over(office, make.make_issued(office))
    written = Delivery.objects.get().office_number
    assert written

    def sign(by: make.Office) -> Delivery:
        sent = make.shipped(make.accepted(make.make_issued(by)))
        delivery = make.inspected(make.arrived(sent, by.receiver), by.receiver)
        return deliveries.sign_bast(
            actor=by.receiver, delivery=delivery, office_number=f" {written} ", now=MONDAY + DAY + 3 * HOUR
        )

    assert "BAST-2026-000001" in refused(RuleBroken, lambda: sign(office), code="number_used").message
    assert sign(make.make_office()).office_number == written


def test_a_dispute_holds_the_bast(delivery: Delivery, office: make.Office) -> None:
    make.arrived(delivery, office.receiver)
    make.inspected(delivery, office.receiver, accept=3)
    seller = make.member_of(delivery.order)
    disputes.open_dispute(actor=seller, order=delivery.order, complaint="Semua baik saat diantar", now=MONDAY + 2 * DAY)
    act = lambda: deliveries.sign_bast(  # noqa: E731
        actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + 3 * DAY
    )
    refused(RuleBroken, act, code="dispute_open")


# --- silence


def test_silence_after_arrival_accepts_everything(delivery: Delivery, office: make.Office) -> None:
    make.arrived(delivery, office.receiver)
    delivery.refresh_from_db()
    assert deliveries.accept_by_silence(now=delivery.due_at - timedelta.resolution) == 0
    assert deliveries.accept_by_silence(now=delivery.due_at) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.receiver, delivery.inspected_at) == (DeliveryState.ACCEPTED, None, None)
    line = delivery.lines.get()
    assert (line.accepted, line.arrived) == (10, None)  # it counts as accepted; nobody counted it
    last = delivery.events.last()
    assert (last.action, last.actor) == ("assume", None)
    assert not delivery.events.filter(action="inspect").exists()
    assert make.invoice_of(delivery.order).state == InvoiceState.ISSUED
    balanced()


def test_an_unsigned_bast_is_issued_by_the_system(delivery: Delivery, office: make.Office) -> None:
    make.arrived(delivery, office.receiver)
    make.inspected(delivery, office.receiver, accept=9)
    delivery.refresh_from_db()
    assert deliveries.accept_by_silence(now=delivery.due_at + HOUR) == 1
    delivery.refresh_from_db()
    assert delivery.bast_number
    assert delivery.order.lines.get().accepted_quantity == 9
    balanced()


def test_silence_waits_for_a_dispute(delivery: Delivery, office: make.Office) -> None:
    make.arrived(delivery, office.receiver)
    dispute = disputes.open_dispute(
        actor=office.receiver, order=delivery.order, complaint="Isinya kurang", now=MONDAY + 2 * DAY
    )
    delivery.refresh_from_db()
    due = delivery.due_at
    assert deliveries.accept_by_silence(now=due + HOUR) == 0
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Disusulkan", now=MONDAY + 5 * DAY)
    delivery.refresh_from_db()
    assert delivery.due_at == due + 3 * DAY


def test_capacity_of_a_day_is_used_up_by_delivery(office: make.Office) -> None:
    product = goods.make_product(
        price=10_000, stock_mode=StockMode.DAILY, food_kind=FoodKind.CATERING, keeps=Keeps.COOKED
    )
    make.taken_over(office, due_soon(make.make_issued(office, product)), accept=4)
    assert product.capacity_days.get().used == 10
    balanced()


def test_only_who_receives_is_asked_to_receive() -> None:
    """Those who asked for the goods and ordered them hear of it; without a receiver they are asked to see to it."""
    office = make.make_office()
    order = make.accepted(make.make_issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    notices.inspection_near(delivery, now=MONDAY + 2 * DAY)

    def told(kind: str) -> set[int]:
        return set(Notification.objects.filter(kind=kind).values_list("person", flat=True))

    receiver, others = {office.receiver.pk}, {office.requester.pk, office.pp.pk}
    for kind in ("delivery.shipped", "delivery.inspect"):
        assert told(kind) == receiver, kind
    assert told("delivery.inspect_near") == receiver | others  # says what is not done, and asks nobody by name
    assert told("delivery.told_shipped") == others
    assert told("delivery.arrived") == {*others, make.member_of(order).pk}
    office.agency.members.filter(user=office.receiver).delete()
    make.shipped(make.accepted(make.make_issued(office)))
    assert told("delivery.shipped") == receiver | others
