"""What was not sent is cancelled at once, with consent, with a claim, or not at all; silence changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from orders.billing.states import CommitmentState
from orders.cancellations import rules, services
from orders.cancellations.models import Cancellation
from orders.cancellations.policies import Way, way_of
from orders.cancellations.states import CancellationState, CancelReason, reasons_of
from orders.disputes import services as disputes
from orders.orders import tasks
from orders.orders.models import Order
from orders.orders.services import completion
from orders.orders.states import CloseReason, DeliveryMethod, OrderState
from procurement.agencies.states import OfficerRole
from procurement.requests.errors import OwnShop
from procurement.sourcing.replacements import replacements_of
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.cancellations import LATER
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.owners.models import TurnoverMonth

pytestmark = pytest.mark.django_db
TICK = timedelta.resolution
AFTER = LATER + HOUR


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    """Accepted: ten at Rp100.000 and Rp25.000 of delivery, due ten days later."""
    return make.accepted(make.make_issued(office))


def fresh(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def freed(office: make.Office, order: Order) -> None:
    order = fresh(order)
    assert (order.state, order.commitment.state) == (OrderState.CLOSED, CommitmentState.VOID)
    office.line.refresh_from_db()
    product = order.lines.get().product
    assert (office.line.committed, product.on_hand, product.held) == (0, 100, 0)
    assert TurnoverMonth.objects.get().used == 0
    balanced()


def goes_on(order: Order) -> None:
    order = fresh(order)
    assert (order.state, order.rest_closed_at) == (OrderState.ACCEPTED, None)
    assert not order.cancellations.waiting().exists()
    balanced()


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("person", flat=True))


def agree(row: Cancellation, actor: Any, amount: int = 250_000, now: Any = AFTER + HOUR) -> Cancellation:
    return services.agree_claim(actor=actor, cancellation=row, amount=amount, note="Bahannya terlanjur dibeli", now=now)


# --- in one step


def test_before_the_seller_accepts_one_step_is_enough(office: make.Office) -> None:
    order = make.make_issued(office)
    row = cancelling.cancelled(order, office.ppk, reason="budget", decree="900/12/2026", note="")
    freed(office, order)
    assert (row.state, row.was_accepted, row.decree, row.amount) == ("direct", False, "900/12/2026", 1_025_000)
    assert fresh(order).close_reason == CloseReason.BUYER_CANCELLED
    assert [(event.action, event.acted_as) for event in row.events.all()] == [("create", "ppk"), ("cancel", "ppk")]
    assert make.member_of(order).pk in told("cancellation.cancelled")
    assert not Notification.objects.unread().filter(kind="order.offered").exists()


def test_once_accepted_it_takes_two(order: Order, office: make.Office) -> None:
    refused(InvalidMove, lambda: cancelling.cancelled(order, office.pp, now=LATER))
    cancelling.asked(order, office.pp)
    order = fresh(order)
    assert order.state == OrderState.ACCEPTED
    office.line.refresh_from_db()
    assert office.line.committed == order.total


def test_nobody_asks_the_seller_before_they_accepted(office: make.Office) -> None:
    order = make.make_issued(office)
    for actor in (office.pp, make.member_of(order)):
        refused(InvalidMove, lambda a=actor: cancelling.asked(order, a, now=MONDAY + HOUR))


@pytest.mark.parametrize("step", [-TICK, timedelta(), TICK])
def test_who_promised_and_sent_nothing_is_left_without_being_asked(
    order: Order, office: make.Office, step: timedelta
) -> None:
    now = order.deliver_at + step
    late = step >= timedelta()
    assert way_of(office.pp, fresh(order), now) == (Way.DIRECT if late else Way.ASK)
    if late:
        row = cancelling.cancelled(order, office.pp, reason="not_sent", now=now)
        assert (row.was_accepted, row.reason) == (True, CancelReason.NOT_SENT)
        freed(office, order)
    else:
        refused(InvalidMove, lambda: cancelling.cancelled(order, office.pp, reason="not_sent", now=now))
        # Nor is the seller blamed before their time is over.
        asked = lambda: cancelling.asked(order, office.pp, reason="not_sent", now=now)  # noqa: E731
        refused(RuleBroken, asked, code="reason_unknown")


def test_what_is_late_in_part_is_closed_as_a_rest(order: Order, office: make.Office) -> None:
    make.shipped(order, sent={order.lines.get().pk: Decimal(4)})
    rest = lambda now: completion.close_rest(actor=office.pp, order=order, note="Lewat", now=now)  # noqa: E731
    refused(RuleBroken, lambda: rest(order.deliver_at - TICK), code="rest_early")
    refused(InvalidMove, lambda: cancelling.cancelled(order, office.pp, now=order.deliver_at))
    assert rest(order.deliver_at).rest_closed_at == order.deliver_at
    balanced()


# --- reasons


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": "cannot_make"}, "reason_unknown"),
        ({"reason": ""}, "reason_unknown"),
        ({"reason": "not_needed"}, "reason_unknown"),
        ({"reason": "other", "note": "  "}, "note_missing"),
        ({"reason": "budget", "decree": " "}, "decree_missing"),
    ],
)
def test_a_reason_is_one_of_the_list_and_complete(
    order: Order, office: make.Office, given: dict[str, Any], code: str
) -> None:
    refused(RuleBroken, lambda: cancelling.asked(order, office.pp, **given), code=code)


def test_each_side_has_its_own_reasons() -> None:
    said = {
        key: set(reasons_of(by_seller=key == "seller", for_agency=key == "agency", is_late=False))
        for key in ("agency", "person", "seller")
    }
    assert set.union(*said.values()) | {CancelReason.NOT_SENT} == set(CancelReason)
    assert set.intersection(*said.values()) == {CancelReason.FORCE, CancelReason.OTHER}
    assert CancelReason.NOT_SENT not in reasons_of(by_seller=True, for_agency=True, is_late=True)


@pytest.mark.parametrize("who", ["requester", "receiver", "treasurer", "stranger"])
def test_only_those_who_order_ask(order: Order, office: make.Office, who: str) -> None:
    actor = goods.make_user() if who == "stranger" else getattr(office, who)
    refused(NotAllowed, lambda: cancelling.asked(order, actor))


# --- consent


def test_the_seller_consents_and_everything_is_free_once(order: Order, office: make.Office) -> None:
    row = cancelling.asked(order, office.pp)
    assert told("cancellation.asked") == {make.member_of(order).pk}
    row = services.consent(actor=make.member_of(order), cancellation=row, now=AFTER)
    assert (row.state, row.ended_at, row.claimed) == (CancellationState.CONSENTED, AFTER, None)
    freed(office, order)
    assert fresh(order).close_reason == CloseReason.BUYER_CANCELLED
    assert told("cancellation.ended") == {office.pp.pk, office.ppk.pk, office.requester.pk}
    assert not Notification.objects.unread().filter(kind="cancellation.asked").exists()
    refused(InvalidMove, lambda: services.consent(actor=make.member_of(order), cancellation=row, now=AFTER))


def test_the_asking_side_does_not_consent_for_the_other(order: Order, office: make.Office) -> None:
    mine = cancelling.asked(order, office.pp)
    for actor in (office.pp, office.ppk, office.requester, goods.make_user()):
        refused(NotAllowed, lambda a=actor: services.consent(actor=a, cancellation=mine, now=AFTER))
        refused(NotAllowed, lambda a=actor: services.refuse(actor=a, cancellation=mine, note="Tidak", now=AFTER))
    services.withdraw_cancellation(actor=office.ppk, cancellation=mine, now=AFTER)
    theirs = cancelling.asked(order, make.member_of(order), now=AFTER)
    refused(NotAllowed, lambda: services.consent(actor=make.member_of(order), cancellation=theirs, now=AFTER + HOUR))


def test_a_released_seller_makes_room_for_the_next(order: Order, office: make.Office) -> None:
    sold = order.lines.get().product
    other = goods.make_product(price=90_000, name=sold.name, category=sold.category, unit=sold.unit)
    row = cancelling.asked(order, make.member_of(order))
    assert {office.pp.pk, office.ppk.pk} <= told("cancellation.asked")
    services.consent(actor=office.pp, cancellation=row, now=AFTER)
    freed(office, order)
    assert fresh(order).close_reason == CloseReason.SELLER_RELEASED
    part = order.request.sellers.get()
    assert part.unfilled_reason == "released"
    assert [found.seller for found in replacements_of(order.request, part, AFTER)] == [other.seller]


def test_a_refusal_says_why_and_the_order_goes_on(order: Order, office: make.Office) -> None:
    row = cancelling.asked(order, office.pp)
    seller = make.member_of(order)
    refused(
        RuleBroken, lambda: services.refuse(actor=seller, cancellation=row, note=" ", now=AFTER), code="note_missing"
    )
    row = services.refuse(actor=seller, cancellation=row, note="Sudah dimasak", now=AFTER)
    assert (row.state, row.answer, row.sends_until) == ("refused", "Sudah dimasak", None)
    goes_on(order)
    assert cancelling.asked(order, office.pp, now=AFTER).state == CancellationState.ASKED


def test_of_a_part_sent_only_the_rest_is_cancelled(order: Order, office: make.Office) -> None:
    product = order.lines.get().product
    delivery = make.shipped(order, sent={order.lines.get().pk: Decimal(4)}, now=LATER)
    row = cancelling.asked(order, office.pp)
    assert row.amount == 600_000
    services.consent(actor=make.member_of(order), cancellation=row, now=AFTER)
    product.refresh_from_db()
    assert (fresh(order).state, fresh(order).rest_closed_at) == (OrderState.ACCEPTED, AFTER)
    assert (product.on_hand, product.held) == (96, 4)
    refused(InvalidMove, lambda: make.shipped(order))
    make.inspected(make.arrived(delivery, office.receiver), office.receiver)
    make.deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + 2 * DAY)
    office.line.refresh_from_db()
    assert office.line.committed == 425_000
    balanced()


def test_all_sent_leaves_nothing_to_cancel(order: Order, office: make.Office) -> None:
    make.shipped(order, now=LATER)
    for actor in (office.pp, make.member_of(order)):
        refused(InvalidMove, lambda a=actor: cancelling.asked(order, a, now=AFTER))


def test_shipping_overtakes_what_waits(order: Order, office: make.Office) -> None:
    row = cancelling.asked(order, office.pp)
    make.shipped(order, now=AFTER, sent={order.lines.get().pk: Decimal(4)})
    assert fresh(row).state == CancellationState.OVERTAKEN
    refused(InvalidMove, lambda: services.consent(actor=make.member_of(order), cancellation=row, now=AFTER))
    goes_on(order)
    assert cancelling.asked(order, office.pp, now=AFTER).amount == 600_000


def test_one_request_waits_at_a_time(order: Order, office: make.Office) -> None:
    cancelling.asked(order, office.pp)
    for actor in (office.pp, office.ppk, make.member_of(order)):
        refused(InvalidMove, lambda a=actor: cancelling.asked(order, a))


# --- a claim


def test_a_claim_agreed_is_recorded_and_pays_nothing(order: Order, office: make.Office) -> None:
    row = cancelling.claimed(cancelling.asked(order, office.pp), evidence=make.photo())
    days = rules.CLAIM.on(make.local(AFTER))
    assert (row.state, row.claimed, row.due_at) == ("claimed", 250_000, clock.due_after_working_days(AFTER, days))
    assert (row.evidence.startswith("papers/") and row.evidence_type == "image/webp") or row.evidence_type
    assert {office.pp.pk, office.ppk.pk} <= told("cancellation.claimed")
    row = agree(row, office.ppk)
    assert (row.state, row.claimed) == (CancellationState.AGREED, 250_000)
    last = row.events.last()
    assert (last.action, last.actor_name, last.acted_as) == ("agree", office.ppk.name, "ppk")
    freed(office, order)
    office.line.refresh_from_db()
    assert office.line.realised == 0


@pytest.mark.parametrize(("amount", "ok"), [(0, False), (-1, False), (1, True), (1_025_000, True), (1_025_001, False)])
def test_no_claim_is_above_what_was_ordered_and_not_sent(
    order: Order, office: make.Office, amount: int, ok: bool
) -> None:
    row = cancelling.asked(order, office.pp)
    if ok:
        assert cancelling.claimed(row, amount=amount).claimed == amount
    else:
        code = "claim_too_high" if amount > 0 else "claim_zero"
        refused(RuleBroken, lambda: cancelling.claimed(row, amount=amount), code=code)


def test_a_claim_says_what_it_was_spent_on(order: Order, office: make.Office) -> None:
    row = cancelling.asked(order, office.pp)
    refused(RuleBroken, lambda: cancelling.claimed(row, spent_on="  "), code="spent_missing")
    for actor in (office.pp, goods.make_user()):
        refused(NotAllowed, lambda a=actor: cancelling.claimed(row, actor=a))


def test_a_claim_is_lowered_or_dropped_never_raised(order: Order, office: make.Office) -> None:
    row = cancelling.claimed(cancelling.asked(order, office.pp))
    due = row.due_at
    for amount in (250_000, 300_000):
        refused(RuleBroken, lambda a=amount: cancelling.claimed(row, amount=a), code="claim_too_high")
    row = cancelling.claimed(row, amount=200_000, now=AFTER + HOUR)
    assert (row.claimed, row.due_at) == (200_000, due)
    # Whoever agrees agrees to what the page showed.
    refused(RuleBroken, lambda: agree(row, office.pp, amount=250_000), code="claim_changed")
    seller = make.member_of(order)
    refused(
        RuleBroken, lambda: services.refuse(actor=seller, cancellation=row, note="x", now=AFTER), code="already_claimed"
    )
    row = services.consent(actor=seller, cancellation=row, now=AFTER + 2 * HOUR)
    assert (row.state, row.claimed) == (CancellationState.CONSENTED, None)
    freed(office, order)


@pytest.mark.parametrize("who", ["requester", "receiver", "treasurer", "seller", "stranger"])
def test_only_those_who_order_answer_a_claim(order: Order, office: make.Office, who: str) -> None:
    row = cancelling.claimed(cancelling.asked(order, office.pp))
    people = {"seller": make.member_of(order), "stranger": goods.make_user()}
    refused(NotAllowed, lambda: agree(row, people.get(who) or getattr(office, who)))


def test_who_keeps_the_order_gives_the_seller_the_time_back(order: Order, office: make.Office) -> None:
    """Or a claim would be a way to make the seller late and leave for nothing."""
    near = order.deliver_at - HOUR
    row = cancelling.claimed(cancelling.asked(order, office.pp, now=near - HOUR), now=near)
    after = order.deliver_at + HOUR
    # While it waits nobody is late.
    refused(InvalidMove, lambda: cancelling.cancelled(order, office.pp, reason="not_sent", now=after))
    keep = lambda note: services.withdraw_cancellation(  # noqa: E731
        actor=office.pp, cancellation=row, note=note, now=after
    )
    refused(RuleBroken, lambda: keep(" "), code="note_missing")
    row = keep("Masih perlu")
    until = order.deliver_at + 3 * HOUR
    assert (row.state, row.sends_until) == (CancellationState.WITHDRAWN, until)
    goes_on(order)
    refused(InvalidMove, lambda: cancelling.cancelled(order, office.pp, reason="not_sent", now=until - TICK))
    cancelling.cancelled(order, office.pp, reason="not_sent", now=until)
    freed(office, order)


def test_a_claim_keeps_the_rest_from_lapsing(order: Order, office: make.Office) -> None:
    delivery = make.arrived(make.shipped(order, sent={order.lines.get().pk: Decimal(4)}), office.receiver)
    make.inspected(delivery, office.receiver)
    make.deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + 2 * DAY)
    due = fresh(order).rest_due_at
    near = order.deliver_at - HOUR
    row = cancelling.claimed(cancelling.asked(order, office.pp, now=near), now=near, amount=600_000)
    Cancellation.objects.filter(pk=row.pk).update(due_at=due + 2 * DAY)
    assert completion.close_overdue_rests(now=due + DAY) == 0
    refused(
        InvalidMove,
        lambda: completion.close_rest(actor=office.pp, order=order, note="Lewat", now=order.deliver_at + HOUR),
    )
    services.withdraw_cancellation(actor=office.pp, cancellation=row, note="Perlu", now=due + DAY)
    assert fresh(order).rest_due_at == clock.moved(due, due + DAY - near)


def test_a_claim_goes_to_the_city_and_comes_back(order: Order, office: make.Office) -> None:
    opened = lambda: disputes.open_dispute(  # noqa: E731
        actor=office.pp, order=order, complaint="Terlalu tinggi", now=AFTER + HOUR
    )
    refused(InvalidMove, opened)
    row = cancelling.claimed(cancelling.asked(order, office.pp))
    dispute = opened()
    acts: list[Callable[[], Any]] = [
        lambda: agree(row, office.pp),
        lambda: services.consent(actor=make.member_of(order), cancellation=row, now=AFTER + 2 * HOUR),
        lambda: services.withdraw_cancellation(actor=office.pp, cancellation=row, note="x", now=AFTER + 2 * HOUR),
        lambda: cancelling.claimed(row, amount=1, now=AFTER + 2 * HOUR),
        lambda: make.shipped(order, now=AFTER + 2 * HOUR),
    ]
    for act in acts:
        refused(RuleBroken, act, code="dispute_open")
    assert services.lapse_overdue(now=row.due_at + DAY) == 0
    ended = row.due_at + 2 * DAY
    officer = goods.make_staff("orders.decide_dispute")
    disputes.decide_dispute(actor=officer, dispute=dispute, decision="Rp200.000 wajar", now=ended)
    assert fresh(row).due_at == clock.moved(row.due_at, ended - AFTER - HOUR)
    cancelling.claimed(row, amount=200_000, now=ended)
    agree(row, office.pp, amount=200_000, now=ended)
    freed(office, order)


# --- silence


@pytest.mark.parametrize("what", ["asked", "released", "claimed"])
@pytest.mark.parametrize("step", [-TICK, timedelta(), TICK])
def test_silence_keeps_the_order_and_moves_no_money(
    order: Order, office: make.Office, what: str, step: timedelta
) -> None:
    row = cancelling.asked(order, make.member_of(order) if what == "released" else office.pp)
    if what == "claimed":
        row = cancelling.claimed(row)
    now = row.due_at + step
    answerer = make.member_of(order) if what == "asked" else office.pp
    act = (lambda: agree(row, answerer, now=now)) if what == "claimed" else (
        lambda: services.consent(actor=answerer, cancellation=row, now=now)
    )  # fmt: skip
    if step < timedelta():
        assert services.lapse_overdue(now=now) == 0
        act()
        freed(office, order)
        return
    refused(RuleBroken, act, code="cancellation_late")
    assert services.lapse_overdue(now=now) == 1
    assert services.lapse_overdue(now=now) == 0
    row = fresh(row)
    assert (row.state, row.events.last().actor) == (CancellationState.LAPSED, None)
    goes_on(order)
    assert {make.member_of(order).pk, office.pp.pk} <= told("cancellation.ended")


def test_no_answer_is_waited_for_past_the_delivery(order: Order, office: make.Office) -> None:
    row = cancelling.asked(order, office.pp)
    assert row.due_at == clock.due_after_working_days(LATER, rules.ANSWER.on(make.local(LATER)))
    services.withdraw_cancellation(actor=office.pp, cancellation=row, now=AFTER)
    near = order.deliver_at - HOUR
    assert cancelling.asked(order, office.pp, now=near).due_at == order.deliver_at


def test_the_clock_door_lapses(order: Order, office: make.Office) -> None:
    row = cancelling.asked(order, office.pp)
    tasks.close_overdue()
    assert fresh(row).state == CancellationState.LAPSED


# --- who is on both sides


def test_no_officer_decides_for_a_shop_of_their_own(order: Order, office: make.Office) -> None:
    seller = make.member_of(order)
    make.membership(office.agency, seller, OfficerRole.PP)
    goods.make_member(order.seller, office.ppk)
    release = cancelling.asked(order, seller)
    for actor in (seller, office.ppk):
        refused(OwnShop, lambda a=actor: services.consent(actor=a, cancellation=release, now=AFTER))
        refused(OwnShop, lambda a=actor: services.refuse(actor=a, cancellation=release, note="x", now=AFTER))
    services.refuse(actor=office.pp, cancellation=release, note="Cari cara lain", now=AFTER)
    row = cancelling.claimed(cancelling.asked(order, office.pp, now=AFTER), now=AFTER)
    for actor in (seller, office.ppk):
        refused(OwnShop, lambda a=actor: agree(row, a))
        refused(
            OwnShop,
            lambda a=actor: services.withdraw_cancellation(actor=a, cancellation=row, note="x", now=AFTER + HOUR),
        )
    assert agree(row, office.pp).state == CancellationState.AGREED


# --- a person's order


def test_a_persons_order_is_cancelled_with_consent_and_without_a_claim(stranger: Any) -> None:
    order = make.place(stranger, (goods.make_product(), 2), method=DeliveryMethod.PICKUP)[0]
    make.accepted(order)
    row = cancelling.asked(order, stranger)
    refused(RuleBroken, lambda: cancelling.claimed(row, amount=1), code="no_claim")
    refused(NotAllowed, lambda: services.consent(actor=stranger, cancellation=row, now=AFTER))
    services.consent(actor=make.member_of(order), cancellation=row, now=AFTER)
    assert (fresh(order).state, fresh(order).close_reason) == (OrderState.CLOSED, CloseReason.BUYER_CANCELLED)
    balanced()


def test_a_seller_is_released_by_the_person(stranger: Any) -> None:
    order = make.place(stranger, (goods.make_product(), 2), method=DeliveryMethod.PICKUP)[0]
    make.accepted(order)
    row = cancelling.asked(order, make.member_of(order))
    assert told("cancellation.asked") == {stranger.pk}
    services.consent(actor=stranger, cancellation=row, now=AFTER)
    assert fresh(order).close_reason == CloseReason.SELLER_RELEASED
    balanced()
