"""One request on several budget lines: each of its goods is held, bound, given back and paid on its own line."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epeken.core.errors import InvalidMove, RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.audit import checks as audit
from orders.billing import charges as of_papers
from orders.billing.models import Invoice
from orders.deliveries import services as deliveries
from orders.orders.models import Order
from orders.orders.services import agreement, completion, replacing
from orders.orders.states import CloseReason
from procurement.budgets import charges
from procurement.budgets.models import Account, BudgetLine
from procurement.guards import about
from procurement.guards.concerns import concerns
from procurement.guards.models import AccountGoods, GuardFinding
from procurement.guards.states import GuardKind
from procurement.negotiations.services import rounds
from procurement.negotiations.terms import part_of, terms_of
from procurement.requests import contents, obstacles
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.services import copies, decisions, drafts, holds
from procurement.sourcing import services as sourcing
from procurement.sourcing.replacements import replacements_of
from tests.factories import orders as make_orders
from tests.factories import umkm as make
from tests.factories.orders import accepted, arrived, inspected, pay, shipped, taken_over
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_frame, make_line, make_request, set_ceiling
from tests.factories.remedies import decided, deduction
from tests.factories.rules import set_rule
from tests.orders.books import balanced, refused
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db
FOOD, PAPER, FEE = 1_000_000, 100_000, 10_000


class Meeting:
    """Food and paper of one shop that asks for delivery, and paper of another; the paper is another account's."""

    def __init__(self, *, pagu: int = 50_000_000, of_one_kind: bool = False) -> None:
        self.office = Office()
        other = Account.objects.create(code="5.1.02.99.99.0001", name="Belanja Contoh")  # no guard knows it
        self.second = make_line(self.office.agency, account=other, activity_name="Cetak dan alat tulis", pagu=pagu)
        self.shop = make.make_seller(delivery_fee=FEE)
        self.food = make.make_product(self.shop, price=100_000)
        kind = {"category": self.food.category} if of_one_kind else {}
        self.paper = make.make_product(self.shop, price=20_000, **kind)

    def request(self, state: str = "draft", goods: Any = None, **over: Any) -> PurchaseRequest:
        goods = goods or [(self.food, 10), (self.paper, 5)]
        charged = over.pop("charged", {self.paper: self.second})
        return make_request(self.office, goods, state=state, charged=charged, **over)

    def order(self, **over: Any) -> Order:
        self.request("ordered", **over)
        return Order.objects.latest("pk")

    def reserved(self) -> tuple[int, int]:
        return self._figures("reserved")

    def committed(self) -> tuple[int, int]:
        return self._figures("committed")

    def realised(self) -> tuple[int, int]:
        return self._figures("realised")

    def _figures(self, name: str) -> tuple[int, int]:
        main, second = (BudgetLine.objects.get(pk=line.pk) for line in (self.office.line, self.second))
        return getattr(main, name), getattr(second, name)


@pytest.fixture
def meeting(db: None) -> Meeting:
    return Meeting()


def test_from_draft_to_paid_each_line_bears_its_goods(meeting: Meeting) -> None:
    request = meeting.request("submitted")
    assert meeting.reserved() == (FOOD + FEE, PAPER)
    decisions.approve_request(
        actor=meeting.office.pp, request=request, dropped={}, note="", key=new_key(), now=MONDAY + HOUR
    )
    (order,) = agreement.issue_orders(actor=meeting.office.pp, request=request, key=new_key(), now=MONDAY + HOUR)
    assert (meeting.reserved(), meeting.committed()) == ((0, 0), (FOOD + FEE, PAPER))
    order = make_orders.cleared(meeting.office, order)  # type: ignore[arg-type]
    pay(meeting.office, order)  # type: ignore[arg-type]
    assert (meeting.committed(), meeting.realised()) == ((0, 0), (FOOD + FEE, PAPER))
    invoice = Invoice.objects.get(order=order)
    entries = meeting.second.entries.filter(document=invoice.number)
    assert [(entry.reference, entry.realised_delta) for entry in entries] == [(order.number, PAPER)]
    balanced()


def test_delivery_goes_with_the_main_line_else_with_the_first_goods(meeting: Meeting) -> None:
    far = make.make_seller(delivery_fee=7_000)
    pens, ink = make.make_product(far, price=1_000), make.make_product(far, price=90_000)
    third = make_line(meeting.office.agency, activity_name="Alat kantor")
    request = meeting.request(
        goods=[(meeting.food, 10), (pens, 10), (ink, 10)], charged={pens: meeting.second, ink: third}
    )
    held = contents.read(request, MONDAY)
    assert held.charges == {
        meeting.office.line.pk: FOOD + FEE,
        meeting.second.pk: 10_000 + 7_000,
        third.pk: 900_000,
    }
    assert sum(held.charges.values()) == held.total
    assert next(charge.line for charge in held.charged(request.line)) == meeting.office.line


def test_the_line_that_is_short_is_named_with_its_figures() -> None:
    meeting = Meeting(pagu=PAPER - 1)
    request = meeting.request()
    problem = refused(
        RuleBroken,
        lambda: decisions.submit_request(actor=meeting.office.requester, request=request, key=new_key(), now=MONDAY),
        "budget_short",
    )
    assert f"{meeting.second.account_id} Cetak dan alat tulis tinggal Rp99.999" in problem.message
    assert "dibebankan ke sana Rp100.000: kurang Rp1" in problem.message


def test_a_second_line_that_ran_short_since_the_draft_stops_the_sending(meeting: Meeting) -> None:
    mine, other = meeting.request(), meeting.request()
    meeting.second.refresh_from_db()
    set_ceiling(meeting.second, PAPER)
    decisions.submit_request(actor=meeting.office.requester, request=other, key=new_key(), now=MONDAY)
    submit = lambda: decisions.submit_request(  # noqa: E731
        actor=meeting.office.requester, request=mine, key=new_key(), now=MONDAY
    )
    refused(RuleBroken, submit, "budget_short")
    drafts.charge_goods(actor=meeting.office.requester, request=mine, payers={meeting.paper.pk: None}, now=MONDAY)
    submit()
    assert meeting.reserved() == (2 * (FOOD + FEE) + PAPER, PAPER)


@pytest.mark.parametrize("over", [{"rup_id": ""}, {"year": 2027}])
def test_every_line_that_pays_must_be_spendable(meeting: Meeting, over: dict[str, Any]) -> None:
    BudgetLine.objects.filter(pk=meeting.second.pk).update(**over)
    request = meeting.request()
    problem = refused(
        RuleBroken,
        lambda: decisions.submit_request(actor=meeting.office.requester, request=request, key=new_key(), now=MONDAY),
        "no_rup" if "rup_id" in over else "budget_year",
    )
    assert problem.message.startswith(f"{meeting.second}: ")


def test_what_falls_through_is_free_on_both_lines(meeting: Meeting) -> None:
    note = {"actor": meeting.office.pp, "note": "Digabung", "now": MONDAY + HOUR}
    for act in (
        lambda request: decisions.reject_request(request=request, **note),
        lambda request: decisions.send_back_request(request=request, **note),
        lambda request: decisions.withdraw_request(actor=meeting.office.requester, request=request, now=MONDAY + HOUR),
        lambda request: holds.lapse_request(request=request, now=request.held_until),
    ):
        request = meeting.request("submitted")
        act(request)
        assert meeting.reserved() == (0, 0)
    balanced()


def test_dropped_goods_free_their_line_and_their_delivery_moves(meeting: Meeting) -> None:
    request = meeting.request("submitted")
    food = request.lines.get(product=meeting.food)
    decisions.approve_request(
        actor=meeting.office.pp, request=request, dropped={food.pk: "Sudah ada"}, note="", key=new_key(),
        now=MONDAY + HOUR,
    )  # fmt: skip
    assert meeting.reserved() == (0, PAPER + FEE)
    balanced()
    (order,) = agreement.issue_orders(actor=meeting.office.pp, request=request, key=new_key(), now=MONDAY + HOUR)
    assert (meeting.committed(), order.delivery_charged_to) == ((0, PAPER + FEE), meeting.second)
    balanced()


def test_dropping_is_refused_where_the_delivery_no_longer_fits() -> None:
    meeting = Meeting(pagu=PAPER + FEE - 1)
    request = meeting.request("submitted")
    food = request.lines.get(product=meeting.food)
    refused(
        RuleBroken,
        lambda: decisions.approve_request(
            actor=meeting.office.pp, request=request, dropped={food.pk: "Sudah ada"}, note="", key=new_key(),
            now=MONDAY + HOUR,
        ),
        "budget_short",
    )  # fmt: skip


def test_a_negotiated_price_frees_its_own_line(meeting: Meeting) -> None:
    request = meeting.request("submitted")
    held = contents.read(request, MONDAY)
    terms = terms_of(request, part_of(held, meeting.shop))
    asked = replace(terms, prices={**terms.prices, meeting.paper.pk: 15_000})
    negotiation = rounds.open_negotiation(
        actor=meeting.office.pp, request=request, seller=meeting.shop, terms=asked, words="", key=new_key(),
        now=MONDAY + HOUR,
    )  # fmt: skip
    rounds.accept_offer(
        actor=meeting.shop.members.order_by("pk")[0].user, negotiation=negotiation, round_number=1, key=new_key(),
        now=MONDAY + 2 * HOUR,
    )  # fmt: skip
    assert meeting.reserved() == (FOOD + FEE, 75_000)
    balanced()


def test_a_declined_order_frees_both_and_the_next_draft_keeps_the_charges(meeting: Meeting) -> None:
    order = meeting.order()
    agreement.close_order(
        actor=make_orders.member_of(order), order=order, reason=CloseReason.SELLER_DECLINED, note="Tutup",
        now=MONDAY + 2 * HOUR,
    )  # fmt: skip
    assert (meeting.committed(), meeting.reserved()) == ((0, 0), (0, 0))
    assert order.request is not None
    again = copies.copy_request(
        actor=meeting.office.requester, request=order.request, sellers=order.request.sellers.all(), deliver_at=None,
        event_at=None, now=MONDAY + 3 * HOUR,
    )  # fmt: skip
    assert again.lines.get(product=meeting.paper).charged_to == meeting.second
    balanced()


def decline(order: Order) -> RequestSeller:
    agreement.close_order(
        actor=make_orders.member_of(order), order=order, reason=CloseReason.SELLER_DECLINED, note="Tutup",
        now=MONDAY + 2 * HOUR,
    )  # fmt: skip
    return RequestSeller.objects.get(request=order.request, seller=order.seller)


def next_shop(meeting: Meeting, *, food: int = 100_000, paper: int = 20_000) -> Seller:
    """Sells goods of the same names at these prices, with the same delivery cost."""
    shop = make.make_seller(delivery_fee=FEE)
    for product, price in ((meeting.paper, paper), (meeting.food, food)):
        make.make_product(shop, name=product.name, category=product.category, unit=product.unit, price=price)
    return shop


@pytest.mark.parametrize("of_one_kind", [False, True])
@pytest.mark.parametrize(("food", "paper"), [(100_000, 20_000), (99_999, 15_000), (90_000, 1)])
def test_the_next_seller_is_charged_as_the_first_was(food: int, paper: int, of_one_kind: bool) -> None:
    meeting = Meeting(of_one_kind=of_one_kind)
    order = meeting.order()
    part = decline(order)
    shop = next_shop(meeting, food=food, paper=paper)
    made = replacing.reissue_part(actor=meeting.office.pp, part=part, seller=shop, key=new_key(), now=MONDAY + 3 * HOUR)
    assert made.request is not None
    payers = {line.name: line.charged_to for line in made.request.lines.all()}
    assert payers == {meeting.food.name: None, meeting.paper.name: meeting.second}
    assert (meeting.reserved(), meeting.committed()) == ((0, 0), (10 * food + FEE, 5 * paper))
    balanced()
    pay(meeting.office, make_orders.cleared(meeting.office, made))  # type: ignore[arg-type]
    assert (meeting.committed(), meeting.realised()) == ((0, 0), (10 * food + FEE, 5 * paper))
    balanced()


def test_a_line_that_would_bear_more_needs_an_approval(meeting: Meeting) -> None:
    part = decline(meeting.order())
    shop = next_shop(meeting, food=90_000, paper=20_001)  # less in all
    problem = refused(
        RuleBroken,
        lambda: replacing.reissue_part(
            actor=meeting.office.pp, part=part, seller=shop, key=new_key(), now=MONDAY + 3 * HOUR
        ),
        "approval_needed",
    )
    assert "Rp20.001" in problem.message
    assert (meeting.reserved(), meeting.committed()) == ((0, 0), (0, 0))


def test_no_shop_is_proposed_whose_goods_cannot_be_told_apart() -> None:
    """Both goods are of one kind; only a name says which budget line pays."""
    meeting = Meeting(of_one_kind=True)
    part = decline(meeting.order())
    shop = make.make_seller(delivery_fee=FEE)
    for name in (meeting.food.name, "Lain"):
        make.make_product(shop, name=name, category=meeting.food.category, unit=meeting.food.unit, price=10_000)
    assert replacements_of(part.request, part, MONDAY + 3 * HOUR) == []


def test_the_rest_that_never_came_is_free_on_its_line(meeting: Meeting) -> None:
    order = accepted(meeting.order())
    paper, food = (order.lines.get(product=product) for product in (meeting.paper, meeting.food))
    delivery = arrived(shipped(order, sent={paper.pk: paper.quantity, food.pk: Decimal(0)}), meeting.office.receiver)
    inspected(delivery, meeting.office.receiver)
    deliveries.sign_bast(
        actor=meeting.office.receiver, delivery=delivery, office_number="", now=MONDAY + DAY + 3 * HOUR
    )
    order.refresh_from_db()
    assert order.rest_due_at is not None
    completion.close_rest(actor=None, order=order, note="", now=order.rest_due_at)
    # The delivery cost stays where it was issued, though no goods of that line came.
    assert meeting.committed() == (FEE, PAPER)
    balanced()


def test_part_of_the_goods_accepted_leaves_so_much_on_each_line(meeting: Meeting) -> None:
    taken_over(meeting.office, meeting.order(), accept=4)  # type: ignore[arg-type]
    assert meeting.committed() == (400_000 + FEE, 80_000)
    balanced()


@pytest.mark.parametrize("off", [1, 100_001, 600_000, FOOD + PAPER + FEE])
def test_a_decided_complaint_lowers_each_line_by_its_share(meeting: Meeting, off: int) -> None:
    order = taken_over(meeting.office, meeting.order())  # type: ignore[arg-type]
    for amount in filter(None, (off // 3, off - off // 3)):
        decided(order, meeting.office.receiver, deduction(order, amount))
        order.refresh_from_db()
    invoice = Invoice.objects.get(order=order)
    found = of_papers.of_invoice_read(order, invoice)
    assert sum(found.values()) == invoice.gross == FOOD + PAPER + FEE - off
    bound = meeting.committed()
    assert bound == (found.get(meeting.office.line.pk, 0), found.get(meeting.second.pk, 0))
    assert abs(bound[1] * (FOOD + PAPER + FEE) - PAPER * sum(bound)) <= (FOOD + PAPER + FEE)
    balanced()


def test_the_audit_sees_a_rupiah_on_the_wrong_line(meeting: Meeting) -> None:
    order = meeting.order()
    order.lines.filter(product=meeting.paper).update(charged_to=None)
    found = {check.code: check.rows() for check in audit.checks() if check.code in ("budget_documents", "charges")}
    assert {row.what for row in found["budget_documents"]} == {
        f"budget line {line.pk}" for line in (meeting.office.line, meeting.second)
    }
    order.lines.filter(product=meeting.paper).update(charged_to=make_line())
    assert len(next(check for check in audit.checks() if check.code == "charges").rows()) == 1


def test_goods_are_charged_by_their_requester_to_lines_of_the_department_only(meeting: Meeting) -> None:
    draft = meeting.request(charged={})
    charge = lambda payer, **over: drafts.charge_goods(  # noqa: E731
        actor=meeting.office.requester, request=draft, payers={meeting.paper.pk: payer}, now=MONDAY, **over
    )
    refused(RuleBroken, lambda: charge(make_line()), "other_agency")
    refused(
        RuleBroken,
        lambda: drafts.charge_goods(
            actor=meeting.office.requester, request=draft, payers={make.make_product().pk: None}, now=MONDAY
        ),
        "request_changed",
    )
    charge(meeting.office.line)
    assert draft.lines.get(product=meeting.paper).charged_to is None  # its own line is no other
    charge(meeting.second)
    before = contents.read(draft, MONDAY).shown
    charge(None)
    assert contents.read(draft, MONDAY).shown != before
    sent = meeting.request("submitted")
    refused(
        InvalidMove,
        lambda: drafts.charge_goods(
            actor=meeting.office.requester, request=sent, payers={meeting.paper.pk: None}, now=MONDAY
        ),
    )


def test_a_page_that_showed_other_charges_sends_nothing(meeting: Meeting) -> None:
    draft = meeting.request()
    shown = contents.read(draft, MONDAY).shown
    drafts.charge_goods(actor=meeting.office.requester, request=draft, payers={meeting.paper.pk: None}, now=MONDAY)
    refused(
        RuleBroken,
        lambda: decisions.submit_request(
            actor=meeting.office.requester, request=draft, key=new_key(), now=MONDAY, shown=shown
        ),
        "request_changed",
    )


def test_goods_that_replace_others_are_charged_as_those_were(meeting: Meeting) -> None:
    draft = meeting.request()
    by = make.make_product(category=meeting.paper.category, price=19_000)
    line = sourcing.replace_line(
        actor=meeting.office.requester, request=draft, product=meeting.paper, by=by, now=MONDAY
    )
    assert line.charged_to == meeting.second
    repeated = copies.repeat_request(
        actor=meeting.office.requester, request=meeting.request("rejected"), now=MONDAY + DAY
    )
    assert repeated.lines.get(product=meeting.paper).charged_to == meeting.second


def test_no_frame_covers_goods_of_another_line(meeting: Meeting) -> None:
    make_frame(meeting.office, products=[meeting.food, meeting.paper])
    request = meeting.request("submitted")
    assert (request.state, request.frame) == ("submitted", None)
    assert "mata anggaran lain" in request.events.get(action="submit").note
    inside = meeting.request("submitted", charged={})
    assert inside.state == "approved"
    balanced()


def test_an_account_is_asked_for_its_own_goods(meeting: Meeting) -> None:
    account, other = meeting.office.line.account, meeting.second.account
    AccountGoods.objects.filter(account__in=[account, other]).delete()
    unlike = make.make_product(price=1_000)
    for payer, goods in ((account, meeting.food), (other, unlike)):
        AccountGoods.objects.create(account=payer, category=goods.category, valid_from="2026-01-01", source="Contoh")
    draft = meeting.request()
    kinds = lambda: {  # noqa: E731
        (one.key, one.parameters["account"])
        for one in concerns(draft, contents.read(draft, MONDAY), MONDAY)
        if one.kind == GuardKind.ACCOUNT
    }
    assert kinds() == {(f"account-{meeting.paper.category_id}-{other.pk}", other.pk)}
    drafts.charge_goods(actor=meeting.office.requester, request=draft, payers={meeting.paper.pk: None}, now=MONDAY)
    assert kinds() == {(f"account-{meeting.paper.category_id}", account.pk)}


def test_a_split_is_counted_on_the_account_that_pays(meeting: Meeting) -> None:
    set_rule("purchase.compare_two_above", 150_000)
    set_rule("purchase.pp_limit", 150_000)
    earlier = meeting.request("submitted", goods=[(meeting.paper, 5)])
    other = make.make_product(meeting.shop, price=1_000, category=meeting.paper.category)  # on the main account
    draft = meeting.request(goods=[(meeting.paper, 5), (other, 1)])
    found = {one.key: one for one in concerns(draft, contents.read(draft, MONDAY), MONDAY)}
    goods = contents.kind_of(meeting.paper)
    one = found[f"goods-{goods}-{meeting.second.account_id}"]
    finding = GuardFinding(pk=1, kind=one.kind, key=one.key, parameters=one.parameters, chosen_at=MONDAY)
    assert [line.name for line in about.lines_of(finding, list(draft.lines.all()))] == [meeting.paper.name]
    others = about.others_of([finding], list(draft.lines.all()))
    (said,) = others[1]
    assert said["number"] == earlier.number
    part = f"{earlier.title}, {rupiah(earlier.lines.get().amount)} untuk barang sejenis, tanpa ongkir, "
    assert said["text"].startswith(part) and meeting.shop.name in said["text"]


def test_lines_that_change_while_the_budget_is_locked_stop_the_act(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = meeting.request()
    read = holds._charged

    def charged(request: PurchaseRequest) -> set[int]:
        found = read(request)
        draft.lines.filter(product=meeting.paper).update(charged_to=None)  # between the two reads
        return found

    monkeypatch.setattr(holds, "_charged", charged)
    with pytest.raises(InvalidMove):
        decisions.submit_request(actor=meeting.office.requester, request=draft, key=new_key(), now=MONDAY)


def test_what_is_short_is_asked_of_the_head_for_each_line() -> None:
    meeting = Meeting(pagu=1)
    draft = meeting.request()
    assert [charge.line for charge in obstacles.shortages(draft, contents.read(draft, MONDAY))] == [meeting.second]
    drafts.ask_head(actor=meeting.office.requester, request=draft, now=MONDAY)
    told = Notification.objects.get(person=meeting.office.head)
    assert told.parameters["account"] == meeting.second.account_id
    assert told.parameters["total"] == PAPER


CHARGED = st.dictionaries(st.integers(1, 6), st.integers(1, 10**9), min_size=1, max_size=6)


@given(CHARGED, st.data())
def test_what_is_taken_off_is_shared_and_never_given_back(found: dict[int, int], data: st.DataObject) -> None:
    full = charges.added([found])
    total = sum(full.values())
    less, more = sorted(data.draw(st.integers(0, total)) for _n in range(2))
    before, after = charges.lowered(full, less), charges.lowered(full, more)
    assert (sum(before.values()), sum(after.values())) == (total - less, total - more)
    assert all(0 < amount <= before[pk] <= full[pk] for pk, amount in after.items())


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 10**6)), max_size=6), st.integers(0, 10**5))
def test_a_part_puts_all_it_costs_on_some_line(goods: list[tuple[int, int]], cost: int) -> None:
    found = charges.of_part(goods, cost, main=2)
    assert sum(found.values()) == (sum(amount for _pk, amount in goods) + cost if goods else 0)
    assert list(found) == sorted(found)
