"""That goods came is somebody's word. Silence only passes the question on; what did not come is said, and follows."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.site.dashboards import agency_day
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.deliveries import policies, rules
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import services as disputes
from orders.documents.build import order_for_papers
from orders.documents.entries import entries_of
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders import status
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order
from orders.orders.next_step import Task, is_rest_expected, steps_of
from orders.orders.pages.timeline import timeline
from orders.orders.services import completion
from orders.orders.states import CloseReason, OrderState
from procurement.agencies.states import OfficerRole
from procurement.requests.states import UnfilledReason
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue.models import Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def sent(office: make.Office) -> Delivery:
    """All ten pieces, on the road to a department."""
    return make.shipped(make.accepted(make.make_issued(office, goods.make_product(price=10_000, on_hand=50))))


@pytest.fixture
def citizen() -> User:
    return goods.make_user()


@pytest.fixture
@kept
def brought(citizen: User) -> Delivery:
    """Two pieces, on the road to a person."""
    product = goods.make_product(price=25_000, on_hand=20)
    return make.shipped(make.accepted(make.place(citizen, (product, 2))[0]))


def again(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_related("order").get(pk=delivery.pk)


def missing(delivery: Delivery, actor: User, **changed: object) -> Delivery:
    given: dict[str, object] = {"note": "Tidak ada yang datang", "now": again(delivery).order.deliver_at}
    return deliveries.report_missing(actor=actor, delivery=delivery, **(given | changed))  # type: ignore[arg-type]


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("person", flat=True))


def waiting(person: User) -> set[str]:
    return set(Notification.objects.filter(person=person).unread().values_list("kind", flat=True))


def test_nobody_is_asked_any_more_what_they_have_done(citizen: User, brought: Delivery) -> None:
    """One act records arrival and inspection: nothing asks for either, not even what asked before."""
    late = again(brought).due_at
    assert late is not None
    deliveries.accept_by_silence(now=late)
    assert {"delivery.shipped", "delivery.not_recorded"} <= waiting(citizen)
    assert "delivery.seller_may_tell" in waiting(make.member_of(brought.order))
    deliveries.confirm_received(actor=citizen, delivery=again(brought), now=late + HOUR)
    assert not any(kind.startswith("delivery.") for kind in waiting(citizen))
    assert not told("delivery.inspect") and not told("delivery.arrived")
    assert not {"delivery.seller_may_tell", "delivery.arrived"} & waiting(make.member_of(brought.order))


def test_silence_answers_what_the_seller_told(citizen: User, brought: Delivery) -> None:
    seller = make.member_of(brought.order)
    deliveries.tell_handed_over(actor=seller, delivery=brought, now=MONDAY + DAY)
    assert waiting(citizen) & {"delivery.handed_over", "delivery.shipped"} == {"delivery.handed_over"}
    due = again(brought).due_at
    assert due is not None
    deliveries.accept_by_silence(now=due)
    assert "delivery.handed_over" not in waiting(citizen)


# --- silence after sending


def test_silence_after_sending_is_no_arrival(sent: Delivery, office: make.Office) -> None:
    """However long it lasts: no arrival, no inspection, no BAST, no invoice; receiver, head and inspectorate are told
    in turn, each once."""
    head = office.agency.members.get(role=OfficerRole.HEAD).user
    inspector = goods.make_staff("procurement.inspect_all")
    now = again(sent).due_at
    assert now == sent.order.deliver_at + timedelta(hours=rules.REPORT.on(make.local(MONDAY)))
    assert deliveries.accept_by_silence(now=now - timedelta.resolution) == 0
    seen, end = [], now
    for _turn in range(5):
        (step,) = steps_of(Order.objects.get(pk=sent.order_id), now)
        assert (step.what, step.due) == (Task.ARRIVE, end), "others who are told move no end"
        deliveries.accept_by_silence(now=now)
        deliveries.accept_by_silence(now=now)  # a second worker
        seen.append((again(sent).escalations, len(told("delivery.passed_on"))))
        now += 40 * DAY
    assert seen == [(1, 0), (2, 1), (3, 2), (3, 2), (3, 2)]
    order = Order.objects.get(pk=sent.order_id)
    entries = [entry.title for entry in timeline(order, [], for_agency=True) if "pengingat" in entry.title]
    said = "Barang belum dicatat tiba, pengingat dikirim ke"
    assert entries == [f"{said} inspektorat", f"{said} kepala dinas", f"{said} penerima barang dan penjual"]
    assert told("delivery.not_recorded") == {office.receiver.pk}
    assert told("delivery.passed_on") == {head.pk, inspector.pk}
    found = again(sent)
    assert (found.state, found.arrived_at, found.bast_number) == (DeliveryState.SHIPPED, None, None)
    assert not Invoice.objects.filter(order=sent.order).exists()
    assert not Document.objects.filter(
        order=sent.order, kind__in=[DocumentKind.INSPECTION, DocumentKind.BAST, DocumentKind.INVOICE]
    ).exists()
    balanced()


def test_the_receiver_may_still_record_it_after_all_were_told(sent: Delivery, office: make.Office) -> None:
    now = again(sent).due_at
    for _turn in range(3):
        deliveries.accept_by_silence(now=now)
        now += 10 * DAY
    make.arrived(sent, office.receiver, now=now)
    assert again(sent).state == DeliveryState.ARRIVED


def test_the_head_reads_what_nobody_recorded(sent: Delivery, office: make.Office) -> None:
    now = again(sent).due_at
    assert agency_day.not_recorded(office.agency, now).count == 0
    deliveries.accept_by_silence(now=now)  # the receiver is reminded first
    assert agency_day.not_recorded(office.agency, now).count == 0
    now = again(sent).due_at
    deliveries.accept_by_silence(now=now)
    (item,) = agency_day.not_recorded(office.agency, now).items
    assert office.receiver.name in item["note"]
    titles = [group.title for group in agency_day.groups(office.agency, [OfficerRole.HEAD], now, reads_all=False)]
    assert agency_day.not_recorded(office.agency, now).title in titles
    make.arrived(sent, office.receiver, now=now)
    assert agency_day.not_recorded(office.agency, now).count == 0


def test_a_dispute_keeps_the_question_where_it_is(sent: Delivery, office: make.Office) -> None:
    earlier = make.arrived(make.shipped(part_of(office), sent={}), office.receiver)
    order = earlier.order
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Kurang", now=MONDAY + 2 * DAY)
    assert deliveries.accept_by_silence(now=again(sent).due_at) == 1  # the other order's alone
    assert again(earlier).escalations == 0


@kept
def part_of(office: make.Office) -> Order:
    return make.accepted(make.make_issued(office, goods.make_product(price=10_000, on_hand=50)))


# --- goods that did not come


def test_what_did_not_come_is_to_be_sent_again(sent: Delivery, office: make.Office) -> None:
    missing(sent, office.receiver)
    order = Order.objects.get(pk=sent.order_id)
    assert again(sent).state == DeliveryState.MISSED
    assert order.lines.get().unsent_quantity == 10
    assert is_rest_expected(order)
    assert order.rest_due_at is not None
    assert status.of(order, order.deliver_at).chips[1].text == "Tidak datang"
    assert told("delivery.missed") == {office.requester.pk, office.pp.pk, make.member_of(order).pk}
    balanced()
    second = make.shipped(order, now=order.deliver_at + DAY)
    make.inspected(
        make.arrived(second, office.receiver, now=order.deliver_at + 2 * DAY), office.receiver,
        now=order.deliver_at + 2 * DAY,
    )  # fmt: skip
    balanced()


def test_of_what_did_not_come_there_is_only_its_surat_jalan(sent: Delivery, office: make.Office) -> None:
    missing(sent, office.receiver)
    order = order_for_papers(sent.order_id)
    kinds = [entry.kind for entry in entries_of(order, for_agency=True) if entry.of == sent.number]
    assert kinds == [DocumentKind.DELIVERY_NOTE]


def test_given_up_after_it_did_not_come_the_order_closes_without_papers(sent: Delivery, office: make.Office) -> None:
    missing(sent, office.receiver)
    order = sent.order
    completion.close_rest(actor=office.pp, order=order, note="Acara sudah lewat", now=order.deliver_at + HOUR)
    order = Order.objects.select_related("request").get(pk=order.pk)
    assert (order.state, order.close_reason) == (OrderState.CLOSED, CloseReason.NOT_DELIVERED)
    assert order.request.sellers.get().unfilled_reason == UnfilledReason.MISSING
    assert not Invoice.objects.filter(order=order).exists()
    assert order.lines.get().product.held == 0
    balanced()


def test_a_seller_who_sends_nothing_again_loses_the_order(sent: Delivery, office: make.Office) -> None:
    missing(sent, office.receiver)
    order = Order.objects.get(pk=sent.order_id)
    completion.close_overdue_rests(now=order.rest_due_at)
    order.refresh_from_db()
    assert (order.state, order.close_reason) == (OrderState.CLOSED, CloseReason.NOT_DELIVERED)
    balanced()


def test_a_part_that_did_not_come_leaves_the_other(office: make.Office) -> None:
    order = part_of(office)
    line = order.lines.get()
    first = make.shipped(order, sent={line.pk: 6})
    second = make.shipped(order, sent={line.pk: 4})
    missing(second, office.receiver)
    make.inspected(make.arrived(first, office.receiver), office.receiver)
    deliveries.sign_bast(actor=office.receiver, delivery=first, office_number="", now=order.deliver_at + HOUR)
    completion.close_rest(actor=office.pp, order=order, note="Cukup", now=order.deliver_at + DAY)
    order.refresh_from_db()
    assert order.state == OrderState.ACCEPTED
    assert Invoice.objects.get(order=order).goods_total == 60_000
    balanced()


def test_what_nobody_waited_for_and_did_not_come_is_on_the_shelf_again(office: make.Office) -> None:
    """The rest was given up while a part was on the road; that part does not come either."""
    order = part_of(office)
    line = order.lines.get()
    first = make.shipped(order, sent={line.pk: 2})
    second = make.shipped(order, sent={line.pk: 3})
    late = order.deliver_at + HOUR
    completion.close_rest(actor=office.pp, order=order, note="Cukup", now=late)
    missing(second, office.receiver, now=late)
    assert Product.objects.get(pk=line.product_id).held == 2
    balanced()
    missing(first, office.receiver, now=late)
    order.refresh_from_db()
    assert (order.state, order.close_reason) == (OrderState.CLOSED, CloseReason.NOT_DELIVERED)
    balanced()


def test_before_the_agreed_time_nothing_is_missing(sent: Delivery, office: make.Office) -> None:
    early = sent.order.deliver_at - timedelta.resolution
    refused(RuleBroken, lambda: missing(sent, office.receiver, now=early), code="missing_early")
    missing(sent, office.receiver, now=sent.order.deliver_at)


def test_what_was_sent_late_has_its_time_to_come(office: make.Office) -> None:
    order = part_of(office)
    at = order.deliver_at + HOUR
    late = make.shipped(order, now=at)
    time = timedelta(hours=rules.REPORT.on(make.local(MONDAY)))
    refused(RuleBroken, lambda: missing(late, office.receiver, now=at + time - HOUR), code="missing_early")
    missing(late, office.receiver, now=at + time)


@pytest.mark.parametrize("who", ["requester", "pp", "treasurer"])
def test_only_the_receiver_says_so(sent: Delivery, office: make.Office, who: str) -> None:
    refused(NotAllowed, lambda: missing(sent, getattr(office, who)))
    refused(NotAllowed, lambda: missing(sent, make.member_of(sent.order)))
    refused(NotAllowed, lambda: missing(sent, goods.make_user()))


def test_a_requester_who_is_also_receiver_does_not(sent: Delivery, office: make.Office) -> None:
    make.membership(office.agency, office.requester, OfficerRole.RECEIVER)
    refused(RoleAlreadyHeld, lambda: missing(sent, office.requester))


def test_its_file_goes_on_with_what_is_sent_again(sent: Delivery, office: make.Office) -> None:
    missing(sent, office.receiver)
    order = again(sent).order
    waits = {entry.kind for entry in entries_of(order, for_agency=True) if entry.is_missing and not entry.is_due}
    assert {DocumentKind.DELIVERY_NOTE, DocumentKind.BAST, DocumentKind.INVOICE} <= waits


def test_what_came_is_not_missing_any_more(sent: Delivery, office: make.Office) -> None:
    make.arrived(sent, office.receiver)
    refused(InvalidMove, lambda: missing(sent, office.receiver))
    refused(RuleBroken, lambda: missing(make.shipped(part_of(office)), office.receiver, note=" "), code="note_missing")


def test_the_seller_who_did_bring_it_complains(sent: Delivery, office: make.Office) -> None:
    missing(sent, office.receiver)
    order = Order.objects.get(pk=sent.order_id)
    seller = make.member_of(order)
    page = signed_in(seller).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert reverse("orders:dispute-create", args=[order.number]) in page
    dispute = disputes.open_dispute(
        actor=seller, order=order, complaint="Diterima satpam pukul 08.00", now=order.deliver_at + HOUR
    )
    assert dispute.opened_by_seller


# --- a person's goods


def test_a_seller_says_that_a_person_has_the_goods_and_silence_agrees(brought: Delivery, citizen: User) -> None:
    at = MONDAY + 2 * DAY
    deliveries.tell_handed_over(actor=make.member_of(brought.order), delivery=brought, now=at)
    found = again(brought)
    assert (found.state, found.is_told_by_seller) == (DeliveryState.ARRIVED, True)
    (notice,) = Notification.objects.filter(person=citizen, kind="delivery.handed_over")
    assert brought.order.number in render(notice, "id").title
    deliveries.accept_by_silence(now=found.due_at)
    assert again(brought).state == DeliveryState.ACCEPTED
    balanced()


def test_the_person_denies_it(brought: Delivery, citizen: User) -> None:
    deliveries.tell_handed_over(actor=make.member_of(brought.order), delivery=brought, now=brought.order.deliver_at)
    page = signed_in(citizen).get(reverse("orders:order-detail", args=[brought.order.number])).content.decode()
    assert "Penjual mencatat barang ini sudah Anda terima" in page
    missing(brought, citizen)
    assert again(brought).state == DeliveryState.MISSED
    balanced()


def test_what_the_person_confirmed_arrived_is_not_denied(brought: Delivery, citizen: User) -> None:
    make.arrived(brought, citizen)
    refused(InvalidMove, lambda: missing(brought, citizen))


def test_nobody_hands_goods_over_in_the_name_of_a_department(sent: Delivery, office: make.Office) -> None:
    for who in (make.member_of(sent.order), office.receiver):
        refused(NotAllowed, lambda who=who: deliveries.tell_handed_over(actor=who, delivery=sent, now=MONDAY + 2 * DAY))


def test_a_buyer_does_not_speak_for_the_seller(brought: Delivery, citizen: User) -> None:
    refused(NotAllowed, lambda: deliveries.tell_handed_over(actor=citizen, delivery=brought, now=MONDAY + 2 * DAY))


def test_what_neither_side_says_to_have_come_did_not_come(brought: Delivery) -> None:
    now = again(brought).due_at
    deliveries.accept_by_silence(now=now)
    assert (again(brought).state, again(brought).escalations) == (DeliveryState.SHIPPED, 1)
    assert told("delivery.seller_may_tell") == {make.member_of(brought.order).pk}
    deliveries.accept_by_silence(now=now + 10 * DAY)
    assert again(brought).state == DeliveryState.MISSED
    order = Order.objects.get(pk=brought.order_id)
    assert told("delivery.unseen") == {order.buyer_id, make.member_of(order).pk}
    completion.close_overdue_rests(now=order.rest_due_at)
    order.refresh_from_db()
    assert (order.state, order.close_reason) == (OrderState.CLOSED, CloseReason.NOT_DELIVERED)
    balanced()


def test_of_goods_to_be_fetched_the_seller_says_that_nobody_came(citizen: User) -> None:
    order = make.accepted(make.place(citizen, (goods.make_product(price=25_000, on_hand=20), 2), method="pickup")[0])
    ready = make.shipped(order)
    seller, until = make.member_of(order), policies.missing_from(order, ready)
    refused(NotAllowed, lambda: missing(ready, citizen, now=until))
    refused(RuleBroken, lambda: missing(ready, seller, now=until - timedelta.resolution), code="missing_early")
    missing(ready, seller, now=until)
    assert status.of(Order.objects.get(pk=order.pk), until).chips[1].text == "Tidak diambil"
    assert told("delivery.unfetched") == {citizen.pk}
    balanced()


def test_who_did_not_fetch_the_goods_denies_that_they_were_handed_over(citizen: User) -> None:
    """Whoever did not write the record may deny it: the buyer that of the seller, the seller nothing of their own."""
    order = make.accepted(make.place(citizen, (goods.make_product(price=25_000, on_hand=20), 2), method="pickup")[0])
    ready, seller, at = make.shipped(order), make.member_of(order), order.deliver_at
    deliveries.tell_handed_over(actor=seller, delivery=ready, now=at)
    refused(NotAllowed, lambda: missing(ready, seller, now=at + 10 * DAY))
    with time_machine.travel(at, tick=False):
        page = signed_in(citizen).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert "Belum saya ambil" in page
    assert reverse("orders:delivery-missing", args=[order.number, ready.number]) in page
    missing(ready, citizen, now=at)
    assert again(ready).state == DeliveryState.MISSED
    assert told("delivery.unfetched") == {seller.pk}
    balanced()


def test_a_count_of_nothing_is_no_inspection(brought: Delivery, citizen: User) -> None:
    """Nothing was looked at: that it did not come is said as such, and the seller may disagree."""
    deliveries.tell_handed_over(actor=make.member_of(brought.order), delivery=brought, now=brought.order.deliver_at)
    found = {line.pk: (Decimal(0), Decimal(0), "Tidak ada") for line in brought.lines.all()}
    refused(
        RuleBroken,
        lambda: deliveries.inspect_delivery(
            actor=citizen, delivery=again(brought), findings=found, came_at=None, remark="", photos=(), key=new_key(),
            now=brought.order.deliver_at,
        ),
        code="nothing_came",
    )  # fmt: skip
    assert again(brought).state == DeliveryState.ARRIVED


# --- the pages


def test_the_receiver_finds_it_beside_the_arrival(sent: Delivery, office: make.Office) -> None:
    order = sent.order
    page = reverse("orders:order-detail", args=[order.number])
    address = reverse("orders:delivery-missing", args=[order.number, sent.number])
    with time_machine.travel(order.deliver_at - HOUR, tick=False):
        client = signed_in(office.receiver)
        assert address not in client.get(page).content.decode()
        assert client.get(address).status_code == 422
    with time_machine.travel(order.deliver_at + HOUR, tick=False):
        client = signed_in(office.receiver)
        assert address in client.get(page).content.decode()
        assert client.get(address).status_code == 200
        assert client.post(address, {"note": ""}).status_code == 422
        assert client.post(address, {"note": "Tidak ada kurir"}, follow=True).redirect_chain[-1][0] == page
        assert again(sent).state == DeliveryState.MISSED
        assert client.post(address, {"note": "Tidak ada kurir"}).status_code == 409


def test_the_hour_of_arrival_is_stated_and_the_timeliness_follows(office: make.Office) -> None:
    """Recorded after the end, stated to have come before it: in time. Never before it was sent or after the record."""
    order = part_of(office)
    sent = make.shipped(order)
    recorded = order.deliver_at + 2 * HOUR
    make.arrived(sent, office.receiver, now=recorded)
    found = {line.pk: (line.sent, line.sent, "") for line in sent.lines.all()}

    def inspect(came_at: object) -> Delivery:
        return deliveries.inspect_delivery(
            actor=office.receiver, delivery=again(sent), findings=found, came_at=came_at, remark="", photos=(),
            key=f"k{came_at}", now=recorded + HOUR,
        )  # type: ignore[arg-type]  # fmt: skip

    for wrong in (sent.shipped_at - timedelta(minutes=1), recorded + timedelta(minutes=1)):
        refused(RuleBroken, lambda wrong=wrong: inspect(wrong), code="came_outside")
    done = inspect(order.deliver_at - HOUR)
    assert (done.arrived_at, done.is_on_time) == (order.deliver_at - HOUR, True)


def test_left_as_recorded_after_the_end_it_is_late(office: make.Office) -> None:
    sent = make.shipped(part_of(office))
    make.arrived(sent, office.receiver, now=sent.order.deliver_at)
    make.inspected(sent, office.receiver, now=sent.order.deliver_at + HOUR)
    assert again(sent).is_on_time is False
