"""What a sent request holds, who finds it taken, how it comes free, and what the requester does then."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.audit import checks as audit
from orders.orders.services import agreement
from procurement.requests import contents, obstacles, rules
from procurement.requests.models import PurchaseRequest
from procurement.requests.pages import requests as requests_pages
from procurement.requests.services import copies, decisions, drafts, holds, unfilled
from procurement.requests.states import LIVE, RequestState
from procurement.sourcing import services as sourcing
from tests.factories import orders as make_orders
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_request
from tests.orders.books import balanced, refused
from umkm.catalogue.models import Product
from umkm.catalogue.states import Keeps, StockMode
from umkm.owners.models import TurnoverMonth
from umkm.stock.models import CapacityDay

pytestmark = pytest.mark.django_db


def tailor(**over: Any) -> Product:
    """Thirty sets a day from the third day on."""
    sets = {"stock_mode": StockMode.DAILY, "daily_capacity": Decimal(30), "lead_days": 3, "price": 50_000}
    shop = make.make_seller(open_days="1234567", delivery_fee=0)
    return make.make_product(shop, **(sets | {"keeps": Keeps.OTHER} | over))


def submit(office: Office, request: PurchaseRequest, now: datetime = MONDAY) -> PurchaseRequest:
    return decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now)


def approve(office: Office, request: PurchaseRequest, now: datetime, **dropped: str) -> PurchaseRequest:
    lines = {int(pk.removeprefix("line_")): why for pk, why in dropped.items()}
    return decisions.approve_request(actor=office.pp, request=request, dropped=lines, note="", key=new_key(), now=now)


def issue(office: Office, request: PurchaseRequest, now: datetime) -> Any:
    return agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=now)


def used() -> Decimal:
    return sum(CapacityDay.objects.values_list("used", flat=True), Decimal(0))


def before_its_end(request: PurchaseRequest) -> str:
    words = requests_pages.hold_words(request, MONDAY + HOUR)
    assert words is not None
    return str(words["before"])


def test_what_cannot_be_made_in_time_is_not_sent(office: Office) -> None:
    """190 of a tailor of 30 a day: sent when six days and a part can make them, refused a day earlier."""
    sets = tailor()
    late = make_request(office, [(sets, 190)], deliver_at=MONDAY + 8 * DAY)
    refusal = refused(RuleBroken, lambda: submit(office, late), "out_of_stock")
    assert "sampai Selasa, 15 September 2026 tersisa 180" in refusal.message
    assert "pilih Rabu, 16 September 2026" in refusal.message
    in_time = make_request(office, [(sets, 190)], deliver_at=MONDAY + 9 * DAY)
    sent = submit(office, in_time)
    assert used() == 190
    balanced()
    # Made from the third day on: asked on the first, there is no day to lose.
    assert sent.held_until == clock.end_of(clock.local_date(MONDAY))
    assert sent.due_at == sent.held_until - 2 * rules.ANSWER_MARGIN.on(clock.local_date(MONDAY)) * HOUR
    assert "permintaan ini disetujui dan dipesan paling lambat hari ini pukul 23.59" in before_its_end(sent)
    ready = approve(office, sent, MONDAY + HOUR)
    assert "surat pesanannya terbit paling lambat hari ini pukul 23.59" in before_its_end(ready)
    issue(office, ready, MONDAY + 2 * HOUR)
    assert used() == 190
    balanced()


def test_others_find_what_is_not_held(office: Office) -> None:
    product = make.make_product(price=10_000, on_hand=10)
    request = make_request(office, [(product, 8)], state="submitted")
    other = make_request(Office(), [(product, 3)])
    refused(RuleBroken, lambda: submit(office=_office_of(other), request=other), "out_of_stock")
    person = make.make_user()
    refused(RuleBroken, lambda: make_orders.place(person, (product, 3)), "out_of_stock")
    make_orders.place(person, (product, 2))
    balanced()
    assert not any(found for _line, found in _faults(request))


def _office_of(request: PurchaseRequest) -> Any:
    return type("Acting", (), {"requester": request.requester})


def _faults(request: PurchaseRequest) -> obstacles.LineFaults:
    now = MONDAY + HOUR
    return obstacles.line_faults(request, contents.read(request, now), now)


def test_two_shops_of_one_owner_share_its_room(office: Office) -> None:
    first = make.make_seller(delivery_fee=0)
    shops = [first, make.make_seller(owner=first.owner, delivery_fee=0)]
    goods = [(make.make_product(shop, price=2_000_000), 8) for shop in shops]
    refused(RuleBroken, lambda: make_request(office, goods, state="submitted"), "cap_full")


@pytest.mark.parametrize("state", LIVE)
def test_a_hold_lapses_when_its_time_is_over(office: Office, state: str) -> None:
    request = make_request(office, [(tailor(), 30), (make.make_product(price=10_000), 5)], state=state)
    until = request.held_until
    assert until is not None
    with pytest.raises(InvalidMove):
        holds.lapse_request(request=request, now=until - timedelta(microseconds=1))
    assert holds.lapse_holds(now=until - timedelta(microseconds=1)) == 0
    assert [holds.lapse_holds(now=until), holds.lapse_holds(now=until)] == [1, 0]
    request.refresh_from_db()
    office.line.refresh_from_db()
    assert (request.state, request.due_at, office.line.reserved, used()) == (RequestState.LAPSED, None, 0, 0)
    assert set(TurnoverMonth.objects.values_list("used", flat=True)) == {0}
    told = Notification.objects.filter(kind="request.lapsed").values_list("person", flat=True)
    assert set(told) == {office.requester.pk, office.pp.pk}
    balanced()
    refused(RuleBroken if state == RequestState.SUBMITTED else InvalidMove, lambda: _late(office, request, until))


def _late(office: Office, request: PurchaseRequest, now: datetime) -> None:
    if request.approver_id is None:
        # Lapsed: nobody's to decide any more.
        with pytest.raises(InvalidMove):
            approve(office, request, now)
        raise RuleBroken("", code="")
    issue(office, request, now)


def test_past_its_time_nothing_is_decided_also_before_the_job_runs(office: Office) -> None:
    sent = make_request(office, state="submitted")
    refused(RuleBroken, lambda: approve(office, sent, sent.held_until), "hold_over")
    ready = approve(office, sent, sent.held_until - timedelta(minutes=1))
    refused(RuleBroken, lambda: issue(office, ready, ready.held_until), "hold_over")
    assert issue(office, ready, ready.held_until - timedelta(microseconds=1))
    balanced()


def test_a_lapsed_request_is_written_anew_once(office: Office) -> None:
    """Lines with their notes and why each was chosen, and the event."""
    product = make.make_product(price=10_000)
    draft = make_request(office, [(product, 5)])
    draft.lines.update(note="Tanpa kacang", choice_reason="quality", choice_note="Lebih tebal")
    sent = submit(office, draft)
    now = sent.held_until
    assert now is not None
    asked = {"actor": office.requester, "request": sent}
    refused(InvalidMove, lambda: copies.rebuild_request(**asked, now=now))
    lapsed = holds.lapse_request(request=sent, now=now)
    refused(NotAllowed, lambda: copies.rebuild_request(actor=office.pp, request=sent, now=now))
    rebuilt = copies.rebuild_request(**asked, now=now)
    assert copies.rebuild_request(**asked, now=now) == rebuilt
    kept = ("title", "purpose", "line", "event_at", "event_place", "attendees", "deliver_at", "delivery_place")
    assert [getattr(rebuilt, name) for name in kept] == [getattr(lapsed, name) for name in kept]
    assert rebuilt.state == RequestState.DRAFT
    line = rebuilt.lines.get()
    assert (line.product, line.quantity, line.note) == (product, 5, "Tanpa kacang")
    assert (line.choice_reason, line.choice_note) == ("quality", "Lebih tebal")
    assert submit(office, rebuilt, now=now).held_until > now
    # The new one fell through too: the first may be written anew once more; what was past is to be chosen again.
    decisions.withdraw_request(actor=office.requester, request=rebuilt, now=now)
    again = copies.rebuild_request(**asked, now=lapsed.deliver_at + 2 * DAY)
    assert (again != rebuilt, again.deliver_at, again.event_at) == (True, None, None)
    assert again.lines.count() == 1
    balanced()


def test_a_lapsed_request_that_continued_a_part_still_does(office: Office) -> None:
    ordered = make_request(office, state="ordered")
    order = ordered.orders.get()
    agreement.close_order(
        actor=make_orders.member_of(order), order=order, reason="seller_declined", note="Penuh", now=order.placed_at
    )
    part, now = ordered.sellers.get(), order.placed_at
    continued = unfilled.source_again(actor=office.requester, part=part, now=now)
    product = continued.lines.get().product
    sourcing.replace_line(
        actor=office.requester, request=continued, product=product, by=make.make_product(price=90_000), now=now
    )
    sent = submit(office, continued, now=now)
    lapsed = holds.lapse_request(request=sent, now=sent.held_until)
    rebuilt = copies.rebuild_request(actor=office.requester, request=lapsed, now=sent.held_until)
    assert (rebuilt.sourced_again_from, rebuilt.rebuilt_from) == (part, lapsed)
    # Somebody continued the part elsewhere: then not twice.
    decisions.withdraw_request(actor=office.requester, request=rebuilt, now=sent.held_until)
    unfilled.source_again(actor=office.requester, part=part, now=sent.held_until)
    refused(InvalidMove, lambda: copies.rebuild_request(actor=office.requester, request=lapsed, now=sent.held_until))


def test_an_approved_request_goes_back_and_comes_again(office: Office) -> None:
    goods = [(make.make_product(price=10_000), 5), (make.make_product(price=20_000), 5)]
    sent = make_request(office, goods, state="submitted")
    line = sent.lines.get(product=goods[1][0])
    ready = approve(office, sent, MONDAY + HOUR, **{f"line_{line.pk}": "Sudah ada"})
    balanced()
    back = {"request": ready, "note": "Jumlahnya salah", "now": MONDAY + 2 * HOUR}
    for actor in (office.requester, office.receiver):
        refused(NotAllowed, lambda actor=actor: decisions.send_back_request(actor=actor, **back))
    done = decisions.send_back_request(actor=office.ppk, **back)
    assert (done.state, done.approver, done.held_until) == (RequestState.SENT_BACK, None, None)
    office.line.refresh_from_db()
    assert office.line.reserved == 0
    balanced()
    put = {"actor": office.requester, "request": done, "note": "", "now": MONDAY + 3 * HOUR}
    refused(RuleBroken, lambda: drafts.put_line(product=goods[1][0], quantity=Decimal(1), **put), "line_dropped")
    drafts.put_line(product=goods[0][0], quantity=Decimal(6), **put)
    again = submit(office, done, MONDAY + 4 * HOUR)
    assert again.total == 60_000 + again.sellers.get(seller=goods[0][0].seller).delivery_cost
    balanced()
    issue(office, approve(office, again, MONDAY + 5 * HOUR), MONDAY + 6 * HOUR)
    balanced()


class Buyers(RuleBasedStateMachine):
    """Departments and people want the same few goods; what is approved can be issued as long as its hold runs."""

    def __init__(self) -> None:
        super().__init__()
        self.now = MONDAY
        self.office = Office(pagu=40_000_000)
        self.goods = [tailor(), make.make_product(price=40_000, on_hand=60), tailor(keeps=Keeps.COOKED, lead_days=1)]
        self.sent: list[PurchaseRequest] = []

    def tried(self, act: Any) -> Any:
        try:
            with transaction.atomic():
                return act()
        except DomainError:
            return None

    @rule(first=st.integers(1, 90), second=st.integers(0, 40), third=st.integers(0, 30), days=st.integers(1, 9))
    def ask(self, first: int, second: int, third: int, days: int) -> None:
        wanted = [pair for pair in zip(self.goods, (first, second, third), strict=True) if pair[1]]
        moments = {"deliver_at": self.now + days * DAY, "event_at": None}
        draft = make_request(self.office, wanted, now=self.now, **moments)
        if sent := self.tried(lambda: submit(self.office, draft, self.now)):
            self.sent.append(sent)

    @rule(quantity=st.integers(1, 30), which=st.integers(0, 2))
    def buy(self, quantity: int, which: int) -> None:
        self.tried(lambda: make_orders.place(make.make_user(), (self.goods[which], quantity), now=self.now))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(data=st.data(), verb=st.sampled_from(["approve", "drop", "issue", "back", "withdraw", "lapse"]))
    def go_on(self, data: Any, verb: str) -> None:
        if not self.sent:
            return
        found = PurchaseRequest.objects.get(pk=data.draw(st.sampled_from(self.sent)).pk)
        now, runs = self.now, found.held_until is not None and found.held_until > self.now
        if verb == "approve":
            done = self.tried(lambda: approve(self.office, found, now))
            assert (done is not None) == (found.state == RequestState.SUBMITTED and runs)
        elif verb == "drop":
            line = found.lines.filter(dropped_at__isnull=True).last()
            self.tried(lambda: approve(self.office, found, now, **{f"line_{line.pk}": "Sudah ada"}))
        elif verb == "issue":
            done = self.tried(lambda: issue(self.office, found, now))
            assert (done is not None) == (found.state == RequestState.APPROVED and runs)
        elif verb == "back":
            self.tried(lambda: decisions.send_back_request(actor=self.office.pp, request=found, note="Ubah", now=now))
        elif verb == "withdraw":
            self.tried(lambda: decisions.withdraw_request(actor=self.office.requester, request=found, now=now))
        else:
            holds.lapse_holds(now=now)
            assert not PurchaseRequest.objects.live().filter(held_until__lte=now).exists()

    @invariant()
    def the_books_agree(self) -> None:
        numbered = {"request_holds", "stock_orders", "capacity_orders", "budget_documents", "cap_orders", "cap_months"}
        wrong = [row for check in audit.checks() if check.code in numbered | {"ledgers"} for row in check.rows()]
        assert wrong == []


def test_what_is_approved_can_be_issued_within_its_hold() -> None:
    run_state_machine_as_test(Buyers, settings=settings(max_examples=4, stateful_step_count=16, deadline=None))
