"""At the end of the budget year open orders are decided, a debt is charged to the new year, and nothing slips through.

The edges are the last minute of 31 December and the first of 1 January, in the city's time.
"""

from copy import deepcopy
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.models import Rule
from epeken.notifications.models import Notification
from orders.attestations import verifying
from orders.billing.models import Invoice
from orders.billing.services import correction, holding
from orders.billing.states import HoldReason, InvoiceState
from orders.cancellations import services as cancellations
from orders.cancellations.states import CancelReason
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.documents import build
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders import next_step
from orders.orders.models import Order
from orders.year_end import commitments, pages, services, waiting
from orders.year_end.models import CarriedDebt, YearEndDecision
from orders.year_end.states import YearEndChoice, YearEndLevel
from procurement.budgets import charges as budget_charges
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import holds
from procurement.requests.states import RequestState
from tests.factories import addenda as changing
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.disclosures import make_inspector
from tests.factories.orders import DAY, HOUR
from tests.factories.procurement import make_line
from tests.orders.books import balanced, refused

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("year_end")]
MINUTE = timedelta(minutes=1)
OPENS = clock.start_of(date(2026, 11, 16))  # 45 days before 31 December
NEW_YEAR = clock.start_of(date(2027, 1, 1))
PAID_BY = clock.end_of(date(2026, 12, 28)) - 168 * HOUR  # 3 working days to pay, 168 hours to refuse such goods
WHY = "Barang diterima 8 September, kas dinas kosong."


@pytest.fixture(scope="module")
def invoiced(module_transaction: None) -> tuple[make.Office, Order]:
    office = make.make_office()
    return office, make.taken_over(office, make.make_issued(office, goods.make_product(price=500_000)))


@pytest.fixture
def _django_db_helper(invoiced: tuple[make.Office, Order], savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the order."""


@pytest.fixture
def office(invoiced: tuple[make.Office, Order]) -> make.Office:
    return deepcopy(invoiced[0])


@pytest.fixture
def order(invoiced: tuple[make.Office, Order]) -> Order:
    return Order.objects.get(pk=invoiced[1].pk)


def passed_on(now: datetime) -> list[Order]:
    return list(waiting.open_orders(now).filter(waiting.passed_on(now)))


def make_paid(office: make.Office) -> Invoice:
    other = make.cleared(office, make.make_issued(office, goods.make_product(price=10_000)))
    make.pay(office, other, reference="SP2D-2")
    return make.invoice_of(other)


def stands(order: Order, now: datetime) -> commitments.OpenCommitment:
    found = commitments.of_order(order, now)
    assert found is not None
    return found


def debt(office: make.Office, order: Order, now: datetime = OPENS) -> YearEndDecision:
    return services.acknowledge_debt(actor=make.head_of(office), order=order, reason=WHY, now=now)


def carry(office: make.Office, order: Order, now: datetime = NEW_YEAR, **over: object) -> CarriedDebt:
    line = over.pop("line", None) or make_line(office.agency, year=2027)
    values = {"actor": make.head_of(office), "invoice": make.invoice_of(order), "basis": "DPA 1/2027", **over}
    return services.carry_debt(lines={office.line.pk: line}, now=now, **values)  # type: ignore[arg-type]


def test_the_list_opens_on_its_day_and_goes_on_after_the_year(office: make.Office, order: Order) -> None:
    assert commitments.of_order(order, OPENS - MINUTE) is None
    row = stands(order, OPENS)
    assert (row.year, row.amount, row.level) == (2026, 5_025_000, YearEndLevel.PPK)
    assert stands(order, NEW_YEAR).amount == 5_025_000
    invoice = make.invoice_of(order)
    Invoice.objects.filter(pk=invoice.pk).update(paid=100_000)
    assert stands(order, OPENS).amount == 4_925_000, "what was paid of it is open no more"
    Invoice.objects.filter(pk=invoice.pk).update(paid=0)
    Rule.objects.filter(code="year_end.list_days").update(value=44)
    assert commitments.of_order(order, OPENS) is None
    early = lambda: debt(office, order)  # noqa: E731
    refused(InvalidMove, early)


def test_silence_goes_from_the_ppk_to_the_head_to_the_inspectorate_each_told_once(
    office: make.Office, order: Order
) -> None:
    """3 working days from Monday 16 November, then 2."""
    to_head, to_inspectorate = clock.start_of(date(2026, 11, 20)), clock.start_of(date(2026, 11, 24))
    for moment, level, due in (
        (to_head - MINUTE, YearEndLevel.PPK, to_head),
        (to_head, YearEndLevel.HEAD, to_inspectorate),
        (to_inspectorate - MINUTE, YearEndLevel.HEAD, to_inspectorate),
        (to_inspectorate, YearEndLevel.INSPECTORATE, None),
    ):
        row = stands(order, moment)
        assert (row.level, row.due) == (level, due)
        services.climb(now=moment)
        services.climb(now=moment)
    told = Notification.objects.filter(kind__startswith="order.year_end")
    assert told.filter(person=office.ppk).count() == 1
    assert told.filter(person=make.head_of(office)).count() == 1


def test_to_finish_holds_until_its_day_and_then_asks_again(office: make.Office, order: Order) -> None:
    day = date(2026, 12, 4)
    for actor in (office.pp, office.receiver, office.treasurer, make.make_office().ppk):
        act = lambda actor=actor: services.decide_finish(  # noqa: E731
            actor=actor, order=order, finish_by=day, reason=WHY, now=OPENS
        )
        refused(NotAllowed, act)
    said = {"actor": office.ppk, "order": order, "now": OPENS}
    for wrong in (date(2026, 11, 15), date(2027, 1, 1)):
        act = lambda wrong=wrong: services.decide_finish(finish_by=wrong, reason=WHY, **said)  # noqa: E731
        refused(RuleBroken, act, code="finish_outside")
    refused(RuleBroken, lambda: services.decide_finish(finish_by=day, reason=" ", **said), code="reason_missing")
    for _click in range(2):
        services.decide_finish(finish_by=day, reason=WHY, **said)
    assert YearEndDecision.objects.count() == 1
    assert stands(order, clock.end_of(day) - MINUTE).level is None
    row = stands(order, clock.end_of(day))
    assert (row.level, row.waits_since) == (YearEndLevel.PPK, clock.end_of(day))
    refused(RuleBroken, lambda: services.decide_finish(**said, finish_by=day, reason="abc"), code="reason_missing")
    late = {"actor": office.ppk, "order": order, "finish_by": date(2026, 12, 31), "reason": WHY}
    refused(RuleBroken, lambda: services.decide_finish(**late, now=NEW_YEAR), code="year_over")
    services.decide_finish(**late, now=NEW_YEAR - MINUTE)
    assert list(verifying.verify(order.number)) == []


def test_a_hold_of_the_treasurers_outlasts_the_debt(office: make.Office, order: Order) -> None:
    """Withdrawn or carried: what was to be put right still is."""
    invoice, head = make.invoice_of(order), make.head_of(office)
    held = OPENS - HOUR, HoldReason.PAPERS, "Kuitansi belum bermeterai: lengkapi"
    holding.hold_invoice(actor=office.treasurer, invoice=invoice, reason=held[1], note=held[2], now=held[0])
    held_as = lambda: Invoice.objects.values_list("held_at", "hold_reason", "hold_note").get(pk=invoice.pk)  # noqa: E731
    debt(office, order)
    assert held_as() == (OPENS, HoldReason.DEBT, "")
    services.withdraw_decision(actor=head, order=order, reason=WHY, now=OPENS + HOUR)
    assert held_as() == held
    debt(office, order, OPENS + 2 * HOUR)
    carry(office, order)
    assert held_as() == held
    holding.resume_invoice(actor=office.treasurer, invoice=invoice, now=NEW_YEAR + HOUR)
    assert held_as() == (None, "", "")
    assert list(verifying.verify(order.number)) == []


def test_what_is_to_be_paid_again_is_of_the_debt_that_stands(office: make.Office) -> None:
    """A payment that is reversed after the debt was acknowledged. Money that was sent is not owed."""
    order = make.accepted(make.make_issued(office, goods.make_product(price=100_000)))
    line = order.lines.get()
    for sent in (4, 6):
        delivery = make.arrived(make.shipped(order, sent={line.pk: Decimal(sent)}), office.receiver)
        make.inspected(delivery, office.receiver)
        signed = {"delivery": delivery, "office_number": "", "now": make.MONDAY + DAY + 3 * HOUR}
        deliveries.sign_bast(actor=office.receiver, **signed)
    bill = order.invoices.order_by("pk")[0]
    make.clear(office, bill)
    make.pay(office, order, invoice=bill)
    debt(office, order)
    undo.released(office, undo.asked(office, order, reason="date", now=OPENS))
    bill.refresh_from_db()
    assert (bill.correcting is not None, bill.hold_reason) == (True, "")
    again = {"invoice": bill, "now": OPENS + 2 * HOUR, "paid_on": make.local(OPENS), "reference": "SP2D-3"}
    make.pay_again(office, order, **again)
    undo.released(office, undo.asked(office, order, reason="other", now=OPENS + 3 * HOUR))
    bill.refresh_from_db()
    assert (bill.state, bill.hold_reason) == (InvoiceState.VERIFIED, HoldReason.DEBT)
    services.withdraw_decision(actor=make.head_of(office), order=order, reason=WHY, now=OPENS + 5 * HOUR)
    bill.refresh_from_db()
    assert bill.hold_reason == ""
    assert list(verifying.verify(order.number)) == []


def test_cancelling_decides_while_it_waits_and_an_addendum_only_by_the_day_it_agrees_to(office: make.Office) -> None:
    before = OPENS - 6 * DAY
    order = make.make_issued(office, goods.make_product(price=100_000), now=before, deliver_at=NEW_YEAR - MINUTE)
    make.accepted(order, before + HOUR)
    assert stands(order, OPENS).level == YearEndLevel.PPK
    refused(RuleBroken, lambda: debt(office, order), code="goods_expected")
    asked = cancellations.ask_cancellation(
        actor=office.ppk, order=order, reason=CancelReason.OTHER, note="Acara batal", now=OPENS
    )
    assert stands(order, OPENS).waits_since is None
    cancellations.refuse(actor=make.member_of(order), cancellation=asked, note="Sudah dibeli", now=OPENS + HOUR)
    assert stands(order, OPENS + HOUR).waits_since == OPENS + HOUR
    row = changing.proposed(order, office.ppk, deliver_at=PAID_BY + HOUR, now=OPENS + HOUR)
    assert stands(order, OPENS + HOUR).waits_since == OPENS + HOUR
    changing.agreed(row, now=OPENS + 2 * HOUR)
    # Too late still: it asks since before, whatever was agreed.
    assert stands(order, OPENS + 2 * HOUR).waits_since == OPENS + HOUR
    changing.agreed(
        changing.proposed(order, office.ppk, deliver_at=PAID_BY, now=OPENS + 2 * HOUR), now=OPENS + 3 * HOUR
    )
    assert stands(order, OPENS + 3 * HOUR).waits_since is None
    late = changing.proposed(order, office.ppk, deliver_at=PAID_BY + HOUR, now=OPENS + 4 * HOUR)
    assert stands(order, OPENS + 4 * HOUR).waits_since is None
    changing.agreed(late, now=OPENS + 5 * HOUR)
    assert stands(order, OPENS + 5 * HOUR).waits_since == OPENS + 5 * HOUR


def test_what_ends_in_the_year_by_its_own_clocks_asks_nobody(office: make.Office, order: Order) -> None:
    """Goods that come by `PAID_BY` are accepted by silence on 28 December, and paid by the 31st."""
    before = OPENS - 6 * DAY
    going = make.make_issued(office, goods.make_product(price=100_000), now=before, deliver_at=PAID_BY)
    make.accepted(going, before + HOUR)
    row = stands(going, OPENS)
    assert (row.waits_since, row.level) == (None, None)
    assert "menurut tenggatnya" in row.decided
    assert list(waiting.open_orders(OPENS).filter(waiting.LISTED)) == [order]
    assert commitments.totals(waiting.open_orders(OPENS)).running == 1
    assert stands(going, PAID_BY - MINUTE).waits_since is None
    assert stands(going, PAID_BY).waits_since == PAID_BY  # nothing was sent
    delivery = make.shipped(going, PAID_BY - HOUR)
    Delivery.objects.filter(pk=delivery.pk).update(promised_at=PAID_BY + MINUTE)
    assert stands(going, PAID_BY).waits_since == PAID_BY - HOUR
    make.arrived(delivery, office.receiver, PAID_BY - MINUTE)
    assert stands(going, PAID_BY).waits_since is None
    Order.objects.filter(pk=going.pk).update(deliver_at=PAID_BY + MINUTE)
    assert stands(going, PAID_BY).waits_since is None  # all was sent


def test_an_invoice_asks_when_it_stands_still_or_ends_after_the_year(office: make.Office, order: Order) -> None:
    later = OPENS + 5 * DAY
    bill = Invoice.objects.filter(order=order)
    for due, since in (
        (NEW_YEAR, None),
        (NEW_YEAR + MINUTE, OPENS),
        (later, later),
        (later + MINUTE, None),
    ):
        bill.update(due_at=due)
        assert stands(order, later).waits_since == since
    sent = make_paid(office).payments.get()
    bill.update(due_at=later, correcting=sent)
    assert commitments.of_order(order, later) is None  # its money left: only the record is put right
    bill.update(due_at=later + MINUTE, correcting=None)
    bill.update(held_at=OPENS + DAY, hold_reason=HoldReason.PAPERS)
    assert stands(order, later).waits_since == OPENS + DAY
    assert stands(order, NEW_YEAR).waits_since == OPENS + DAY
    assert passed_on(NEW_YEAR) == [order]
    to_inspectorate = clock.start_of(date(2026, 11, 25))  # 3 and 2 working days from Tuesday 17 November
    assert not passed_on(to_inspectorate - MINUTE)
    assert passed_on(to_inspectorate)
    assert stands(order, to_inspectorate).level == YearEndLevel.INSPECTORATE


def test_goods_leave_in_the_budget_year_until_its_last_minute(office: make.Office) -> None:
    """What left in time arrives and is counted after it."""
    before = NEW_YEAR - 9 * DAY
    order = make.make_issued(office, goods.make_product(price=100_000), now=before, deliver_at=NEW_YEAR - MINUTE)
    make.accepted(order, before + HOUR)
    refused(RuleBroken, lambda: make.shipped(order, NEW_YEAR), code="year_over")
    Rule.objects.filter(code="year_end.last_sent_days").update(value=1)
    refused(RuleBroken, lambda: make.shipped(order, NEW_YEAR - MINUTE), code="year_over")
    Rule.objects.filter(code="year_end.last_sent_days").update(value=0)
    delivery = make.shipped(order, NEW_YEAR - MINUTE)
    assert make.arrived(delivery, office.receiver, NEW_YEAR + HOUR).state == DeliveryState.ARRIVED


def test_a_request_holds_nothing_of_a_year_that_is_over(office: make.Office) -> None:
    made = NEW_YEAR - 2 * DAY
    request = make.make_approved(
        office, [(goods.make_product(price=100_000), 2)], now=made, deliver_at=NEW_YEAR - MINUTE
    )
    PurchaseRequest.objects.filter(pk=request.pk).update(held_until=NEW_YEAR + 5 * DAY)
    assert request in commitments.open_requests(NEW_YEAR - MINUTE)
    assert holds.lapse_holds(now=NEW_YEAR - MINUTE) == 0
    assert holds.lapse_holds(now=NEW_YEAR) == 1
    request.refresh_from_db()
    assert request.state == RequestState.LAPSED
    assert budget_charges.held_under(request.number) == {}
    balanced()


def test_the_old_line_pays_until_the_last_day_and_never_after(office: make.Office, order: Order) -> None:
    make.clear(office, make.invoice_of(order), now=NEW_YEAR - 2 * DAY)
    asked = Notification.objects.unread().filter(person=make_inspector())
    assert services.climb(now=NEW_YEAR) == 1
    assert asked.exists()
    late = lambda: make.pay(office, order, paid_on=date(2027, 1, 1), now=NEW_YEAR, late_year_basis="DPAL 1")  # noqa: E731
    refused(RuleBroken, late, code="year_over")
    make.pay(office, order, paid_on=date(2026, 12, 31), now=NEW_YEAR)  # recorded a minute later
    assert commitments.of_order(order, NEW_YEAR) is None
    assert services.climb(now=NEW_YEAR) == 0
    assert not asked.exists()
    balanced()


def test_a_debt_is_acknowledged_by_the_head_and_paid_from_the_new_years_line(office: make.Office, order: Order) -> None:
    for actor in (office.ppk, office.pp, office.treasurer):
        act = lambda actor=actor: services.acknowledge_debt(actor=actor, order=order, reason=WHY, now=OPENS)  # noqa: E731
        refused(NotAllowed, act)
    refused(InvalidMove, lambda: carry(office, order))  # nobody acknowledged it
    invoice = make.clear(office, make.invoice_of(order), now=OPENS)
    assert debt(office, order).choice == YearEndChoice.DEBT
    assert stands(order, NEW_YEAR - MINUTE).waits_since is None
    refused(InvalidMove, lambda: carry(office, order, now=NEW_YEAR - MINUTE))
    row = stands(order, NEW_YEAR)
    assert (row.is_to_carry, row.level, row.waits_since) == (True, YearEndLevel.HEAD, NEW_YEAR)
    new = make_line(office.agency, year=2027)
    for line, code in (
        (office.line, "line_unknown"),
        (make_line(year=2027), "line_unknown"),
        (make_line(office.agency, year=2027, rup_id=""), "line_unknown"),
        (make_line(office.agency, year=2027, pagu=5_024_999), "budget_short"),
    ):
        refused(RuleBroken, lambda line=line: carry(office, order, line=line), code=code)
    refused(RuleBroken, lambda: carry(office, order, line=new, basis=" "), code="basis_missing")
    refused(NotAllowed, lambda: carry(office, order, line=new, actor=office.ppk))
    made = carry(office, order, line=new)
    assert (made.number, made.from_year, made.to_year, made.amount) == ("UT-2027-000001", 2026, 2027, 5_025_000)
    refused(InvalidMove, lambda: carry(office, order, line=new))  # a second click
    invoice.refresh_from_db()
    assert (invoice.state, invoice.approver) == (InvoiceState.VERIFIED, None)  # approved for another line
    assert invoice.held_at is None
    office.line.refresh_from_db()
    new.refresh_from_db()
    assert (office.line.committed, new.committed) == (0, 5_025_000)
    assert commitments.of_order(order, NEW_YEAR) is None  # an invoice of 2027 like any other
    kinds = set(order.documents.filter(replaced_at__isnull=True).values_list("kind", flat=True))
    assert DocumentKind.DEBT in kinds
    balanced()
    assert list(verifying.verify(order.number)) == []
    make.approve(office, invoice, now=NEW_YEAR + HOUR)
    make.pay(office, order, paid_on=date(2027, 1, 1), now=NEW_YEAR + HOUR)
    new.refresh_from_db()
    assert (new.committed, new.realised) == (0, 5_025_000)
    assert Order.objects.get(pk=order.pk).state == "finished"
    balanced()


def test_an_invoice_in_the_place_of_a_carried_one_stays_carried_and_a_second_year_carries_it_on(
    office: make.Office, order: Order
) -> None:
    debt(office, order)
    second = carry(office, order)
    line = second.charges.get().to_line
    made = correction.reissue_invoice(
        actor=office.treasurer, invoice=make.invoice_of(order), reason="Keliru", now=NEW_YEAR + HOUR
    )
    made.refresh_from_db()
    assert made.carried_year == 2027
    balanced()
    year_after = clock.start_of(date(2028, 1, 1))
    assert stands(order, year_after).year == 2027
    services.acknowledge_debt(actor=make.head_of(office), order=order, reason=WHY, now=year_after)
    carry(office, order, now=year_after, line=make_line(office.agency, year=2028))
    line.refresh_from_db()
    assert line.committed == 0
    assert Invoice.objects.get(pk=made.pk).carried_year == 2028
    balanced()


def test_the_paper_names_both_lines_and_who_charged_it(office: make.Office, order: Order) -> None:
    debt(office, order)
    made = carry(office, order)
    paper = build._stated(Document.objects.get(order=order, kind=DocumentKind.DEBT), build.order_for_papers(order.pk))
    assert "2026" in paper.data["lines"][0]["earlier"]
    assert "2027" in paper.data["lines"][0]["later"]
    assert make.head_of(office).name == paper.data["signs"][0]["name"]
    kuitansi = Document.objects.get(order=order, kind=DocumentKind.KUITANSI, replaced_at__isnull=True)
    assert kuitansi.requested_at == made.carried_at
    assert build._stated(kuitansi, build.order_for_papers(order.pk)).data["year"] == "2027"


def test_a_promise_names_a_day_on_which_it_can_be_kept(office: make.Office, order: Order) -> None:
    """A bill is paid on a working day; goods that are still to come, after they came."""
    sunday, arrives = clock.start_of(date(2026, 11, 22)), OPENS + 9 * DAY + 9 * HOUR  # Wednesday 25 November
    said = {"actor": office.ppk, "reason": WHY}
    promise = lambda row, day, now: services.decide_finish(order=row, finish_by=day, now=now, **said)  # noqa: E731
    refused(RuleBroken, lambda: promise(order, date(2026, 11, 22), sunday), code="finish_too_early")
    promise(order, date(2026, 11, 23), sunday)
    going = make.make_issued(office, goods.make_product(price=100_000), now=OPENS - DAY, deliver_at=arrives)
    make.accepted(going, OPENS)
    refused(RuleBroken, lambda: promise(going, date(2026, 11, 25), OPENS), code="finish_too_early")
    promise(going, date(2026, 11, 26), OPENS)


def test_goods_of_a_carried_bill_are_refused_on_the_line_that_pays_it(office: make.Office, order: Order) -> None:
    make.clear(office, make.invoice_of(order), now=OPENS)
    debt(office, order)
    new = make_line(office.agency, year=2027)
    carry(office, order, line=new)
    mend.decided(order, office.receiver, mend.refusal(order, 3), now=NEW_YEAR + DAY)
    invoice = make.invoice_of(order)
    assert (invoice.deduction, invoice.gross, invoice.carried_year) == (1_500_000, 3_525_000, 2027)
    new.refresh_from_db()
    office.line.refresh_from_db()
    assert (office.line.committed, new.committed) == (0, 3_525_000)
    balanced()
    assert list(verifying.verify(order.number)) == []


def test_nobody_handles_the_bill_of_a_debt_until_it_is_withdrawn_or_carried(office: make.Office, order: Order) -> None:
    invoice = make.invoice_of(order)
    make.check(office, invoice, now=OPENS)
    debt(office, order)
    invoice.refresh_from_db()
    held = Invoice.objects.filter(pk=invoice.pk)
    assert (invoice.state, invoice.hold_reason) == (InvoiceState.VERIFIED, HoldReason.DEBT)
    assert not held.to_approve() and not held.of_treasurer()
    assert next_step.steps_of(Order.objects.get(pk=order.pk), OPENS) == []
    [left_out] = make.approve(office, invoice, now=OPENS).left_out
    assert "diakui utang" in left_out.why
    for act in (
        lambda: holding.resume_invoice(actor=office.treasurer, invoice=invoice, now=OPENS),
        lambda: correction.reissue_invoice(actor=office.treasurer, invoice=invoice, reason="Keliru", now=OPENS),
    ):
        refused(RuleBroken, act, code="invoice_held")
    assert HoldReason.DEBT not in holding.reasons_of(invoice)
    # The head's decision, which no PPK changes; withdrawn, everything goes on where it was.
    said = {"order": order, "reason": WHY, "now": OPENS + HOUR}
    refused(NotAllowed, lambda: services.withdraw_decision(actor=office.ppk, **said))
    refused(NotAllowed, lambda: services.decide_finish(actor=office.ppk, finish_by=date(2026, 12, 4), **said))
    services.withdraw_decision(actor=make.head_of(office), **said)
    refused(InvalidMove, lambda: services.withdraw_decision(actor=make.head_of(office), **said))
    assert held.to_approve().exists()
    assert commitments.totals(waiting.open_orders(OPENS + HOUR)).undecided == 1
    debt(office, order, OPENS + 2 * HOUR)
    services.decide_finish(
        actor=make.head_of(office), **{**said, "finish_by": date(2026, 12, 4), "now": OPENS + 3 * HOUR}
    )
    assert held.to_approve().exists()
    assert [row["value"] for row in pages.said(stands(order, OPENS + 3 * HOUR))] == [
        "diselesaikan dan dibayar paling lambat Jumat, 4 Desember 2026",
        "diakui utang, dibayar dari DPA tahun berikutnya",
        "keputusan ditarik",
        "diakui utang, dibayar dari DPA tahun berikutnya",
    ]
    assert list(verifying.verify(order.number)) == []
