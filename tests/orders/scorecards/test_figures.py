"""Each figure of a department on both sides of its definition, by small cases counted by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from orders.billing.models import Invoice
from orders.cancellations import services as cancellations
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.disputes.terms import NOTHING
from orders.documents import services as documents
from orders.orders.models import Order
from orders.oversight.flags import Flag
from orders.scorecards import pages
from orders.scorecards.choosing import hhi
from orders.scorecards.figures import Span, at_most
from procurement.guards.states import Outcome
from procurement.requests.models import RequestEvent
from procurement.requests.services import decisions
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.oversight.test_flags import finding, flags

pytestmark = pytest.mark.django_db
THIRD, FOURTH, YEAR = Span(2026, 3), Span(2026, 4), Span(2026)
LATER = MONDAY + 60 * DAY


@pytest.fixture
def office() -> Office:
    return make.make_office()


def values(office: Any, span: Span = THIRD, now: datetime = LATER) -> dict[str, str]:
    """What the card says, by code; without what is not measured."""
    (row,) = pages.compared([office.agency], pages.FAMILIES, span, now)
    return {code: value.words for code, value in row.values.items()}


def behind(office: Any, code: str, span: Span = THIRD, now: datetime = LATER) -> list[Any]:
    """What the rows behind a figure add to it."""
    figure = pages.FIGURES[code]
    return [figure.case(row, span.holidays()) for row in figure.cases(office.agency.pk, span, now)]


@kept
def paid(office: Office, on: date, **over: Any) -> Order:
    """BAST on Tuesday 8 September, to be paid by Friday 11 September."""
    order = make.cleared(office, make.make_issued(office, quantity=1, **over))
    make.pay(office, order, paid_on=on, now=clock.end_of(on) - HOUR, reference=f"SP2D-{order.pk}")
    return order


@pytest.mark.parametrize(
    ("numbers", "half", "most"),
    [([4], 4, 4), ([9, 1], 1, 9), ([3, 1, 2], 2, 3), ([1, 2, 3, 9], 2, 9), (range(1, 11), 5, 9), (range(1, 12), 6, 10)],
)
def test_half_and_nine_tenths(numbers: Any, half: int, most: int) -> None:
    assert (at_most(numbers, Decimal("0.5")), at_most(numbers, Decimal("0.9"))) == (half, most)


@pytest.mark.parametrize(
    ("amounts", "index"), [([7], 10_000), ([1, 1], 5_000), ([1] * 4, 2_500), ([3, 1], 6_250), ([0, 5], 10_000)]
)
def test_concentration(amounts: list[int], index: int) -> None:
    assert hhi(amounts) == index


def test_spans_meet_without_a_gap() -> None:
    assert [(Span(2026, n).since, Span(2026, n).until) for n in (1, 4)] == [
        (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 10, 1), date(2026, 12, 31)),
    ]  # fmt: skip
    assert (YEAR.since, YEAR.until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert all(Span(2026, n).ends_at == Span(2026, n + 1).starts_at for n in (1, 2, 3))
    assert FOURTH.ends_at == YEAR.ends_at == Span(2027, 1).starts_at


def test_nothing_is_measured_of_a_department_that_bought_nothing(office: Office) -> None:
    assert values(office) == {"usaha-kecil": "0%, paling sedikit 40%"}


def test_days_to_pay_are_working_days_of_what_was_paid_in_the_span(office: Office) -> None:
    """Wednesday 9 (1 day), Friday 11 (3), Monday 14 (4); the last is after its last day."""
    for day in (9, 11, 14):
        paid(office, date(2026, 9, day))
    found = values(office)
    assert (found["bayar-separuh"], found["bayar-sembilan"]) == ("3 hari kerja", "4 hari kerja")
    assert found["tepat-waktu"] == "66,7% (2 dari 3)"
    assert [case.words for case in behind(office, "bayar-separuh")] == ["4 hari kerja", "3 hari kerja", "1 hari kerja"]
    assert sorted(case.words for case in behind(office, "tepat-waktu")) == ["tepat waktu", "tepat waktu", "terlambat"]
    assert "bayar-separuh" not in values(office, FOURTH)
    assert values(make.make_office()) == {"usaha-kecil": "0%, paling sedikit 40%"}


def test_what_is_not_paid_counts_as_late_once_it_is(office: Office) -> None:
    """A department does not look better by not paying at all."""
    order = make.taken_over(office, make.make_issued(office))
    due = make.invoice_of(order).due_at
    assert due is not None
    assert "tepat-waktu" not in values(office, now=due - timedelta.resolution)
    assert values(office, now=due)["tepat-waktu"] == "0% (0 dari 1)"
    assert [case.words for case in behind(office, "tepat-waktu", now=due)] == ["belum dibayar"]
    dispute = mend.opened(order, office.receiver)
    assert "tepat-waktu" not in values(office, now=due)
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Beres", now=due)
    assert values(office, now=due)["tepat-waktu"] == "0% (0 dari 1)"


def test_a_complaint_about_what_is_late_already_hides_no_lateness(office: Office) -> None:
    """Opened a moment earlier, the bill was not late yet, and time stands still."""
    orders = [make.taken_over(office, make.make_issued(office)) for _n in range(2)]
    due = make.invoice_of(orders[0]).due_at
    assert due is not None
    for order, opened in zip(orders, (due, due - timedelta.resolution), strict=True):
        mend.opened(order, office.receiver, now=opened)
    assert values(office, now=due + HOUR)["tepat-waktu"] == "0% (0 dari 1)"
    assert [case.number for case in behind(office, "tepat-waktu", now=due + HOUR)] == [
        make.invoice_of(orders[0]).number
    ]


def test_a_bill_made_anew_was_to_be_paid_since_the_acceptance(office: Office) -> None:
    paid(office, date(2026, 9, 11))
    late = MONDAY + 4 * DAY
    Invoice.objects.filter(order__agency=office.agency).update(issued_at=late)
    assert values(office)["bayar-separuh"] == "3 hari kerja"
    assert [case.words for case in behind(office, "bayar-separuh")] == ["3 hari kerja"]
    (order,) = Order.objects.filter(agency=office.agency)
    page = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert "Dibayar 3 hari kerja sesudah BAST." in page
    (row,) = signed_in(office.treasurer).get(reverse("orders:treasurer")).context["paid"]
    assert row["days"] == 3


def test_a_reversed_payment_counts_no_longer(office: Office) -> None:
    order = paid(office, date(2026, 9, 9))
    undo.released(office, undo.asked(office, order))
    found = values(office)
    assert "bayar-separuh" not in found
    assert found["tepat-waktu"] == "0% (0 dari 1)"


def test_the_last_day_to_pay_decides_the_span(office: Office) -> None:
    """The last day of a quarter is in it, whatever the day of the payment."""
    order = paid(office, date(2026, 9, 9))
    Invoice.objects.filter(order=order).update(due_at=THIRD.ends_at)
    assert "tepat-waktu" in values(office)
    assert "tepat-waktu" not in values(office, FOURTH)
    Invoice.objects.filter(order=order).update(due_at=THIRD.ends_at + DAY)
    assert "tepat-waktu" not in values(office)
    assert "tepat-waktu" in values(office, FOURTH)


def test_hours_from_the_arrival_to_the_bast_and_what_nobody_inspected(office: Office) -> None:
    """Arrived on Tuesday at 10.00 and signed two hours later; the other nobody looked at, until silence accepted it."""
    make.taken_over(office, make.make_issued(office, quantity=1))
    silent = make.arrived(make.shipped(make.accepted(make.make_issued(office, quantity=1))), office.receiver)
    assert silent.due_at is not None and silent.arrived_at is not None
    assert deliveries.accept_by_silence(now=silent.due_at) == 1
    found, hours = values(office), (silent.due_at - silent.arrived_at) // HOUR
    assert (found["terima-separuh"], found["terima-sembilan"]) == ("2 jam", f"{hours} jam")
    assert found["dianggap"] == "50% (1 dari 2)"
    assert [case.words for case in behind(office, "terima-separuh")] == [f"{hours} jam", "2 jam"]
    silent.refresh_from_db()
    assert [case.number for case in behind(office, "dianggap")] == [silent.bast_number]
    # Inspected, and only its BAST unsigned: it was looked at.
    counted = make.arrived(make.shipped(make.accepted(make.make_issued(office, quantity=1))), office.receiver)
    make.inspected(counted, office.receiver)
    assert deliveries.accept_by_silence(now=MONDAY + 12 * DAY) == 1
    assert values(office)["dianggap"] == "33,3% (1 dari 3)"
    assert "dianggap" not in values(office, FOURTH)


def test_payments_taken_back_count_by_when_they_were_recorded(office: Office) -> None:
    kept, wrong = (paid(office, date(2026, 9, 9)) for _n in range(2))
    assert values(office)["bayar-batal"] == "0 dari 2"
    row = undo.asked(office, wrong)
    assert values(office)["bayar-batal"] == "0 dari 2"  # until the head releases it
    undo.released(office, row)
    assert values(office)["bayar-batal"] == "1 dari 2"
    (case,) = behind(office, "bayar-batal")
    assert (case.number, case.words) == (make.invoice_of(wrong).number, "Salah nomor bukti")
    assert make.invoice_of(kept).paid_at is not None
    assert "bayar-batal" not in values(office, FOURTH)


def test_days_to_approve_count_from_the_last_sending(office: Any) -> None:
    """Sent on Monday and sent back, sent again on Thursday, approved on Friday: one day."""
    office = offices.Office()
    product = goods.make_product(price=100_000)
    request = offices.make_request(office, [(product, 1)], state="sent_back")
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY + 3 * DAY)
    approve(office, request, MONDAY + 4 * DAY)
    quick = offices.make_request(office, [(product, 1)], state="submitted")
    approve(office, quick, MONDAY + HOUR)
    found = values(office)
    assert (found["setuju-separuh"], found["setuju-sembilan"]) == ("kurang dari 1 hari kerja", "1 hari kerja")
    assert [case.words for case in behind(office, "setuju-separuh")] == ["1 hari kerja", "kurang dari 1 hari kerja"]
    assert found["dikembalikan"] == "1 dari 2"
    assert [case.words for case in behind(office, "dikembalikan")] == ["Perbaiki jumlahnya"]
    assert "setuju-separuh" not in values(office, FOURTH)
    assert "dikembalikan" not in values(office, FOURTH)


def approve(office: Any, request: Any, now: datetime) -> None:
    decisions.approve_request(actor=office.pp, request=request, dropped={}, note="", key=new_key(), now=now)


def test_what_a_frame_approves_is_nobodys_decision() -> None:
    office = offices.Office()
    product = goods.make_product(price=100_000)
    offices.make_frame(office, products=[product])
    request = offices.make_request(office, [(product, 1)], state="submitted")
    assert RequestEvent.objects.filter(request=request, action="approve_by_frame").exists()
    assert "setuju-separuh" not in values(office)


def test_cancelled_after_acceptance_by_the_department_alone(office: Office) -> None:
    before, after, sellers, late, kept = (make.make_issued(office, quantity=1) for _n in range(5))
    cancelling.cancelled(before, office.pp)
    assert "batal" not in values(office)
    for order in (after, sellers, late, kept):
        make.accepted(order)
    assert values(office)["batal"] == "0"
    consent(after, cancelling.asked(after, office.pp), make.member_of(after))
    consent(sellers, cancelling.asked(sellers, make.member_of(sellers)), office.pp)
    cancelling.asked(kept, office.pp)
    not_sent = late.deliver_at + HOUR
    cancelling.cancelled(late, office.pp, reason="not_sent", now=not_sent)
    assert values(office)["batal"] == "1"
    assert [case.number for case in behind(office, "batal")] == [after.number]
    assert "batal" not in values(office, FOURTH)


def consent(order: Order, row: Any, actor: Any) -> None:
    cancellations.consent(actor=actor, cancellation=row, now=MONDAY + 4 * HOUR)


def test_complaints_the_city_did_not_uphold(office: Office) -> None:
    lost, won, settled, sellers = (make.taken_over(office, make.make_issued(office, quantity=5)) for _n in range(4))
    mend.decided(lost, office.receiver, NOTHING)
    mend.decided(won, office.receiver, mend.deduction(won, 10_000))
    dispute = mend.opened(settled, office.receiver)
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Sudah beres", now=mend.NOW + HOUR)
    mend.decided(sellers, make.member_of(sellers), NOTHING)
    assert values(office)["keluhan-kalah"] == "1 dari 2"
    assert [case.number for case in behind(office, "keluhan-kalah")] == [won.number, lost.number]


def test_complaints_the_department_ended_itself_without_a_result(office: Office) -> None:
    """Not what the city decided or never did, and not what it took from the seller."""
    orders = [make.taken_over(office, mend.issued(office)) for _n in range(5)]
    own, city, taken, silent, sellers = orders
    mend.decided(own, office.receiver, NOTHING, by=office.receiver)
    mend.decided(city, office.receiver, NOTHING)
    dispute, offer = mend.opened(taken, office.receiver), mend.deduction(taken, 10_000)
    disputes.answer_dispute(
        actor=make.member_of(taken), dispute=dispute, answer="Dipotong", offer=offer, now=mend.NOW + HOUR
    )
    disputes.decide_dispute(
        actor=office.receiver, dispute=dispute, decision="Baik", given=offer, now=mend.NOW + 2 * HOUR
    )
    dispute = mend.opened(silent, office.receiver)
    disputes.pass_overdue(now=dispute.due_at)
    dispute.refresh_from_db()
    assert dispute.ends_at is not None
    disputes.pass_on_overdue(now=dispute.ends_at)
    mend.decided(sellers, make.member_of(sellers), NOTHING, by=make.member_of(sellers))
    assert values(office)["keluhan-tanpa-hasil"] == "1 dari 4"
    assert [case.number for case in behind(office, "keluhan-tanpa-hasil")] == [own.number]
    assert flags(own) == flags(silent) == [Flag.FOR_NOTHING]
    assert flags(city) == flags(taken) == flags(sellers) == []


def test_sellers_owner_groups_and_their_shares(office: Office) -> None:
    """Three million for one owner's two shops, one million for another: 75 %, and 0.75² + 0.25² = 6,250."""
    first, other = goods.make_seller(), goods.make_seller()
    sister = goods.make_seller(owner=first.owner)
    for shop, quantity in ((first, 10), (sister, 20), (other, 10)):
        make.make_issued(office, goods.make_product(shop, price=100_000), quantity=quantity, delivery=0)
    closed = make.make_issued(office, quantity=50, delivery=0)
    cancelling.cancelled(closed, office.pp)
    found = values(office)
    assert (found["penjual"], found["pemilik"], found["pemilik-baru"]) == ("3", "2", "2")
    assert (found["porsi-terbesar"], found["pemusatan"]) == ("75%", "6.250")
    assert len(behind(office, "pemusatan")) == 3
    assert "pemilik" not in values(office, FOURTH)
    assert values(office, YEAR)["pemusatan"] == "6.250"


def test_an_owner_group_is_new_until_the_year_after_its_first_order(office: Office) -> None:
    shop = goods.make_seller()
    sister = goods.make_seller(owner=shop.owner)
    order = make.make_issued(office, goods.make_product(shop, price=100_000))
    make.make_issued(office, goods.make_product(sister, price=100_000))
    make.make_issued(make.make_office(), goods.make_product(goods.make_seller(), price=100_000))
    assert (values(office)["pemilik-baru"], len(behind(office, "pemilik-baru"))) == ("1", 2)
    turn = THIRD.year_starts_at
    Order.objects.filter(pk=order.pk).update(placed_at=turn)
    assert values(office, YEAR)["pemilik-baru"] == "1"
    Order.objects.filter(pk=order.pk).update(placed_at=turn - timedelta.resolution)
    assert (values(office, YEAR)["pemilik-baru"], behind(office, "pemilik-baru", YEAR)) == ("0", [])


def test_the_share_of_small_businesses_is_the_one_of_the_desk(office: Office) -> None:
    make.make_issued(office, delivery=0)  # 1 of 100 million
    assert values(office)["usaha-kecil"] == "1%, paling sedikit 40%"
    (case,) = behind(office, "usaha-kecil")
    assert case.words == "Rp1.000.000 dari Rp100.000.000"
    assert "usaha-kecil" not in values(office, Span(2025))


def test_warnings_answered_by_a_reason_and_papers_waived(office: Office) -> None:
    plain, warned, wrong = (make.make_issued(office, quantity=1) for _n in range(3))
    finding(warned, Outcome.ACCEPTED)
    finding(wrong, Outcome.FALSE_ALARM)
    meeting = make.make_meeting(office)
    documents.waive_slot(
        actor=office.ppk, order=meeting, kind="invitation", reason="not_made", note="Mendadak", now=MONDAY + DAY
    )
    found = values(office)
    assert (found["peringatan"], found["lampiran"]) == ("1 dari 4", "1 dari 4")
    assert [case.number for case in behind(office, "peringatan")] == [warned.number]
    assert [case.number for case in behind(office, "lampiran")] == [meeting.number]
    assert plain.number not in {case.number for code in ("peringatan", "lampiran") for case in behind(office, code)}
