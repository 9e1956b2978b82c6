"""What an agreement changes and what it leaves alone; who may act; what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import KeyReused, new_key
from epeken.core.money import share
from epeken.notifications.models import Notification
from orders.cancellations import services as cancellations
from orders.orders.services import agreement
from procurement.budgets.models import BudgetLine
from procurement.negotiations.models import Negotiation
from procurement.negotiations.services import reminders
from procurement.negotiations.terms import Terms
from procurement.requests import contents
from procurement.requests.errors import OwnShop, PricesChanged, SamePerson
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.pages.requests import negotiation_notes
from procurement.requests.services import copies, decisions, holds
from procurement.sourcing import comparison, sheets
from tests.factories import umkm as make
from tests.factories.negotiations import Table, lone, make_table, make_talk
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_officer, make_request
from tests.factories.rules import set_rule
from tests.factories.states import put
from tests.orders.books import balanced, refused
from umkm.catalogue.models import Product
from umkm.catalogue.states import Keeps, ProductState, StockMode
from umkm.owners.models import TurnoverMonth
from umkm.sellers.models import SellerMember
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db


def now_of(request: PurchaseRequest) -> PurchaseRequest:
    return PurchaseRequest.objects.get(pk=request.pk)


# --- What is agreed ---


def test_an_agreement_changes_the_snapshot_and_frees_what_is_not_needed() -> None:
    table = make_table()
    listed = Product.objects.values().get(pk=table.product.pk)
    request = now_of(table.request)
    line = table.office.line
    line.refresh_from_db()
    assert (line.reserved, request.total) == (1_010_000, 1_010_000)
    table.open(table.terms(90_000, 5_000))
    table.accept(table.shopkeeper)
    after, row = now_of(request), request.lines.get()
    assert (row.price, row.amount, row.quantity) == (90_000, 900_000, 10)
    assert (after.total, after.state, after.needed_role, after.sheet_number) == (905_000, "submitted", "pp", "")
    assert (after.held_until, after.due_at, after.deliver_at) == (
        request.held_until,
        request.due_at,
        request.deliver_at,
    )
    part = after.sellers.get()
    assert (part.delivery_cost, part.deliver_at) == (5_000, None)
    line.refresh_from_db()
    assert line.reserved == 905_000
    assert TurnoverMonth.objects.get(owner=table.seller.owner).used == 905_000
    assert Product.objects.values().get(pk=table.product.pk) == listed
    event = after.events.latest("pk")
    assert (event.action, event.from_state, event.to_state, event.note) == (
        "negotiate", "submitted", "submitted", table.talk.number,
    )  # fmt: skip
    balanced()
    approved = table.approve()
    assert approved.total == 905_000
    order = agreement.issue_orders(actor=table.officer, request=approved, key=new_key(), now=MONDAY + 5 * HOUR)[0]
    assert (order.total, order.delivery_cost, order.lines.get().price) == (905_000, 5_000, 90_000)
    assert TurnoverMonth.objects.get(owner=table.seller.owner).used == 905_000
    balanced()


def test_both_sides_alternate_and_the_last_offer_is_what_is_agreed() -> None:
    table = make_talk()
    table.counter(table.shopkeeper, table.terms(97_000))
    refused(InvalidMove, lambda: table.counter(table.shopkeeper, table.terms(96_000)))
    refused(InvalidMove, lambda: table.accept(table.shopkeeper))
    table.counter(table.officer, table.terms(92_000))
    table.counter(table.shopkeeper, table.terms(94_000, 0))
    table.accept(table.officer)
    assert now_of(table.request).total == 940_000
    found = [(one.number, one.side) for one in table.talk.rounds.all()]
    assert found == [(0, "seller"), (1, "buyer"), (2, "seller"), (3, "buyer"), (4, "seller")]
    balanced()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    listed=st.integers(1, 2_000_000),
    price=st.integers(-5, 2_000_005),
    fee=st.integers(-2, 10_002),
    quantity=st.decimals("0.001", "14", places=3),
)
def test_any_price_either_is_refused_or_keeps_the_books(listed: int, price: int, fee: int, quantity: Decimal) -> None:
    """Whole rupiah from 1 to the offer; budget, cap and the order say the same sum."""
    with transaction.atomic():
        product = make.make_product(price=listed, unit="kg", step=Decimal("0.001"), minimum=Decimal("0.001"))
        office = Office()
        if share(listed, quantity) + 10_000 > 30_000_000:
            return
        table = Table(office, make_request(office, [(product, quantity)], state="submitted"), product)
        terms = Terms({product.pk: price}, fee, now_of(table.request).deliver_at)
        allowed = 1 <= price <= listed and 0 <= fee <= 10_000 and share(max(price, 0), quantity) >= 1
        changes = (price, fee) != (listed, 10_000)
        code = ""
        try:
            table.open(terms)
            table.accept(table.shopkeeper)
        except RuleBroken as problem:
            code = problem.code
        if not (allowed and changes):
            assert code in ("price_bounds", "cost_bounds", "same_terms")
            assert now_of(table.request).total == share(listed, quantity) + 10_000
        else:
            assert code == ""
            total = share(price, quantity) + fee
            assert now_of(table.request).total == total
            office.line.refresh_from_db()
            assert office.line.reserved == total
            approved = table.approve()
            order = agreement.issue_orders(actor=office.pp, request=approved, key=new_key(), now=MONDAY + 5 * HOUR)[0]
            assert order.total == total
            office.line.refresh_from_db()
            assert (office.line.reserved, office.line.committed) == (0, total)
        transaction.set_rollback(True)


def test_nothing_goes_above_what_the_shop_asks_of_everybody_today() -> None:
    table = make_table()
    Product.objects.filter(pk=table.product.pk).update(price=80_000)
    refused(RuleBroken, lambda: table.open(table.terms(90_000)), "price_bounds")
    table.open(table.terms(80_000))
    Product.objects.filter(pk=table.product.pk).update(price=70_000)
    refused(RuleBroken, lambda: table.accept(table.shopkeeper), "price_bounds")
    assert now_of(table.request).total == 1_010_000
    table.counter(table.shopkeeper, table.terms(70_000))
    table.accept(table.officer)
    assert now_of(table.request).total == 710_000
    balanced()


def test_the_department_offers_no_more_than_the_seller_asks_now() -> None:
    """The seller's standing offer bounds the department's; the seller may go back up to the first one."""
    table = make_talk()
    table.counter(table.shopkeeper, table.terms(94_000, 4_000))
    refused(RuleBroken, lambda: table.counter(table.officer, table.terms(94_001, 0)), "price_bounds")
    refused(RuleBroken, lambda: table.counter(table.officer, table.terms(90_000, 4_001)), "cost_bounds")
    assert table.talk.rounds.count() == 3
    table.counter(table.officer, table.terms(94_000, 3_000))
    table.counter(table.shopkeeper, table.terms(96_000, 5_000))
    table.counter(table.officer, table.terms(95_000, 5_000))
    table.accept(table.shopkeeper)
    assert now_of(table.request).total == 955_000
    balanced()


def test_a_price_that_rises_meanwhile_is_no_matter() -> None:
    table = make_talk()
    Product.objects.filter(pk=table.product.pk).update(price=150_000)
    table.accept(table.shopkeeper)
    assert now_of(table.request).total == 910_000


def test_an_offer_like_the_last_is_refused() -> None:
    table = make_table()
    first = refused(RuleBroken, lambda: table.open(table.terms(100_000)), "same_terms")
    assert "penawaran penjual" in str(first) and "terima" not in str(first)
    table.open()
    refused(RuleBroken, lambda: table.counter(table.shopkeeper, table.terms(90_000)), "same_terms")


def test_a_seller_does_not_ask_for_less_than_is_offered() -> None:
    table = make_table()
    table.open(table.terms(92_000, 5_000))
    for lower in (table.terms(92_000, 4_999), table.terms(20_000, 5_000), table.terms(20_000, 0)):
        refused(RuleBroken, lambda lower=lower: table.counter(table.shopkeeper, lower), "below_offer")
    table.counter(table.shopkeeper, table.terms(92_001, 0))  # more in one, less in another
    table.counter(table.officer, table.terms(90_000, 0))  # the department may ask for less
    table.counter(table.shopkeeper, table.terms(90_001, 0))


def test_the_goods_of_an_offer_are_those_of_the_part() -> None:
    table = make_table()
    other = Terms({make.make_product().pk: 1_000}, 0, table.terms().deliver_at)
    refused(RuleBroken, lambda: table.open(other), "request_changed")
    refused(RuleBroken, lambda: table.open(seller=make.make_seller()), "unknown_part")


# --- The moment ---


def daily(**over: object) -> Product:
    values = {"stock_mode": StockMode.DAILY, "daily_capacity": Decimal(10), "keeps": Keeps.FRESH, "price": 100_000}
    return make.make_product(**(values | over))


def test_another_day_takes_the_capacity_of_that_day() -> None:
    product = daily()
    table = make_table(product=product)
    first = table.terms().deliver_at
    sooner = first - 3 * DAY
    used = lambda: {d.day.day: d.used for d in product.capacity_days.all() if d.used}  # noqa: E731
    assert used() == {17: 10}
    table.open(table.terms(100_000, deliver_at=sooner))
    assert used() == {17: 10}
    table.accept(table.shopkeeper)
    assert used() == {14: 10}
    after = now_of(table.request)
    assert (after.deliver_at, after.sellers.get().deliver_at, after.total) == (first, sooner, 1_010_000)
    assert after.held_until is not None
    assert table.request.held_until is not None
    assert after.held_until <= table.request.held_until
    balanced()
    approved = table.approve()
    order = agreement.issue_orders(actor=table.officer, request=approved, key=new_key(), now=MONDAY + 5 * HOUR)[0]
    assert order.deliver_at == sooner
    assert used() == {14: 10}
    agreement.close_order(
        actor=table.shopkeeper, order=order, reason="seller_declined", note="Oven", now=MONDAY + 6 * HOUR
    )
    assert used() == {}
    balanced()


def test_a_day_that_is_taken_is_refused_when_it_is_offered_and_when_it_is_agreed() -> None:
    product = daily()
    table = make_table(product=product)
    sooner = table.terms().deliver_at - 3 * DAY
    taken = make_request(Office(), [(product, 5)], state="submitted", deliver_at=sooner, event_at=sooner)
    refused(RuleBroken, lambda: table.open(table.terms(deliver_at=sooner)), "out_of_stock")
    holds.lapse_request(request=taken, now=taken.held_until)
    table.open(table.terms(deliver_at=sooner))
    make_request(Office(), [(product, 5)], state="submitted", deliver_at=sooner, event_at=sooner)
    refused(RuleBroken, lambda: table.accept(table.shopkeeper), "out_of_stock")
    assert {d.day.day: d.used for d in product.capacity_days.all() if d.used} == {17: 10, 14: 5}
    assert table.talk.state == "with_seller"
    balanced()


def test_moments_that_cannot_be() -> None:
    table = make_table()
    for deliver_at, code in (
        (MONDAY, "deliver_past"),
        (MONDAY + 10 * DAY + HOUR + timedelta(minutes=1), "deliver_after_event"),
    ):
        refused(RuleBroken, lambda at=deliver_at: table.open(table.terms(deliver_at=at)), code)
    PurchaseRequest.objects.filter(pk=table.request.pk).update(event_at=None)
    for deliver_at, code in (
        (MONDAY.replace(year=2027), "budget_year"),
        (MONDAY.replace(month=12, day=30), "year_end"),
    ):
        refused(RuleBroken, lambda at=deliver_at: table.open(table.terms(deliver_at=at)), code)


def test_in_december_a_request_of_the_next_year_is_negotiated() -> None:
    table = make_table()
    PurchaseRequest.objects.filter(pk=table.request.pk).update(event_at=None)
    BudgetLine.objects.filter(pk=table.request.line_id).update(year=2027)
    talk = table.open(table.terms(90_000, 0, MONDAY.replace(year=2027)))
    assert talk.state == "with_seller"


def test_a_later_moment_does_not_lengthen_the_hold() -> None:
    table = make_table()
    PurchaseRequest.objects.filter(pk=table.request.pk).update(event_at=None)
    before = now_of(table.request)
    table.open(table.terms(deliver_at=MONDAY + 20 * DAY))
    table.accept(table.shopkeeper)
    after = now_of(table.request)
    assert (after.held_until, after.due_at) == (before.held_until, before.due_at)
    order = agreement.issue_orders(actor=table.officer, request=table.approve(), key=new_key(), now=MONDAY + 5 * HOUR)[
        0
    ]
    assert order.deliver_at == MONDAY + 20 * DAY


# --- Bound to the request and its hold ---


def test_sent_back_the_offer_is_what_it_was() -> None:
    product = daily()
    table = make_table(product=product)
    table.open(table.terms(90_000, 0, table.terms().deliver_at - 3 * DAY))
    table.accept(table.shopkeeper)
    decisions.send_back_request(actor=table.officer, request=table.request, note="Kurangi", now=MONDAY + 4 * HOUR)
    row, part = table.request.lines.get(), table.request.sellers.get()
    assert (row.price, row.amount, part.delivery_cost, part.deliver_at) == (100_000, 1_000_000, 10_000, None)
    table.office.line.refresh_from_db()
    assert table.office.line.reserved == 0
    balanced()
    again = decisions.submit_request(
        actor=table.office.requester, request=table.request, key=new_key(), now=MONDAY + 5 * HOUR
    )
    assert again.total == 1_010_000
    table.request = again
    table.open(now=MONDAY + 6 * HOUR)
    assert Negotiation.objects.filter(request=again).count() == 2
    balanced()


@pytest.mark.parametrize("end", ["lapse", "withdraw", "reject"])
def test_what_ends_the_request_ends_the_negotiation(end: str) -> None:
    table = make_talk()
    act = {
        "lapse": lambda: holds.lapse_request(request=table.request, now=table.request.held_until),
        "withdraw": lambda: decisions.withdraw_request(
            actor=table.office.requester, request=table.request, now=MONDAY + 2 * HOUR
        ),
        "reject": lambda: decisions.reject_request(
            actor=table.officer, request=table.request, note="Tidak", now=MONDAY + 2 * HOUR
        ),
    }
    act[end]()
    assert table.talk.state == "ended"
    assert Notification.objects.filter(person=table.shopkeeper, kind="negotiation.ended").count() == 1
    refused(InvalidMove, lambda: table.accept(table.shopkeeper, now=MONDAY + 3 * HOUR))
    balanced()


def test_a_rebuilt_request_asks_the_price_of_everybody() -> None:
    table = make_talk("agreed")
    lapsed = holds.lapse_request(request=table.request, now=table.request.held_until)
    assert lapsed.lines.get().price == 90_000  # what it was agreed to be stays on record
    when = MONDAY + 8 * DAY
    draft = copies.rebuild_request(actor=table.office.requester, request=lapsed, now=when)
    assert (draft.lines.get().price, draft.lines.get().amount) == (100_000, 1_000_000)
    repeated = copies.repeat_request(actor=table.office.requester, request=lapsed, now=when)
    assert repeated.lines.get().price == 100_000


def test_a_declined_order_is_sourced_again_without_the_agreed_price() -> None:
    from procurement.requests.services import unfilled

    table = make_talk("agreed")
    order = agreement.issue_orders(actor=table.officer, request=table.approve(), key=new_key(), now=MONDAY + 5 * HOUR)[
        0
    ]
    cancellations.cancel_order(
        actor=table.officer, order=order, reason="wrong", note="Salah jumlah", now=MONDAY + 6 * HOUR
    )
    draft = unfilled.source_again(actor=table.office.requester, part=table.request.sellers.get(), now=MONDAY + 7 * HOUR)
    assert draft.lines.get().price == 100_000
    RequestLine.objects.filter(request=draft).update(price=90_000, amount=900_000)  # by whatever way
    refused(
        PricesChanged,
        lambda: decisions.submit_request(
            actor=table.office.requester, request=draft, key=new_key(), now=MONDAY + 8 * HOUR
        ),
    )


def test_once_for_each_seller_and_sending() -> None:
    table = make_talk("refused")
    refused(RuleBroken, lambda: table.open(now=MONDAY + 4 * HOUR), "negotiated_before")


# --- Who ---


def test_only_who_decides_negotiates() -> None:
    table = make_table()
    office = table.office
    refused(SamePerson, lambda: table.open(actor=office.requester))
    for person in (office.ppk, office.receiver, office.treasurer, office.head, make_officer("pp"), table.shopkeeper):
        refused(NotAllowed, lambda who=person: table.open(actor=who))
    table.open()
    for person in (office.receiver, make_officer("pp"), make.make_user()):
        refused(NotAllowed, lambda who=person: table.counter(who))
        refused(NotAllowed, lambda who=person: table.accept(who))
    second = make_officer("pp", office.agency)
    table.counter(table.shopkeeper)
    table.accept(second)


def test_an_officer_tied_to_the_seller_does_not_negotiate() -> None:
    table = make_table()
    second = make_officer("pp", table.office.agency)
    SellerMember.objects.create(seller=make.make_seller(owner=table.seller.owner), user=table.officer, since=MONDAY)
    refused(OwnShop, lambda: table.open())
    table.open(actor=second)


def test_who_became_the_shops_own_binds_neither_side() -> None:
    """The officer who offered, or the requester, joined the shop (or another of its owner) since."""
    table = make_talk()
    sister = make.make_seller(owner=table.seller.owner)
    tie = SellerMember.objects.create(seller=sister, user=table.officer, since=MONDAY)
    refused(NotAllowed, lambda: table.accept(table.shopkeeper), "own_shop")
    tie.delete()
    SellerMember.objects.create(seller=table.seller, user=table.office.requester, since=MONDAY)
    refused(NotAllowed, lambda: table.accept(table.shopkeeper), "own_shop")
    refused(NotAllowed, lambda: table.accept(table.office.requester), "own_shop")
    assert now_of(table.request).total == 1_010_000


def test_a_shop_that_may_not_sell_agrees_to_nothing_but_may_refuse() -> None:
    table = make_talk()
    put(table.seller, SellerState.FROZEN)
    refused(RuleBroken, lambda: table.accept(table.shopkeeper), "not_for_sale")
    refused(RuleBroken, lambda: table.counter(table.shopkeeper), "not_for_sale")
    table.refuse(table.shopkeeper)
    assert table.talk.state == "refused"


def test_goods_taken_off_the_market_are_not_agreed() -> None:
    table = make_talk()
    put(table.product, ProductState.HIDDEN)
    refused(RuleBroken, lambda: table.accept(table.shopkeeper), "not_for_sale")


def test_after_the_hold_nothing_is_agreed() -> None:
    table = make_talk("with_buyer")
    until = table.request.held_until
    refused(RuleBroken, lambda: table.accept(table.officer, now=until), "hold_over")
    refused(RuleBroken, lambda: table.counter(table.officer, now=until), "hold_over")


# --- Once ---


def test_a_key_acts_once() -> None:
    table = make_table()
    key = new_key()
    first = table.open(key=key)
    assert table.open(key=key).pk == first.pk
    refused(KeyReused, lambda: table.open(table.terms(80_000), key=key))
    key = new_key()
    table.counter(table.shopkeeper, table.terms(95_000), key=key)
    table.counter(table.shopkeeper, table.terms(95_000), key=key)
    assert table.talk.rounds.count() == 3
    key = new_key()
    number = 2
    table.accept(table.officer, key=key, round_number=number)
    table.accept(table.officer, key=key, round_number=number)
    assert now_of(table.request).total == 960_000
    balanced()


def test_an_offer_that_is_not_the_last_is_not_agreed() -> None:
    table = make_talk("with_buyer")
    table.counter(table.officer, table.terms(91_000))
    refused(InvalidMove, lambda: table.accept(table.shopkeeper, round_number=1))


def test_what_the_approver_saw_before_is_not_approved() -> None:
    table = make_talk()
    shown = contents.read(now_of(table.request), MONDAY).shown
    refused(RuleBroken, lambda: table.approve(shown=shown), "negotiation_owed")
    table.accept(table.shopkeeper)
    refused(RuleBroken, lambda: table.approve(shown=shown), "request_changed")
    table.approve(shown=contents.read(now_of(table.request), MONDAY).shown)


def test_only_another_moment_is_another_content() -> None:
    table = make_table()
    before = contents.read(now_of(table.request), MONDAY).shown
    table.open(table.terms(100_000, deliver_at=table.terms().deliver_at - DAY))
    table.accept(table.shopkeeper)
    assert contents.read(now_of(table.request), MONDAY).shown != before


# --- Where there is one seller alone ---


@pytest.mark.parametrize("end", ["agreed", "refused", "silence", "answered"])
def test_with_a_single_seller_it_is_approved_after_a_negotiation_only(office: Office, end: str) -> None:
    table = lone(office)
    refused(RuleBroken, lambda: table.approve(), "negotiation_owed")
    table.open()
    refused(RuleBroken, lambda: table.approve(), "negotiation_owed")
    later = MONDAY + 4 * HOUR
    if end == "agreed":
        table.accept(table.shopkeeper)
    elif end == "refused":
        table.refuse(table.shopkeeper)
    elif end == "silence":
        later = MONDAY + 30 * HOUR
        table.withdraw(office.pp, now=later)
    else:
        table.counter(table.shopkeeper)
        refused(RuleBroken, lambda: table.approve(), "negotiation_owed")
        table.withdraw(office.pp)
    assert table.approve(now=later).state == "approved"
    balanced()


@pytest.mark.parametrize(("days", "hours"), [(2, ["19 jam"]), (4, [])])
def test_a_draft_says_when_little_is_left_for_a_negotiation_it_needs(
    office: Office, days: int, hours: list[str]
) -> None:
    set_rule("purchase.compare_two_above", 500_000)
    product = make.make_product(price=100_000, lead_days=1)
    request = make_request(office, [(product, 10)], deliver_at=MONDAY + days * DAY)

    def said() -> list[str]:
        held = contents.read(request, MONDAY)
        return negotiation_notes(request, held, sheets.draw(request, held, MONDAY), MONDAY)

    assert len(said()) == len(hours) and all(text in note for text, note in zip(hours, said(), strict=True))
    make.make_product(price=110_000, category=product.category)
    assert said() == []


def test_another_sending_is_negotiated_anew(office: Office) -> None:
    table = lone(office)
    table.open()
    table.refuse(table.shopkeeper)
    decisions.send_back_request(actor=office.pp, request=table.request, note="Ubah", now=MONDAY + 4 * HOUR)
    table.request = decisions.submit_request(
        actor=office.requester, request=table.request, key=new_key(), now=MONDAY + 5 * HOUR
    )
    refused(RuleBroken, lambda: table.approve(now=MONDAY + 6 * HOUR), "negotiation_owed")


def test_with_another_owner_able_nobody_must_negotiate(office: Office) -> None:
    set_rule("purchase.compare_two_above", 500_000)
    product = make.make_product(price=100_000)
    make.make_product(price=110_000, category=product.category)
    table = make_table(office, product)
    assert table.approve().state == "approved"


def test_the_approver_reads_what_is_owed_and_what_came_of_it(office: Office) -> None:
    from procurement.negotiations import results
    from procurement.requests import refusals

    table = lone(office)

    def told() -> tuple[list[str], list[str]]:
        """What is in the way of the approval, and what is only to be weighed."""
        request = now_of(table.request)
        held, sheet = contents.read(request, MONDAY), sheets.kept(request)
        negotiated = results.of_request(request)
        in_the_way = refusals.to_approve(
            request, held, dropped={}, outcomes={}, findings=[], sheet=sheet, negotiated=negotiated, signed=[],
            office="pp", note="", now=MONDAY + HOUR,
        )  # fmt: skip
        weighed = comparison.warnings(request, held, sheet, MONDAY + HOUR, negotiated)
        return [one.text for one in in_the_way], [row["text"] for row in weighed]

    (owed,), _weighed = told()
    assert "wajib dinegosiasikan dahulu" in owed
    table.open()
    (runs,), _weighed = told()
    assert "masih berjalan" in runs
    table.accept(table.shopkeeper)
    in_the_way, weighed = told()
    assert in_the_way == []
    assert any("sudah dinegosiasikan" in text for text in weighed)
    assert not any("naik menjadi" in text for text in weighed)


# --- Told, and kept ---


def test_each_side_hears_of_an_offer_of_its_end_and_of_silence() -> None:
    table = make_talk()
    kinds = lambda person: list(  # noqa: E731
        Notification.objects.filter(person=person, kind__startswith="negotiation")
        .order_by("pk")
        .values_list("kind", flat=True)
    )
    assert kinds(table.shopkeeper) == ["negotiation.asked_seller"]
    due = table.talk.due_at
    assert due is not None
    assert reminders.remind_ahead(now=due - timedelta(hours=3)) == 0
    assert reminders.remind_ahead(now=due - timedelta(minutes=30)) == 1
    assert reminders.remind_ahead(now=due - timedelta(minutes=20)) == 0
    assert kinds(table.shopkeeper)[1:] == ["negotiation.answer_near"]
    for _n in range(2):
        reminders.remind_ahead(now=due)
    assert kinds(table.officer) == ["negotiation.silent"]
    table.accept(table.shopkeeper, now=due + HOUR)  # late, and the department has not stopped
    assert not Notification.objects.filter(person=table.shopkeeper, read_at=None).exists()
    assert kinds(table.officer)[1:] == ["negotiation.agreed"]
    assert kinds(table.office.requester) == ["negotiation.agreed"]


def test_rounds_are_written_once() -> None:
    table = make_talk()
    for name in ("negotiationround", "roundprice", "negotiationevent"):
        for sql in ("DELETE FROM procurement_%s", "UPDATE procurement_%s SET id = id + 1000"):
            with pytest.raises(InternalError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql % name)
    assert table.talk.rounds.count() == 2
