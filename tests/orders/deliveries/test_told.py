"""Who reads what was not accepted, why, and what is billed then; and that a notice of a duty ends with it."""

from decimal import Decimal

import pytest

from epeken.core.i18n.words import rupiah
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.users.models import User
from orders.deliveries import services as deliveries
from orders.deliveries.shortfall import SHORT, NotAccepted
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from umkm.catalogue.states import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def read(person: User, *kinds: str, language: str = "id") -> list[str]:
    found = Notification.objects.filter(person=person, kind__in=kinds).order_by("pk")
    return [" / ".join((words.title, words.body)) for words in (render(one, language) for one in found)]


def unread(person: User) -> set[str]:
    return set(Notification.objects.unread().filter(person=person).values_list("kind", flat=True))


def sold(office: make.Office) -> Order:
    return mend.issued(office, goods.make_product(name="Air minum", unit=Unit.CARTON, price=50_000))


def test_seller_requester_and_pp_read_what_was_refused_and_the_new_sum(office: make.Office) -> None:
    order = make.accepted(sold(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    seller = make.member_of(order)
    sides = (seller, office.requester, office.pp)
    assert all("delivery.arrived" in unread(person) for person in sides)
    assert "Penerimanya memeriksa" in read(office.requester, "delivery.arrived")[0]
    make.inspected(delivery, office.receiver, accept=9)
    less, whole = rupiah(450_000 + order.delivery_cost), rupiah(500_000 + order.delivery_cost)
    for person in sides:
        (said,) = read(person, "delivery.inspected_short")
        assert "9 dari 10 dus Air minum diterima, 1 tidak: Sebagian penyok." in said
        assert f"menjadi {less}, bukan {whole}" in said
        assert not {"delivery.arrived", "delivery.inspect"} & unread(person), "a duty that is done waits for nobody"
        assert "delivery.inspected_short" in unread(person)
    (english,) = read(office.pp, "delivery.inspected_short", language="en")
    assert "9 of 10 cartons" in english
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + DAY + 3 * HOUR)
    invoice = make.invoice_of(order)
    assert rupiah(invoice.gross) == less
    for person, kind in (
        (seller, "delivery.accepted_short"),
        (office.requester, "delivery.told_accepted_short"),
        (office.pp, "delivery.told_accepted_short"),
    ):
        (said,) = read(person, kind)
        assert "1 tidak: Sebagian penyok" in said
        assert f"menjadi {less}" in said
        assert "delivery.inspected_short" not in unread(person)
    assert not read(seller, "delivery.inspected", "delivery.accepted")


def test_a_deduction_decided_before_is_in_the_sum_told(office: make.Office) -> None:
    order = make.accepted(sold(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    mend.decided(order, office.receiver, mend.deduction(order, 20_000))
    make.inspected(delivery, office.receiver, accept=9, now=MONDAY + 2 * DAY)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + 2 * DAY + HOUR)
    (said,) = read(office.pp, "delivery.inspected_short")
    assert f"menjadi {rupiah(make.invoice_of(order).gross)}," in said


def test_goods_refused_altogether_are_told_with_the_reason(office: make.Office) -> None:
    order = make.accepted(sold(office))
    parts = make.shipped(order, sent={order.lines.get().pk: Decimal(4)})
    delivery = make.arrived(parts, office.receiver)
    make.inspected(delivery, office.receiver, accept=0)
    for person in (make.member_of(order), office.requester, office.pp):
        assert "0 dari 4 dus Air minum diterima, 4 tidak" in read(person, "delivery.inspected_bad")[0]
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + DAY + 3 * HOUR)
    for person in (make.member_of(order), office.requester, office.pp):
        assert "4 tidak: Sebagian penyok" in read(person, "delivery.refused")[0]
        assert "delivery.inspected_bad" not in unread(person)


def test_all_good_is_told_as_before_and_to_those_who_asked_for_it(office: make.Office) -> None:
    order = make.taken_over(office, sold(office))
    invoice = make.invoice_of(order)
    assert len(read(make.member_of(order), "delivery.inspected")) == 1
    assert not read(office.requester, "delivery.inspected_short", "delivery.told_accepted_short")
    (said,) = read(office.requester, "delivery.told_accepted")
    assert rupiah(invoice.gross) in said
    assert "delivery.inspected" not in unread(make.member_of(order))


def test_silence_is_told_to_those_whose_goods_count_as_accepted(office: make.Office) -> None:
    order = make.accepted(sold(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    delivery.refresh_from_db()
    assert delivery.due_at is not None
    deliveries.accept_by_silence(now=delivery.due_at + HOUR)
    for person in (office.requester, office.pp):
        (said,) = read(person, "delivery.told_assumed")
        assert "Tidak diperiksa" in said
        assert rupiah(make.invoice_of(order).gross) in said
        assert "delivery.arrived" not in unread(person)


def test_a_persons_partial_acceptance_tells_the_seller_which_goods_and_the_new_sum() -> None:
    citizen = goods.make_user()
    order = mend.issued_to(citizen, price=20_000, quantity=10)
    make.inspected(make.shipped(order), citizen, accept=7)
    (said,) = read(make.member_of(order), "delivery.accepted_cash_short")
    assert "7 dari 10" in said
    assert "3 tidak: Sebagian penyok" in said
    cost = order.delivery_cost
    assert f"menjadi {rupiah(140_000 + cost)}, bukan {rupiah(200_000 + cost)}" in said
    assert not read(make.member_of(order), "delivery.accepted_cash")


def test_a_person_who_kept_silent_is_told_what_they_owe() -> None:
    citizen = goods.make_user()
    order = mend.issued_to(citizen)
    delivery = make.shipped(order)
    deliveries.tell_handed_over(actor=make.member_of(order), delivery=delivery, now=MONDAY + DAY + HOUR)
    delivery.refresh_from_db()
    assert delivery.due_at is not None
    deliveries.accept_by_silence(now=delivery.due_at + HOUR)
    (said,) = read(citizen, "delivery.told_assumed_cash")
    assert rupiah(make.invoice_of(order).net) in said


def test_a_decision_after_the_handover_is_told_with_the_new_sum(office: make.Office) -> None:
    order = make.taken_over(office, sold(office), accept=9)
    earlier = make.invoice_of(order)
    seller = make.member_of(order)
    mend.decided(order, seller, mend.acceptance(order, 1))
    invoice = make.invoice_of(order)
    assert invoice.gross > earlier.gross
    for person in (seller, office.requester, office.pp, office.treasurer):
        (said,) = read(person, "delivery.more_accepted")
        assert invoice.number in said
        assert rupiah(invoice.gross) in said
    assert not read(seller, "invoice.replaced"), "the treasurer wrote nothing"


def test_goods_refused_after_the_handover_are_told_with_the_new_sum_or_that_nothing_is_paid(
    office: make.Office,
) -> None:
    order = make.taken_over(office, sold(office))
    seller = make.member_of(order)
    mend.decided(order, office.receiver, mend.refusal(order, 1))
    invoice = make.invoice_of(order)
    people = (seller, office.requester, office.pp, office.treasurer)
    for person in people:
        (said,) = read(person, "delivery.less_accepted")
        assert rupiah(invoice.gross) in said
    mend.decided(order, office.receiver, mend.refusal(order, None), now=mend.NOW + 3 * HOUR)
    for person in people:
        (said,) = read(person, "delivery.none_accepted")
        assert invoice.number in said
    assert not read(seller, "invoice.replaced"), "the treasurer wrote nothing"


def test_a_long_list_is_cut_after_three_kinds_and_a_long_reason_at_a_word() -> None:
    one = NotAccepted("Risoles", Unit.PCS, Decimal(10), Decimal(8), "Basah " * 40)
    said = SHORT.show(SHORT.keep([one] * 5))
    assert said.count("8 dari 10 buah Risoles") == 3
    assert said.endswith("2 barang lain juga kurang")
    assert len(said) < 500
    assert "Basah…" in said
    with pytest.raises(TypeError):
        SHORT.keep(["8 dari 10"])
