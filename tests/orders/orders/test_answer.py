"""Accept, decline, cancel, and what silence does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from orders.billing.states import CommitmentState
from orders.orders import tasks
from orders.orders.models import Order
from orders.orders.next_step import Turn, steps_of
from orders.orders.services import agreement
from orders.orders.states import CloseReason, OrderState
from procurement.agencies.states import OfficerRole
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.owners.models import TurnoverMonth

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    return make.make_issued(office)


def close(order: Order, actor: object, reason: str, note: str = "Bahan habis", now: object = MONDAY + HOUR) -> Order:
    return agreement.close_order(actor=actor, order=order, reason=reason, note=note, now=now)


def assert_freed(office: make.Office, order: Order) -> None:
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED
    assert order.commitment.state == CommitmentState.VOID
    office.line.refresh_from_db()
    assert office.line.committed == 0
    product = order.lines.get().product
    assert (product.on_hand, product.held) == (100, 0)
    assert TurnoverMonth.objects.get().used == 0
    balanced()


def test_the_seller_accepts(order: Order, office: make.Office) -> None:
    make.accepted(order)
    order.refresh_from_db()
    assert (order.state, order.accepted_at) == (OrderState.ACCEPTED, MONDAY + HOUR)
    event = order.events.last()
    assert (event.action, event.from_state, event.to_state) == ("accept", "placed", "accepted")
    assert set(Notification.objects.filter(kind="order.accepted").values_list("person", flat=True)) == {
        office.pp.pk, office.requester.pk,
    }  # fmt: skip


def test_a_helper_of_the_shop_accepts(order: Order) -> None:
    helper = goods.make_user()
    goods.make_member(order.seller, helper)
    assert agreement.accept_order(actor=helper, order=order, now=MONDAY).state == OrderState.ACCEPTED


def test_others_do_not_accept(order: Order, office: make.Office) -> None:
    for person in (office.pp, office.requester, goods.make_user(), make.member_of(make.make_issued(office))):
        refused(NotAllowed, lambda p=person: agreement.accept_order(actor=p, order=order, now=MONDAY))


def test_nobody_accepts_twice(order: Order) -> None:
    make.accepted(order)
    refused(InvalidMove, lambda: make.accepted(order))


def test_who_acts_on_what_has_changed_reads_how_it_stands_and_goes_there(order: Order, office: make.Office) -> None:
    """From another tab: in the seller's own pages, with the order as it is now behind a link."""
    cancelling.cancelled(order, office.pp)
    seller = signed_in(make.member_of(order))
    for act in ("orders:order-accept", "orders:order-close"):
        answer = seller.post(reverse(act, args=[order.number]), {"note": "Bahan habis"})
        assert answer.status_code == 409
        assert "Sekarang: Batal: Dibatalkan pembeli." in answer.text
        assert f'href="{reverse("orders:order-detail", args=[order.number])}"' in answer.text
        assert 'aria-label="Meja penjual"' in answer.text


def test_an_answer_after_the_deadline_is_refused(order: Order) -> None:
    refused(RuleBroken, lambda: make.accepted(order, now=order.answer_due_at + HOUR), code="answer_late")


def test_the_seller_declines(order: Order, office: make.Office) -> None:
    close(order, make.member_of(order), CloseReason.SELLER_DECLINED)
    assert_freed(office, order)
    assert (order.close_reason, order.close_note) == (CloseReason.SELLER_DECLINED, "Bahan habis")
    told = set(Notification.objects.filter(kind="order.closed").values_list("person", flat=True))
    assert told == {office.pp.pk, office.requester.pk}


def test_declining_wants_a_reason(order: Order) -> None:
    refused(
        RuleBroken, lambda: close(order, make.member_of(order), CloseReason.SELLER_DECLINED, " "), code="note_missing"
    )


def test_declining_after_accepting_is_refused(order: Order) -> None:
    make.accepted(order)
    refused(InvalidMove, lambda: close(order, make.member_of(order), CloseReason.SELLER_DECLINED))


def test_a_stranger_neither_declines_nor_cancels(order: Order) -> None:
    refused(NotAllowed, lambda: close(order, goods.make_user(), CloseReason.SELLER_DECLINED))
    refused(NotAllowed, lambda: cancelling.cancelled(order, goods.make_user()))


@pytest.mark.parametrize("reason", [CloseReason.BUYER_CANCELLED, CloseReason.SELLER_RELEASED])
def test_what_is_cancelled_has_its_own_way(order: Order, office: make.Office, reason: str) -> None:
    """So that none is without a coded reason and a row that counts it."""
    for actor in (office.pp, make.member_of(order)):
        refused(InvalidMove, lambda a=actor: close(order, a, reason))


@pytest.mark.parametrize("who", ["pp", "ppk"])
def test_the_department_cancels_while_placed(order: Order, office: make.Office, who: str) -> None:
    cancelling.cancelled(order, getattr(office, who))
    assert_freed(office, order)
    assert order.events.get(action="close").acted_as == who


@pytest.mark.parametrize("who", ["requester", "receiver", "treasurer"])
def test_other_officers_do_not_cancel(order: Order, office: make.Office, who: str) -> None:
    refused(NotAllowed, lambda: cancelling.cancelled(order, getattr(office, who)))


def test_nothing_is_cancelled_after_shipping(order: Order, office: make.Office) -> None:
    make.accepted(order)
    make.shipped(order)
    refused(InvalidMove, lambda: cancelling.cancelled(order, office.pp, now=MONDAY + 2 * DAY))


def test_nothing_is_closed_twice(order: Order, office: make.Office) -> None:
    cancelling.cancelled(order, office.pp)
    refused(InvalidMove, lambda: cancelling.cancelled(order, office.pp))


def test_silence_closes(order: Order, office: make.Office) -> None:
    assert agreement.close_overdue(now=order.answer_due_at + HOUR) == 1
    assert_freed(office, order)
    assert order.close_reason == CloseReason.NO_ANSWER
    assert order.events.last().actor is None
    told = set(Notification.objects.filter(kind="order.closed").values_list("person", flat=True))
    assert told == {office.pp.pk, office.requester.pk, make.member_of(order).pk}


def test_silence_before_the_deadline_closes_nothing(order: Order) -> None:
    assert agreement.close_overdue(now=order.answer_due_at - timedelta.resolution) == 0
    order.refresh_from_db()
    assert order.state == OrderState.PLACED


@pytest.mark.parametrize("step", [-timedelta.resolution, timedelta(), timedelta.resolution])
def test_an_order_is_answered_in_time_or_closed_by_silence(order: Order, step: timedelta) -> None:
    now = order.answer_due_at + step
    in_time = step < timedelta()
    assert bool(steps_of(order, now)) == in_time
    assert Order.objects.waiting_for(Turn.SELLER, now).exists() == in_time
    if in_time:
        assert agreement.close_overdue(now=now) == 0
        make.accepted(order, now=now)
    else:
        with pytest.raises(RuleBroken) as refusal:
            make.accepted(order, now=now)
        assert refusal.value.code == "answer_late"
        assert agreement.close_overdue(now=now) == 1
    order.refresh_from_db()
    assert order.state == (OrderState.ACCEPTED if in_time else OrderState.CLOSED)


def test_the_clock_door_does_the_same_twice(order: Order) -> None:
    # The factories' Monday lies behind the real clock.
    tasks.close_overdue()
    tasks.close_overdue()
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED
    assert order.events.count() == 2
    balanced()


def test_nobody_claims_silence_early(order: Order, office: make.Office) -> None:
    refused(InvalidMove, lambda: close(order, office.pp, CloseReason.NO_ANSWER))


def test_nobody_claims_rejection(order: Order, office: make.Office) -> None:
    refused(InvalidMove, lambda: close(order, office.pp, CloseReason.ALL_REJECTED))


def test_the_requester_with_a_second_membership_may_cancel(order: Order, office: make.Office) -> None:
    """Cancelling gives money back, so it needs the membership, not a fourth person."""
    make.membership(office.agency, office.requester, OfficerRole.PP)
    cancelling.cancelled(order, office.requester, now=MONDAY + DAY)
    assert_freed(office, order)
