"""A seller's order was closed without goods: the department sources that part again, once, with its budget free."""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from orders.cancellations import services as cancellations
from orders.deliveries import services as deliveries
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import CloseReason
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetEntry
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.services import decisions, drafts, unfilled
from procurement.requests.states import RequestState, UnfilledReason
from procurement.requests.unfilled import ended_words
from procurement.sourcing import services as sourcing
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
LATER = MONDAY + 2 * HOUR


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def two(office: make.Office) -> PurchaseRequest:
    return ordered_from_two(office, MONDAY)


def ordered_from_two(office: make.Office, now: datetime) -> PurchaseRequest:
    """A request to two shops, Rp1.025.000 and Rp225.000, ordered from both."""
    first, second = goods.make_product(price=100_000), goods.make_product(price=50_000)
    request = make.make_approved(office, [(first, 10), (second, 4)], purpose="Rapat bulanan", attendees=40, now=now)
    request.lines.filter(product=first).update(note="Tanpa kacang")
    agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=now)
    return PurchaseRequest.objects.get(pk=request.pk)


def dear(request: PurchaseRequest) -> Order:
    return request.orders.order_by("-total")[0]


@kept
def decline(order: Order, now: datetime = MONDAY + HOUR) -> RequestSeller:
    agreement.close_order(
        actor=make.member_of(order), order=order, reason=CloseReason.SELLER_DECLINED, note="Oven rusak", now=now
    )
    return part_of(order)


def part_of(order: Order) -> RequestSeller:
    return RequestSeller.objects.get(request=order.request_id, seller=order.seller_id)


def again(office: make.Office, part: RequestSeller, **over: Any) -> PurchaseRequest:
    return unfilled.source_again(**{"actor": office.requester, "part": part, "now": LATER, **over})


def no_answer(order: Order, office: make.Office) -> None:
    agreement.close_overdue(now=order.answer_due_at + HOUR)


def cancel(order: Order, office: make.Office) -> None:
    cancelling.cancelled(order, office.pp, reason="wrong", now=LATER)


def release(order: Order, office: make.Office) -> None:
    row = cancelling.asked(make.accepted(order), make.member_of(order))
    cancellations.consent(actor=office.pp, cancellation=row, now=LATER)


def reject_all(order: Order, office: make.Office) -> None:
    delivery = make.arrived(make.shipped(make.accepted(order)), office.receiver)
    make.inspected(delivery, office.receiver, accept=0)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + 2 * DAY)


@pytest.mark.parametrize(
    ("close", "reason"),
    [
        (lambda order, office: decline(order), UnfilledReason.DECLINED),
        (no_answer, UnfilledReason.NO_ANSWER),
        (cancel, UnfilledReason.CANCELLED),
        (release, UnfilledReason.RELEASED),
        (reject_all, UnfilledReason.REJECTED),
    ],
)
def test_however_an_order_closes_its_part_says_so(
    office: make.Office, close: Callable[[Order, make.Office], Any], reason: str
) -> None:
    order = make.make_issued(office)
    close(order, office)
    order.refresh_from_db()
    part = part_of(order)
    assert (part.unfilled_reason, part.unfilled_order, part.unfilled_at) == (reason, order.number, order.closed_at)
    assert list(RequestSeller.objects.to_source()) == [part]
    balanced()


def test_every_reason_for_closing_an_order_is_known_to_the_request() -> None:
    assert set(agreement.UNFILLED) == set(CloseReason)
    assert set(agreement.UNFILLED.values()) == set(UnfilledReason)


def test_the_draft_continues_the_part_and_nothing_else(office: make.Office, two: PurchaseRequest) -> None:
    order = dear(two)
    part = decline(order)
    draft = again(office, part)
    assert (draft.state, draft.requester, draft.agency) == (RequestState.DRAFT, office.requester, office.agency)
    assert (draft.sourced_again_from, draft.total, draft.approver, draft.ordered_at) == (part, 0, None, None)
    for name in ("title", "purpose", "line", "event_at", "event_place", "attendees", "deliver_at", "delivery_place"):
        assert getattr(draft, name) == getattr(two, name), name
    assert draft.delivery_kelurahan == two.delivery_kelurahan
    line, was = draft.lines.get(), two.lines.get(seller=order.seller)
    assert (line.product, line.quantity, line.note, line.amount) == (
        was.product,
        was.quantity,
        "Tanpa kacang",
        1_000_000,
    )
    assert [row.seller for row in draft.sellers.all()] == [order.seller]
    # The first request keeps all it said.
    assert (two.lines.count(), two.sellers.count()) == (2, 2)
    two.refresh_from_db()
    assert two.state == RequestState.ORDERED


def test_lines_the_approver_dropped_are_not_asked_again(office: make.Office) -> None:
    shop = goods.make_seller()
    kept, dropped = goods.make_product(shop, price=100_000), goods.make_product(shop, price=50_000)
    request = offices.make_request(office, [(kept, 1), (dropped, 1)], state="submitted")
    line = request.lines.get(product=dropped)
    request = decisions.approve_request(
        actor=office.pp, request=request, dropped={line.pk: "Tidak perlu"}, note="", key=new_key(), now=MONDAY
    )
    (order,) = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)
    assert [line.product for line in again(office, decline(order)).lines.all()] == [kept]


def test_the_budget_is_freed_once_and_held_again_by_sending(office: make.Office, two: PurchaseRequest) -> None:
    order, other = dear(two), goods.make_product(price=90_000)
    draft = again(office, decline(order))
    office.line.refresh_from_db()
    assert (office.line.reserved, office.line.committed) == (0, 225_000)
    assert BudgetEntry.objects.filter(reference=order.number, kind="uncommit").count() == 1
    sourcing.replace_line(actor=office.requester, request=draft, product=draft.lines.get().product, by=other, now=LATER)
    sent = decisions.submit_request(actor=office.requester, request=draft, key=new_key(), now=LATER)
    office.line.refresh_from_db()
    assert office.line.reserved == sent.total
    assert office.line.committed == 225_000
    balanced()


def test_once_per_part_whoever_asks(office: make.Office, two: PurchaseRequest) -> None:
    part = decline(dear(two))
    colleague = offices.make_officer(OfficerRole.REQUESTER, office.agency)
    draft = again(office, part)
    assert again(office, part) == draft
    assert again(office, part, actor=colleague) == draft
    assert PurchaseRequest.objects.filter(sourced_again_from=part).count() == 1


def test_the_database_knows_no_second_live_draft(office: make.Office, two: PurchaseRequest) -> None:
    draft = again(office, decline(dear(two)))
    twin = make.make_approved(office, [(goods.make_product(), 1)])
    with pytest.raises(IntegrityError, match="request_sourced_again_once"), transaction.atomic():
        PurchaseRequest.objects.filter(pk=twin.pk).update(sourced_again_from=draft.sourced_again_from)


@pytest.mark.parametrize("ending", ["withdraw", "reject"])
def test_when_the_continuation_ends_the_part_waits_again(
    office: make.Office, two: PurchaseRequest, ending: str
) -> None:
    part = decline(dear(two))
    draft = again(office, part)
    assert not RequestSeller.objects.to_source().exists()
    if ending == "withdraw":
        decisions.withdraw_request(actor=office.requester, request=draft, now=LATER)
    else:
        draft.lines.all().delete()
        drafts.put_line(
            actor=office.requester,
            request=draft,
            product=goods.make_product(),
            quantity=Decimal(10),
            note="",
            now=LATER,
        )
        sent = decisions.submit_request(actor=office.requester, request=draft, key=new_key(), now=LATER)
        decisions.reject_request(actor=office.pp, request=sent, note="Cukup", now=LATER)
    assert list(RequestSeller.objects.to_source()) == [part]
    assert again(office, part) != draft
    balanced()


def test_a_continuation_that_brings_nothing_is_continued_in_turn(office: make.Office, two: PurchaseRequest) -> None:
    draft = again(office, decline(dear(two)))
    other = goods.make_product(price=90_000)
    product = draft.lines.get().product
    sourcing.replace_line(actor=office.requester, request=draft, product=product, by=other, now=LATER)
    sent = decisions.submit_request(actor=office.requester, request=draft, key=new_key(), now=LATER)
    decisions.approve_request(actor=office.pp, request=sent, dropped={}, note="", key=new_key(), now=LATER)
    (order,) = agreement.issue_orders(actor=office.pp, request=sent, key=new_key(), now=LATER)
    part = decline(order, LATER + HOUR)
    assert list(RequestSeller.objects.to_source()) == [part]
    assert again(office, part, now=LATER + HOUR).sourced_again_from == part
    balanced()


# Days


def test_a_day_gone_by_is_refused_unless_a_new_one_is_given(office: make.Office) -> None:
    order = make.make_issued(office, deliver_at=MONDAY + 8 * DAY)
    part = decline(order)
    late = MONDAY + 8 * DAY
    refused(RuleBroken, lambda: again(office, part, now=late), "deliver_past")
    refused(RuleBroken, lambda: again(office, part, now=late, deliver_at=late), "deliver_past")
    draft = again(office, part, now=late, deliver_at=late + DAY)
    assert draft.deliver_at == late + DAY
    # The event, two days on, still lies after the goods.
    assert draft.event_at == order.request.event_at


def test_the_last_moment_before_the_goods_are_due_still_holds(office: make.Office) -> None:
    part = decline(make.make_issued(office, deliver_at=MONDAY + 8 * DAY))
    assert again(office, part, now=MONDAY + 8 * DAY - timedelta(seconds=1)).deliver_at == MONDAY + 8 * DAY


def test_an_event_before_the_new_day_is_left_open(office: make.Office) -> None:
    part = decline(make.make_issued(office))
    draft = again(office, part, now=MONDAY + 11 * DAY, deliver_at=MONDAY + 20 * DAY)
    assert (draft.deliver_at, draft.event_at) == (MONDAY + 20 * DAY, None)


# Another shop


def test_the_shop_that_declined_is_not_asked_again_unseen(office: make.Office, two: PurchaseRequest) -> None:
    draft = again(office, decline(dear(two)))
    send = lambda: decisions.submit_request(  # noqa: E731
        actor=office.requester, request=draft, key=new_key(), now=LATER
    )
    refused(RuleBroken, send, "seller_missing")
    product = draft.lines.get().product
    sourcing.replace_line(
        actor=office.requester, request=draft, product=product, by=goods.make_product(price=90_000), now=LATER
    )
    assert send().state == RequestState.SUBMITTED


def test_who_declined_before_is_not_asked_again_in_turn_nor_through_a_sister_shop(
    office: make.Office, two: PurchaseRequest
) -> None:
    first, second = dear(two), goods.make_product(price=90_000)
    draft = again(office, decline(first))
    put = lambda new, now: sourcing.replace_line(  # noqa: E731
        actor=office.requester, request=draft, product=draft.lines.get().product, by=new, now=now
    )
    send = lambda now: decisions.submit_request(  # noqa: E731
        actor=office.requester, request=draft, key=new_key(), now=now
    )
    put(goods.make_product(goods.make_seller(owner=first.seller.owner), price=90_000), LATER)
    refused(RuleBroken, lambda: send(LATER), "seller_missing")
    put(second, LATER)
    sent = send(LATER)
    decisions.approve_request(actor=office.pp, request=sent, dropped={}, note="", key=new_key(), now=LATER)
    (order,) = agreement.issue_orders(actor=office.pp, request=sent, key=new_key(), now=LATER)
    later = LATER + HOUR
    draft = again(office, decline(order, later), now=later)
    for gone in (first.lines.get().product, goods.make_product(goods.make_seller(owner=second.seller.owner))):
        put(gone, later)
        refused(RuleBroken, lambda: send(later), "seller_missing")
    put(goods.make_product(price=80_000), later)
    assert send(later).state == RequestState.SUBMITTED
    balanced()


def test_what_the_department_cancelled_may_be_asked_of_the_same_shop(office: make.Office) -> None:
    order = make.make_issued(office)
    cancel(order, office)
    draft = again(office, part_of(order), now=LATER)
    drafts.refresh_prices(actor=office.requester, request=draft, now=LATER)
    sent = decisions.submit_request(actor=office.requester, request=draft, key=new_key(), now=LATER)
    assert sent.state == RequestState.SUBMITTED


def test_replacing_keeps_the_quantity_and_the_note(office: make.Office, two: PurchaseRequest) -> None:
    draft = again(office, decline(dear(two)))
    old, by = draft.lines.get(), goods.make_product(price=90_000)
    line = sourcing.replace_line(actor=office.requester, request=draft, product=old.product, by=by, now=LATER)
    assert (line.product, line.quantity, line.note, line.amount) == (by, old.quantity, "Tanpa kacang", 900_000)
    assert [row.seller for row in draft.sellers.all()] == [by.seller]


def test_a_refused_replacement_leaves_the_line(office: make.Office, two: PurchaseRequest) -> None:
    draft = again(office, decline(dear(two)))
    old, by = draft.lines.get(), goods.make_product(price=90_000, minimum=50)
    replace = lambda: sourcing.replace_line(  # noqa: E731
        actor=office.requester, request=draft, product=old.product, by=by, now=LATER
    )
    refused(RuleBroken, replace, "below_minimum")
    assert draft.lines.get() == old
    gone = lambda: sourcing.replace_line(  # noqa: E731
        actor=office.requester, request=draft, product=by, by=old.product, now=LATER
    )
    refused(RuleBroken, gone, "unknown_line")


# Who, and what is refused


def test_only_a_requester_of_the_department_today(office: make.Office, two: PurchaseRequest) -> None:
    part = decline(dear(two))
    other = make.make_office()
    for actor in (office.pp, office.receiver, other.requester, make.member_of(dear(two))):
        with pytest.raises(NotAllowed):
            again(office, part, actor=actor)
        with pytest.raises(NotAllowed):
            unfilled.end_sourcing(actor=actor, part=part, now=LATER)
    AgencyMember.objects.filter(user=office.requester).update(valid_until=make.local(MONDAY - DAY))
    with pytest.raises(NotAllowed):
        again(office, part)
    part.refresh_from_db()
    assert part.sourcing_ended_at is None
    assert not PurchaseRequest.objects.filter(sourced_again_from=part).exists()


def test_a_running_order_is_not_sourced_again(office: make.Office, two: PurchaseRequest) -> None:
    decline(dear(two))
    running = two.sellers.get(unfilled_at__isnull=True)
    refused(InvalidMove, lambda: again(office, running), "invalid_move")
    refused(InvalidMove, lambda: unfilled.end_sourcing(actor=office.requester, part=running, now=LATER), "invalid_move")


def test_the_requester_may_leave_it(office: make.Office, two: PurchaseRequest) -> None:
    part = decline(dear(two))
    unfilled.end_sourcing(actor=office.requester, part=part, now=LATER)
    assert unfilled.end_sourcing(actor=office.requester, part=part, now=LATER + HOUR).sourcing_ended_at == LATER
    assert not RequestSeller.objects.to_source().exists()
    refused(InvalidMove, lambda: again(office, part), "invalid_move")


@pytest.mark.parametrize(("reason", "waits"), [("activity", False), ("budget", False), ("wrong", True)])
@pytest.mark.parametrize("is_accepted", [False, True])
def test_nobody_else_is_looked_for_what_the_department_needs_no_more(
    office: make.Office, reason: str, waits: bool, is_accepted: bool
) -> None:
    order = make.make_issued(office)
    values = {
        "reason": reason,
        "decree": "900/1/2026" if reason == "budget" else "",
        "note": "Tidak jadi",
        "now": LATER,
    }
    if is_accepted:
        make.accepted(order)
        row = cancellations.ask_cancellation(actor=office.pp, order=Order.objects.get(pk=order.pk), **values)
        cancellations.consent(actor=make.member_of(order), cancellation=row, now=LATER)
    else:
        cancellations.cancel_order(actor=office.pp, order=order, **values)
    part = part_of(order)
    assert (part.sourcing_ended_at is None) is waits
    assert RequestSeller.objects.to_source().exists() is waits
    assert bool(ended_words(part)) is not waits
    if not waits:
        assert "tidak memerlukan" in ended_words(part)
        refused(InvalidMove, lambda: again(office, part, now=LATER), "invalid_move")


def test_leaving_it_asks_first(office: make.Office, today: PurchaseRequest) -> None:
    part = decline(dear(today), clock.now())
    client, address = signed_in(office.requester), url("request-sourcing-end", today.number, part.pk)
    assert "tidak dapat diurungkan" in client.get(address).text
    part.refresh_from_db()
    assert part.sourcing_ended_at is None
    assert client.post(address).status_code == 302
    assert "Pemesan menyatakan" in client.get(url("request-detail", today.number)).text
    assert client.get(address).status_code == 302


def test_what_is_being_sourced_is_not_left_beside(office: make.Office, two: PurchaseRequest) -> None:
    part = decline(dear(two))
    again(office, part)
    refused(InvalidMove, lambda: unfilled.end_sourcing(actor=office.requester, part=part, now=LATER), "invalid_move")


def test_the_database_wants_reason_and_order_of_an_unfilled_part(office: make.Office, two: PurchaseRequest) -> None:
    for values in ({"unfilled_at": MONDAY}, {"sourcing_ended_at": MONDAY}, {"unfilled_reason": "declined"}):
        with pytest.raises(IntegrityError, match="request_seller_unfilled_says_why"), transaction.atomic():
            two.sellers.update(**values)


def test_one_live_order_per_request_and_seller(office: make.Office) -> None:
    order = make.make_issued(office)

    def twin() -> Order:
        copy = Order.objects.get(pk=order.pk)
        copy.pk, copy.number, copy.office_number = None, "SP-UJI", "SP-UJI"
        copy._state.adding = True
        copy.save(force_insert=True)
        return copy

    with pytest.raises(IntegrityError, match="order_once_per_request_seller"), transaction.atomic():
        twin()


# Pages


def url(name: str, *args: Any) -> str:
    return reverse(f"procurement:{name}", args=args)


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
@kept
def today(office: make.Office, now: datetime) -> PurchaseRequest:
    """As `two`, issued now: the pages read the clock."""
    return ordered_from_two(office, now)


def test_pages_say_what_happened_and_offer_the_way_on(office: make.Office, today: PurchaseRequest) -> None:
    order = dear(today)
    part = decline(order, clock.now())
    said = f"{order.seller.name} menolak pesanan {order.number}: cari penjual lain"
    client = signed_in(office.requester)
    post = url("request-source-again", today.number, part.pk)
    for page in (url("request-detail", today.number), reverse("orders:order-detail", args=[order.number])):
        text = client.get(page).content.decode()
        assert said in " ".join(text.split()), page
        assert post in text
    assert "Penerimaan dan pembayaran dicatat" not in client.get(url("request-detail", today.number)).content.decode()
    desk = client.get(reverse("site:agency-dashboard")).content.decode()
    assert said in desk
    assert "Perlu penjual lain" in desk and "Barang harus tiba: sisa" in desk
    assert "Perlu penjual lain" in client.get(url("request-list")).content.decode()
    answer = client.post(post)
    draft = PurchaseRequest.objects.get(sourced_again_from=part)
    assert answer.url == url("request-detail", draft.number)
    assert client.post(post).url == answer.url
    text = client.get(answer.url).content.decode()
    assert f"{order.seller.name} menolak pesanan {order.number}. Pilih penjual lain" in text
    assert today.number in text
    assert f"?ganti={draft.lines.get().product_id}" in text
    after = client.get(url("request-detail", today.number)).content.decode()
    assert draft.number in after
    assert f"{draft.requester} mencari penjual lain" in after
    assert "Cari penjual lain" not in after
    assert "Perlu penjual lain" not in client.get(reverse("site:agency-dashboard")).content.decode()


def test_a_request_without_any_order_left_is_not_called_ordered(office: make.Office, today: PurchaseRequest) -> None:
    """Whatever its continuations do; as long as one order of it lives, it is ordered."""
    client, now = signed_in(office.requester), clock.now()

    def called() -> set[str]:
        """On its page, in the list and in the list's file."""
        listed = client.get(url("request-list"))
        rows = {row["cells"][0]["href"]: row["cells"][3]["text"] for row in listed.context["rows"]}
        file = client.get(f"{url('request-list')}?unduh=csv").content.decode("utf-8-sig").splitlines()
        [told] = [line for line in file if line.startswith(today.number)]
        page = client.get(url("request-detail", today.number))
        text = page.context["tag_text"]
        return {text, rows[url("request-detail", today.number)], text if text in told else told}

    first, second = today.orders.order_by("pk")
    again(office, decline(first, now), now=now)
    assert called() == {"Surat pesanan terbit"}
    part = decline(second, now)
    assert called() == {"Perlu penjual lain"}
    draft = again(office, part, now=now)
    assert called() == {"Pesanannya tidak jadi"}
    decisions.withdraw_request(actor=office.requester, request=draft, note="Batal", now=now)
    assert called() == {"Perlu penjual lain"}


def test_another_shops_goods_of_the_kind_are_offered_and_chosen(office: make.Office, today: PurchaseRequest) -> None:
    order = dear(today)
    old = order.lines.get().product
    near = goods.make_product(price=95_000, category=old.category)
    goods.make_product(old.seller, price=1_000, category=old.category, name="Dari toko yang sama")
    draft = again(office, decline(order, clock.now()), now=clock.now())
    client = signed_in(office.requester)
    page = client.get(f"{url('request-goods', draft.number)}?ganti={old.pk}").content.decode()
    assert near.name in page
    assert "Dari toko yang sama" not in page
    client.post(url("request-line-replace", draft.number), {"product": near.pk, "replaced": old.pk})
    assert draft.lines.get().product == near


def test_a_day_gone_by_is_asked_for(office: make.Office, today: PurchaseRequest, now: datetime) -> None:
    part = decline(dear(today), clock.now())
    page = url("request-source-again", today.number, part.pk)
    PurchaseRequest.objects.filter(pk=today.pk).update(deliver_at=now - HOUR)
    client = signed_in(office.requester)
    assert f'href="{page}"' in client.get(url("request-detail", today.number)).content.decode()
    refusal = client.post(page)
    assert (refusal.status_code, "Pilih waktu yang baru" in refusal.content.decode()) == (422, True)
    assert client.post(page, {"deliver_at": f"{now - DAY:%Y-%m-%dT%H:%M}"}).status_code == 422
    assert not PurchaseRequest.objects.filter(sourced_again_from=part).exists()
    assert client.post(page, {"deliver_at": f"{now + 9 * DAY:%Y-%m-%dT%H:%M}"}).status_code == 302
    assert PurchaseRequest.objects.get(sourced_again_from=part).deliver_at is not None


def test_a_seller_never_sees_what_the_department_does_next(office: make.Office, today: PurchaseRequest) -> None:
    order = dear(today)
    decline(order, clock.now())
    page = signed_in(make.member_of(order)).get(reverse("orders:order-detail", args=[order.number]))
    assert page.status_code == 200
    assert "cari penjual lain" not in page.content.decode().lower()


def test_what_an_order_did_not_bring_is_in_no_sum_of_its_request(office: make.Office, two: PurchaseRequest) -> None:
    decline(dear(two))
    page = signed_in(office.requester).get(reverse("procurement:request-detail", args=[two.number]))
    (first, second) = page.context["groups"]
    assert (first["sub"], first["sub_amount"]) == ("Tidak ada yang datang", 0)
    assert (first["rows"][0]["dropped"], second["rows"][0]["dropped"]) == (True, False)
    assert page.context["left_sum"] == second["sub_amount"] == 225_000
    assert "Jumlah tanpa pesanan yang batal" in page.text
    assert "40 orang" in page.text and "per orang" not in page.text


def test_goods_that_were_not_accepted_are_in_no_sum_of_its_request(office: make.Office) -> None:
    """List, file and page say what is bound or paid; what was approved stands beside it."""
    order = make.taken_over(office, make.make_issued(office), accept=6)
    client, request = signed_in(office.requester), order.request
    billed = make.invoice_of(order).gross
    assert billed < request.total
    (row,) = client.get(reverse("procurement:request-list")).context["rows"]
    assert (row["cells"][-1]["text"], row["cells"][-1]["note"]) == (
        rupiah(billed),
        f"disetujui {rupiah(request.total)}",
    )
    text = client.get(reverse("procurement:request-list"), {"unduh": "csv"}).content.decode("utf-8-sig")
    head, told = csv.reader(io.StringIO(text), delimiter=";")
    sums = dict(zip(head, told, strict=True))
    assert (sums["Jumlah disetujui"], sums["Jumlah sekarang"]) == (str(request.total), str(billed))
    page = client.get(reverse("procurement:request-detail", args=[request.number]))
    assert page.context["total_now"] == billed
