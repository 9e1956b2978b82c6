"""A late invoice goes from desk to desk: by the seller's letter, by itself, never twice, never out of its turn."""

from copy import deepcopy
from datetime import datetime, timedelta

import pytest
from django.db import InternalError, transaction

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.notifications.models import Notification
from orders.billing import standing
from orders.billing.models import Invoice
from orders.billing.services import correction
from orders.billing.states import InvoiceState
from orders.disputes import services as disputes
from orders.ladder import rules, services, steps
from orders.ladder.models import LateStep
from orders.ladder.states import LEVELS, LateLevel
from orders.orders.models import Order
from orders.orders.next_step import Turn, turn_of_invoice
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.books import refused, unchanged

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("ladder")]
MOMENT = timedelta.resolution


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
def invoice(invoiced: tuple[make.Office, Order]) -> Invoice:
    return Invoice.objects.get(order=invoiced[1].pk)


def due_of(invoice: Invoice) -> datetime:
    assert invoice.due_at is not None
    return invoice.due_at


def levels(invoice: Invoice) -> list[str]:
    return list(LateStep.objects.filter(delivery=invoice.delivery).order_by("pk").values_list("level", flat=True))


def rung(invoice: Invoice, level: LateLevel) -> steps.Rung:
    return next(one for one in steps.rungs_of(invoice, steps.steps_of_wait(invoice)) if one.level == level)


def up_to(invoice: Invoice, level: LateLevel) -> datetime:
    """By itself as far as this desk; the moment it came there."""
    for one in LEVELS[: LEVELS.index(level) + 1]:
        now = rung(invoice, one).by_itself
        services.climb(now=now)
    return now


def checked(office: make.Office, invoice: Invoice) -> Order:
    now = clock.moved(invoice.issued_at, HOUR)
    make.clear(office, invoice, now)
    return invoice.order


def sent(invoice: Invoice, level: LateLevel, now: datetime, **over: object) -> LateStep:
    given = {"actor": make.member_of(invoice.order), "invoice": invoice, "level": level, "now": now, **over}
    return services.send_letter(**given)  # type: ignore[arg-type]


def test_silence_climbs_one_desk_after_the_other(invoice: Invoice) -> None:
    for count, level in enumerate(LEVELS):
        now = rung(invoice, level).by_itself
        services.climb(now=now - MOMENT)
        assert len(levels(invoice)) == count
        services.climb(now=now)
        assert levels(invoice) == list(LEVELS[: count + 1])
    services.climb(now=now + 300 * DAY)
    assert len(levels(invoice)) == len(LEVELS)
    assert not LateStep.objects.exclude(sent_by=None).exists()


def test_the_days_are_those_of_the_rules(invoice: Invoice) -> None:
    due = due_of(invoice)
    day = clock.last_day(due)
    found = steps.rungs_of(invoice, [])
    wanted = [due, *(clock.working_days_later(due, rules.AFTER[level].on(day)) for level in LEVELS[1:])]
    assert [one.opens for one in found] == wanted
    own = rules.OWN.on(day)
    assert [one.by_itself for one in found] == [due, *(clock.working_days_later(o, own) for o in wanted[1:])]


def test_after_a_long_silence_of_the_clock_no_desk_is_passed_over(invoice: Invoice) -> None:
    """The job did not run for a month: the next desk still has its working day to act."""
    now = due_of(invoice) + 30 * DAY
    for _run in range(3):
        services.climb(now=now)
    assert levels(invoice) == [LateLevel.TREASURER]
    assert rung(invoice, LateLevel.HEAD).opens > now


def test_who_hears(office: make.Office, invoice: Invoice) -> None:
    head = office.agency.members.get(role=OfficerRole.HEAD).user
    follower = goods.make_staff("orders.follow_late_invoice", name="Petugas Uji")
    inspector = goods.make_staff("procurement.inspect_all", name="Inspektur Uji")
    seller = make.member_of(invoice.order)
    heard = lambda kind: set(Notification.objects.filter(kind=kind).values_list("person", flat=True))  # noqa: E731
    up_to(invoice, LateLevel.TREASURER)
    assert heard("invoice.late") == {office.treasurer.pk}
    assert heard("invoice.brought") == {seller.pk}
    up_to(invoice, LateLevel.HEAD)
    assert heard("invoice.late") == {office.treasurer.pk, head.pk}
    assert heard("invoice.brought") == {seller.pk, office.treasurer.pk}
    assert heard("invoice.followed") == set()
    up_to(invoice, LateLevel.OFFICE)
    assert heard("invoice.followed") == {follower.pk}
    assert heard("invoice.brought") == {seller.pk, office.treasurer.pk, head.pk}
    up_to(invoice, LateLevel.INSPECTORATE)
    assert heard("invoice.followed") == {follower.pk, inspector.pk}


def test_whoever_takes_a_desk_over_hears_once(office: make.Office, invoice: Invoice) -> None:
    now = up_to(invoice, LateLevel.HEAD)
    second = goods.make_user(name="Kepala Baru")
    make.membership(office.agency, second, OfficerRole.HEAD)
    for _run in range(2):
        services.climb(now=now + HOUR)
    assert Notification.objects.filter(kind="invoice.late", person=second).count() == 1


def test_the_seller_sends_from_its_day_on(invoice: Invoice) -> None:
    up_to(invoice, LateLevel.TREASURER)
    opens = rung(invoice, LateLevel.HEAD).opens
    with unchanged():
        refused(InvalidMove, lambda: sent(invoice, LateLevel.HEAD, opens - MOMENT))
        refused(InvalidMove, lambda: sent(invoice, LateLevel.OFFICE, opens + 300 * DAY))
    step = sent(invoice, LateLevel.HEAD, opens)
    assert (step.sent_by, step.level) == (make.member_of(invoice.order), LateLevel.HEAD)
    assert sent(invoice, LateLevel.HEAD, opens + HOUR) == step
    services.climb(now=rung(invoice, LateLevel.HEAD).by_itself)
    assert levels(invoice) == [LateLevel.TREASURER, LateLevel.HEAD]


def test_nobody_else_sends(office: make.Office, invoice: Invoice) -> None:
    up_to(invoice, LateLevel.TREASURER)
    opens = rung(invoice, LateLevel.HEAD).opens
    for person in (office.treasurer, office.requester, goods.make_user(name="Orang Lain")):
        with unchanged():
            refused(NotAllowed, lambda person=person: sent(invoice, LateLevel.HEAD, opens, actor=person))


def test_no_letter_before_it_is_late(invoice: Invoice) -> None:
    with unchanged():
        refused(InvalidMove, lambda: sent(invoice, LateLevel.TREASURER, due_of(invoice) - MOMENT))
    assert sent(invoice, LateLevel.TREASURER, due_of(invoice)).days_late == 0


def test_a_paid_invoice_goes_nowhere(office: make.Office, invoice: Invoice) -> None:
    now = up_to(invoice, LateLevel.HEAD)
    make.pay(office, checked(office, invoice), now=now)
    with unchanged():
        assert services.climb(now=now + 300 * DAY) == 0
        refused(InvalidMove, lambda: sent(invoice, LateLevel.OFFICE, now + 300 * DAY))
        refused(InvalidMove, lambda: services.take_step(invoice=invoice, now=now + 300 * DAY))
    asked = Notification.objects.filter(kind__in=["invoice.late", "invoice.brought"])
    assert not asked.filter(read_at=None).exists()


def test_a_part_paid_one_goes_on_with_what_is_left(office: make.Office, invoice: Invoice) -> None:
    now = up_to(invoice, LateLevel.TREASURER)
    make.pay(office, checked(office, invoice), amount=100_000, now=now)
    up_to(Invoice.objects.get(pk=invoice.pk), LateLevel.HEAD)
    assert [step.outstanding for step in LateStep.objects.order_by("pk")] == [invoice.net, invoice.net - 100_000]


def test_a_complaint_stops_it_and_gives_the_days_back(office: make.Office, invoice: Invoice) -> None:
    now = up_to(invoice, LateLevel.TREASURER)
    before = rung(invoice, LateLevel.HEAD)
    dispute = disputes.open_dispute(actor=office.receiver, order=invoice.order, complaint="Rusak", now=now + HOUR)
    with unchanged():
        services.climb(now=before.by_itself + 10 * DAY)
        refused(InvalidMove, lambda: sent(invoice, LateLevel.HEAD, before.opens + 10 * DAY))
    disputes.decide_dispute(actor=mend.judge(), dispute=dispute, decision="Selesai", now=before.by_itself + 10 * DAY)
    after = Invoice.objects.get(pk=invoice.pk)
    assert rung(after, LateLevel.HEAD).opens > before.opens + 5 * DAY
    assert levels(after) == [LateLevel.TREASURER]
    up_to(after, LateLevel.HEAD)
    assert levels(after) == [LateLevel.TREASURER, LateLevel.HEAD]


def test_a_new_invoice_in_its_place_goes_on_where_it_stood(office: make.Office, invoice: Invoice) -> None:
    """A treasurer who replaces a late invoice does not begin anew with the reminders."""
    now = up_to(invoice, LateLevel.HEAD)
    made = correction.reissue_invoice(actor=office.treasurer, invoice=invoice, reason="Rekening salah", now=now + HOUR)
    up_to(made, LateLevel.OFFICE)
    assert levels(made) == [LateLevel.TREASURER, LateLevel.HEAD, LateLevel.OFFICE]


def test_after_a_reversed_payment_it_begins_anew(office: make.Office, invoice: Invoice) -> None:
    now = up_to(invoice, LateLevel.HEAD)
    make.pay(office, checked(office, invoice), now=now)
    row = undo.released(office, undo.asked(office, invoice.order, reason="amount", now=now + HOUR))
    again = Invoice.objects.get(pk=invoice.pk)
    assert steps.steps_of_wait(again) == []
    assert row.ended_at is not None
    services.climb(now=row.ended_at + HOUR)
    assert [step.level for step in steps.steps_of_wait(again)] == [LateLevel.TREASURER]


def test_a_step_states_the_figures_of_its_moment(office: make.Office, invoice: Invoice) -> None:
    up_to(invoice, LateLevel.HEAD)
    step = LateStep.objects.get(level=LateLevel.HEAD)
    day = clock.last_day(due_of(invoice))
    assert step.days_late == clock.working_days_between(day, clock.local_date(step.sent_at)) > 0
    assert (step.due_on, step.outstanding) == (day, invoice.net)
    assert str(office.treasurer) in step.holder


def test_steps_are_never_changed(invoice: Invoice) -> None:
    up_to(invoice, LateLevel.TREASURER)
    with pytest.raises(InternalError), transaction.atomic():
        LateStep.objects.update(days_late=0)
    with pytest.raises(InternalError), transaction.atomic():
        LateStep.objects.all().delete()


def test_who_holds_it_is_asked_of_the_one_place(office: make.Office, invoice: Invoice) -> None:
    day = clock.local_date(MONDAY + 3 * DAY)
    holder = steps.holder_of(invoice, day)
    assert holder.names == (str(office.treasurer),)
    assert turn_of_invoice(invoice)[0] == Turn.TREASURER
    assert clock.local_date(holder.since) == clock.local_date(invoice.issued_at)
    make.check(office, invoice, clock.moved(invoice.issued_at, HOUR))
    checked_ = Invoice.objects.get(pk=invoice.pk)
    later = steps.holder_of(checked_, day)
    assert later.names == (str(make.approver_of(office, MONDAY)),)
    assert (later.task != holder.task, later.since) == (True, checked_.verified_at)
    make.approve(office, checked_, clock.moved(invoice.issued_at, 2 * HOUR))
    assert steps.holder_of(Invoice.objects.get(pk=invoice.pk), day).names == (str(office.treasurer),)


def test_every_unpaid_invoice_is_held_by_a_side_with_a_role() -> None:
    """A new state of an invoice names whoever holds it here too."""
    waits = [state for state in InvoiceState if state not in (InvoiceState.PAID, InvoiceState.VOID)]
    turns = {turn_of_invoice(Invoice(state=state))[0] for state in waits}
    assert turns == {Turn.TREASURER, Turn.APPROVER}


def test_no_letter_goes_to_a_treasurer_who_cannot_pay_before_the_papers_are_there(
    office: make.Office, invoice: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller, now = make.member_of(invoice.order), due_of(invoice) + HOUR
    monkeypatch.setattr(standing, "awaits_papers", lambda _invoice: (True, False))
    send = lambda level: services.send_letter(actor=seller, invoice=invoice, level=level, now=now)  # noqa: E731
    said = refused(InvalidMove, lambda: send(LateLevel.TREASURER)).message
    assert "berkasnya lengkap" in said
    services.take_step(invoice=invoice, now=now)  # reminded by itself all the same
    assert levels(invoice) == [LateLevel.TREASURER]
    send(LateLevel.TREASURER)  # sent already: nothing happens
    later = due_of(invoice) + 30 * DAY
    services.send_letter(actor=seller, invoice=invoice, level=LateLevel.HEAD, now=later)
    assert levels(invoice) == [LateLevel.TREASURER, LateLevel.HEAD]
