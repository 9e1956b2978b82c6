"""An offer with the answer to a complaint: who reads it, with which dates, and how it is taken."""

import pytest

from epeken.core.clock import last_day
from epeken.core.errors import RuleBroken
from epeken.core.i18n.times import long_date, long_end
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.users.models import User
from orders.disputes import services as disputes
from orders.disputes import terms
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome, DisputeState
from orders.disputes.terms import DisputeTerms
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR
from tests.factories.remedies import NOW
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import refused
from tests.orders.pages import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen() -> User:
    return goods.make_user()


@pytest.fixture
@kept
def order(citizen: User) -> Order:
    return mend.bought(citizen, paid=False)


def offered(order: Order, opener: User, offer: DisputeTerms) -> Dispute:
    dispute = mend.opened(order, opener)
    return disputes.answer_dispute(
        actor=make.member_of(order), dispute=dispute, answer="Kami bereskan", now=NOW + HOUR, offer=offer
    )


def read(person: User, kind: str, language: str = "id") -> str:
    words = render(Notification.objects.get(person=person, kind=kind), language)
    return f"{words.title} / {words.body}"


def test_who_complained_reads_the_offer_and_until_when_it_waits(order: Order, citizen: User) -> None:
    offer = mend.replacement(order, 3)
    dispute = offered(order, citizen, offer)
    said = read(citizen, "dispute.offered")
    assert terms.words(order.seller.name, offer) in said
    assert offer.until is not None
    assert long_end(offer.until) in said
    assert dispute.decide_due_at is not None
    assert long_date(last_day(dispute.decide_due_at)) in said
    assert "replaces" in read(citizen, "dispute.offered", "en")
    assert not Notification.objects.filter(kind="dispute.answered").exists()


def test_an_answer_without_an_offer_says_its_words(order: Order, citizen: User) -> None:
    offered(order, citizen, terms.NOTHING)
    assert "Kami bereskan" in read(citizen, "dispute.answered")
    assert not Notification.objects.filter(kind="dispute.offered").exists()


def test_an_offer_is_taken_without_a_word_and_is_the_record(order: Order, citizen: User) -> None:
    offer = mend.deduction(order, 5_000)
    offered(order, citizen, offer)
    client, page = signed_in(citizen), url("dispute-settle", order.number)
    shown = client.get(page).text
    assert "Jawab tawaran penjual</h1>" in shown
    assert "Keluhan selesai" not in shown
    assert "required" not in shown.split('name="decision"')[1].split(">")[0]
    assert client.post(page, {"choice": "offer", "decision": " "}).status_code == 302
    dispute = Dispute.objects.get()
    assert (dispute.state, dispute.outcome) == (DisputeState.DECIDED, DisputeOutcome.DEDUCTION)
    assert dispute.decision == terms.words(order.seller.name, offer)
    for person in (citizen, make.member_of(order)):
        assert read(person, "dispute.offer_taken").count("dipotong Rp5.000") == 1
    assert not Notification.objects.unread().filter(kind="dispute.offered").exists()
    seen = client.get(url("order-detail", order.number)).text
    assert "Keputusan:" not in seen
    assert "Hasil keluhan" in seen


def test_who_is_to_send_again_reads_by_when(order: Order, citizen: User) -> None:
    offer = mend.replacement(order, 3)
    dispute = offered(order, citizen, offer)
    disputes.decide_dispute(actor=citizen, dispute=dispute, decision="", given=offer, now=NOW + 2 * HOUR)
    assert offer.until is not None
    assert long_end(offer.until) in read(make.member_of(order), "dispute.offer_taken")


def test_leaving_an_offer_wants_words(order: Order, citizen: User) -> None:
    dispute = offered(order, citizen, mend.replacement(order, 3))
    client, page = signed_in(citizen), url("dispute-settle", order.number)
    answer = client.post(page, {"choice": "nothing", "decision": ""})
    assert answer.status_code == 422
    assert "Tulis hasilnya" in answer.text
    dispute.refresh_from_db()
    assert dispute.is_undecided
    assert client.post(page, {"choice": "nothing", "decision": "Sudah beres sendiri"}).status_code == 302
    assert "Sudah beres sendiri" in read(make.member_of(order), "dispute.settled")


def test_the_citys_officer_says_why_even_where_it_is_what_was_offered(order: Order, citizen: User) -> None:
    offer = mend.replacement(order, 3)
    dispute = offered(order, citizen, offer)
    refused(
        RuleBroken,
        lambda: disputes.decide_dispute(
            actor=mend.judge(), dispute=dispute, decision=" ", given=offer, now=NOW + 2 * HOUR
        ),
        code="decision_missing",
    )


def test_without_an_offer_words_are_wanted_as_before(order: Order, citizen: User) -> None:
    dispute = offered(order, citizen, terms.NOTHING)
    shown = signed_in(citizen).get(url("dispute-settle", order.number)).text
    assert "Keluhan selesai</h1>" in shown
    refused(
        RuleBroken,
        lambda: disputes.decide_dispute(actor=citizen, dispute=dispute, decision="", now=NOW + DAY),
        code="decision_missing",
    )


def test_money_to_be_returned_is_told_with_its_last_day(citizen: User) -> None:
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 20_000))
    due = mend.remedy_of(order).due_at
    assert due is not None
    for person in (citizen, make.member_of(order)):
        said = read(person, "dispute.settled")
        assert "mengembalikan Rp20.000" in said
        assert long_end(due) in said
        assert "Diputus menurut foto" in said
