"""What the head signs beforehand: what is inside needs no other approval, what is outside goes the usual way."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import KeyReused, new_key
from epeken.core.states import move
from epeken.notifications.models import Notification
from epeken.site.audit.checks import run
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.orders.services import agreement, framed, replacing
from procurement.agencies.models import AgencyMember
from procurement.budgets import services as budgets
from procurement.frames import fit, pages, services, terms
from procurement.frames.models import ApprovalFrame
from procurement.frames.states import FRAME
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, drafts, holds
from procurement.requests.states import RequestState
from tests.factories import orders as making
from tests.factories import remedies as mend
from tests.factories import umkm as make
from tests.factories.procurement import (
    DAY,
    HOUR,
    MONDAY,
    Office,
    make_agency,
    make_frame,
    make_line,
    make_officer,
    make_request,
)
from tests.factories.rules import set_rule
from tests.factories.standards import make_standard
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue.states import Unit

pytestmark = pytest.mark.django_db
LATER = MONDAY + 2 * HOUR
WHOLE = 5_000_000  # the amount of a frame unless told otherwise
TEN = 1_010_000  # ten boxes at Rp100.000 and their delivery


def books() -> None:
    """Ledgers, frames and documents agree, by the same questions the audit asks."""
    balanced()
    wrong = [f"{found.check.code}: {row.what}: {row.detail}" for found in run() for row in found.findings
             if found.check.number in (2, 5)]  # fmt: skip
    assert wrong == []


def send(office: Office, request: PurchaseRequest, now: Any = MONDAY, **more: Any) -> PurchaseRequest:
    sent = decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now, **more)
    return PurchaseRequest.objects.get(pk=sent.pk)


def boxes(**over: Any) -> Any:
    return make.make_product(**{"price": 100_000, "unit": Unit.BOX, **over})


def why_not(request: PurchaseRequest, now: Any = MONDAY) -> str:
    """What the page would say."""
    request = PurchaseRequest.objects.get(pk=request.pk)
    found = fit.find(request, contents.read(request, now), now)
    assert found is not None
    return found.why_not


# --- signing ---


def test_a_frame_gives_no_more_than_is_left_whatever_was_asked_before(office: Office) -> None:
    """Also where the line holds enough for others: the last word is the frame's own."""
    goods = boxes()
    frame = make_frame(office, products=[goods])
    other = make_frame(office, products=[boxes()])
    services.draw(frame=frame, line=office.line, amount=WHOLE, actor=office.requester, now=MONDAY)
    with pytest.raises(RuleBroken) as refusal:
        services.draw(frame=frame, line=office.line, amount=1, actor=office.requester, now=MONDAY)
    assert refusal.value.code == "frame_short"
    other.refresh_from_db()
    assert (other.drawn, other.left) == (0, WHOLE)


def test_one_decree_has_one_day(office: Office) -> None:
    """Several frames of one decree are signed on its day, none on another."""
    first, same, late = (make_frame(office, products=[boxes()], state="proposed") for _n in range(3))
    sign = {"actor": office.head, "decree": "188/1"}
    services.sign_frame(**sign, frame=first, key=new_key(), now=LATER)
    services.sign_frame(**sign, frame=same, key=new_key(), now=LATER)
    refused(
        RuleBroken,
        lambda: services.sign_frame(**sign, frame=late, key=new_key(), now=LATER + timedelta(days=1)),
        "decree_dated",
    )


def test_frame_reserves_its_amount_when_it_is_signed(office: Office) -> None:
    goods = boxes()
    proposed = make_frame(office, products=[goods], state="proposed")
    assert (proposed.state, office.line.reserved) == ("proposed", 0)
    frame = services.sign_frame(actor=office.head, frame=proposed, decree=" 188/1 ", key=new_key(), now=LATER)
    office.line.refresh_from_db()
    assert (frame.state, frame.signer, frame.decree, frame.left) == ("signed", office.head, "188/1", WHOLE)
    assert office.line.reserved == WHOLE
    books()


def test_frame_is_signed_once_per_key(office: Office) -> None:
    frame, key = make_frame(office, products=[boxes()], state="proposed"), new_key()
    for _click in range(2):
        services.sign_frame(actor=office.head, frame=frame, decree="1", key=key, now=LATER)
    office.line.refresh_from_db()
    assert office.line.reserved == WHOLE
    with pytest.raises(KeyReused):
        services.sign_frame(actor=office.head, frame=frame, decree="2", key=key, now=LATER)


def test_frame_is_proposed_once_per_key(office: Office) -> None:
    key, goods = new_key(), services.AllowedGoods(price_limit=1, product=boxes())
    values: dict[str, Any] = {
        "actor": office.pp, "agency": office.agency, "title": "Rapat", "line": office.line, "amount": 10,
        "order_limit": 10, "valid_from": MONDAY.date(), "valid_until": (MONDAY + 6 * DAY).date(), "goods": [goods],
        "sellers": [], "is_issued_at_once": False, "key": key, "now": MONDAY,
    }  # fmt: skip
    assert services.propose_frame(**values) == services.propose_frame(**values)
    assert ApprovalFrame.objects.count() == 1


@pytest.mark.parametrize("role", ["requester", "pp", "ppk", "receiver", "treasurer"])
def test_frame_is_signed_by_the_head_alone(office: Office, role: str) -> None:
    frame = make_frame(office, products=[boxes()], state="proposed")
    actor = getattr(office, role)
    refused(NotAllowed, lambda: services.sign_frame(actor=actor, frame=frame, decree="1", key=new_key(), now=LATER))


@pytest.mark.parametrize("role", ["requester", "head", "receiver", "treasurer"])
def test_frame_is_proposed_by_pp_or_ppk(office: Office, role: str) -> None:
    goods = boxes()
    refused(NotAllowed, lambda: make_frame(office, products=[goods], proposer=getattr(office, role), state="proposed"))


def test_frame_of_another_department_is_not_theirs_to_sign(office: Office, other_office: Office) -> None:
    frame = make_frame(office, products=[boxes()], state="proposed")
    head = other_office.head
    refused(NotAllowed, lambda: services.sign_frame(actor=head, frame=frame, decree="1", key=new_key(), now=LATER))


def test_frame_a_head_who_is_ppk_too_does_not_sign_what_they_proposed(office: Office) -> None:
    AgencyMember.objects.create(agency=office.agency, user=office.head, role="ppk", valid_from=MONDAY.date())
    frame = make_frame(office, products=[boxes()], proposer=office.head, state="proposed")
    refused(
        NotAllowed, lambda: services.sign_frame(actor=office.head, frame=frame, decree="1", key=new_key(), now=LATER)
    )


def test_frame_needs_budget_that_is_there(office: Office) -> None:
    goods, other = boxes(), make_line(office.agency, pagu=WHOLE - 1)
    problem = refused(
        RuleBroken, lambda: make_frame(office, products=[goods], line=other, state="proposed"), "budget_short"
    )
    assert problem.field == "amount" and "kurang Rp1." in problem.message
    # What was there when it was proposed may be gone when it is signed.
    frame = make_frame(office, products=[goods], line=make_line(office.agency, pagu=WHOLE), state="proposed")
    planner = make.make_staff("procurement.change_budgetline")
    budgets.revise_ceiling(
        actor=planner, line=frame.line, pagu=WHOLE - 1, decree="DPPA-1", decree_on=MONDAY.date(), now=LATER
    )
    problem = refused(
        RuleBroken,
        lambda: services.sign_frame(actor=office.head, frame=frame, decree="1", key=new_key(), now=LATER),
        "budget_short",
    )
    assert "kurang Rp1." in problem.message


def test_frame_its_amount_holds_the_ceiling(office: Office) -> None:
    make_frame(office, products=[boxes()])
    planner = make.make_staff("procurement.change_budgetline")
    revise = lambda pagu: budgets.revise_ceiling(  # noqa: E731
        actor=planner, line=office.line, pagu=pagu, decree="DPPA-1", decree_on=MONDAY.date(), now=LATER
    )
    problem = refused(RuleBroken, lambda: revise(WHOLE - 1), "ceiling_refused")
    assert "Rp5.000.000" in problem.message
    revise(WHOLE)
    books()


PROPOSAL_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"title": " "}, "title_missing"),
    ({"valid_until": date(2026, 9, 12)}, "frame_short_time"),
    ({"valid_from": date(2026, 9, 20), "valid_until": date(2026, 9, 12)}, "dates"),
    ({"valid_from": date(2026, 8, 1), "valid_until": date(2026, 9, 20)}, "frame_before_today"),
    ({"valid_from": date(2026, 12, 20), "valid_until": date(2027, 1, 5)}, "budget_year"),
    ({"valid_from": date(2027, 1, 2), "valid_until": date(2027, 1, 9)}, "budget_year"),
    ({"amount": 0}, "amount"),
    ({"order_limit": 0}, "amount"),
    ({"order_limit": WHOLE + 1}, "order_limit"),
    ({"price_limit": 0}, "price_missing"),
]


@pytest.mark.parametrize(("over", "code"), PROPOSAL_FAULTS)
def test_frame_proposal_faults(office: Office, over: dict[str, Any], code: str) -> None:
    set_rule("purchase.frame_least_days", 7)
    goods = boxes()
    refused(RuleBroken, lambda: make_frame(office, products=[goods], state="proposed", **over), code)


def test_frame_of_exactly_the_least_days(office: Office) -> None:
    assert make_frame(office, products=[boxes()], valid_until=date(2026, 9, 13)).state == "signed"


def test_frame_names_goods_once_and_some(office: Office) -> None:
    goods = boxes()
    refused(RuleBroken, lambda: make_frame(office, state="proposed"), "goods_missing")
    refused(RuleBroken, lambda: make_frame(office, products=[goods, goods], state="proposed"), "goods_twice")


def test_frame_spends_its_own_departments_line_with_a_rup_id(office: Office) -> None:
    goods, strange, bare = boxes(), make_line(make_agency()), make_line(office.agency, rup_id=" ")
    refused(RuleBroken, lambda: make_frame(office, products=[goods], line=strange, state="proposed"), "other_agency")
    refused(RuleBroken, lambda: make_frame(office, products=[goods], line=bare, state="proposed"), "no_rup")


def test_frame_above_the_limit_of_the_pp_is_proposed_by_the_ppk(office: Office) -> None:
    set_rule("purchase.pp_limit", WHOLE - 1)
    goods = boxes()
    refused(RuleBroken, lambda: make_frame(office, products=[goods], proposer=office.pp), "frame_office")
    set_rule("purchase.pp_limit", WHOLE)
    assert make_frame(office, products=[goods], proposer=office.pp).proposer_role == "pp"


def test_frame_split_in_two_is_one_before_the_limit_of_the_pp(office: Office) -> None:
    """Two frames of one kind of goods on one account: together they are the PPK's."""
    set_rule("purchase.pp_limit", 2 * WHOLE - 1)
    category = make.make_category()
    make_frame(office, category=category, proposer=office.pp)
    problem = refused(RuleBroken, lambda: make_frame(office, category=category, proposer=office.pp), "frame_office")
    assert "Rp10.000.000 bersama KP-2026-" in problem.message
    far = {"valid_from": date(2026, 11, 20), "valid_until": date(2026, 12, 20)}  # longer apart than the window
    assert make_frame(office, category=category, proposer=office.pp, **far).state == "signed"


def test_frame_that_names_a_shop_of_the_head_is_not_theirs_to_sign(office: Office) -> None:
    goods = boxes()
    make.tie(office.head, goods.seller, "member")
    frame = make_frame(office, products=[goods], sellers=[goods.seller], state="proposed")
    refused(
        RuleBroken,
        lambda: services.sign_frame(actor=office.head, frame=frame, decree="1", key=new_key(), now=LATER),
        "own_shop",
    )


def frame_act(office: Office, frame: ApprovalFrame, action: str) -> Any:
    acts: dict[str, Any] = {
        "sign": lambda: services.sign_frame(actor=office.head, frame=frame, decree="2", key=new_key(), now=LATER),
        "refuse": lambda: services.refuse_frame(actor=office.head, frame=frame, note="Tidak perlu", now=LATER),
        "withdraw": lambda: services.refuse_frame(actor=office.pp, frame=frame, note="Keliru", now=LATER),
        "end": lambda: services.end_frame(actor=office.head, frame=frame, note="Cukup", now=LATER),
    }
    return acts[action]()


@pytest.mark.parametrize("action", sorted(FRAME.actions))
@pytest.mark.parametrize("state", sorted(FRAME.states))
def test_frame_table(office: Office, state: str, action: str) -> None:
    frame = make_frame(office, products=[boxes()], state=state)
    if not FRAME.allows(state, action):
        refused(InvalidMove, lambda: frame_act(office, frame, action))
        return
    frame_act(office, frame, action)
    frame.refresh_from_db()
    last = frame.events.latest("pk")
    assert frame.state == FRAME.table[(state, action)]
    office_of_act = "pp" if action == "withdraw" else "head"
    assert (last.action, last.from_state, last.to_state, last.acted_as) == (action, state, frame.state, office_of_act)
    books()


def test_frame_ends_with_a_reason(office: Office) -> None:
    frame = make_frame(office, products=[boxes()])
    refused(RuleBroken, lambda: services.end_frame(actor=office.head, frame=frame, note=" ", now=LATER), "note_missing")


# --- inside ---


def test_frame_approves_what_is_inside_when_it_is_sent(office: Office) -> None:
    goods = boxes()
    frame = make_frame(office, products=[goods])
    request = send(office, make_request(office, [(goods, 10)]))
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (request.state, request.frame, request.needed_role) == ("approved", frame, "pp")
    assert (request.approver, request.approver_role, request.due_at) == (office.head, "head", request.held_until)
    assert [event.action for event in request.events.order_by("pk")] == ["create", "submit", "approve_by_frame"]
    last = request.events.latest("pk")
    assert (last.actor, last.note) == (None, frame.number)
    assert (frame.drawn, frame.left, office.line.reserved) == (TEN, WHOLE - TEN, WHOLE)
    assert set(Notification.objects.filter(kind="request.to_issue").values_list("person", flat=True)) == {office.pp.pk}
    assert not Notification.objects.filter(kind="request.submitted").exists()
    books()


def test_frame_request_is_issued_by_pp_or_ppk_and_its_order_is_bound(office: Office) -> None:
    goods = boxes()
    make_frame(office, products=[goods])
    request = send(office, make_request(office, [(goods, 10)]))
    issue = lambda actor: agreement.issue_orders(actor=actor, request=request, key=new_key(), now=LATER)  # noqa: E731
    for role in ("requester", "head", "receiver", "treasurer"):
        refused(NotAllowed, lambda role=role: issue(getattr(office, role)))
    issue(office.pp)
    office.line.refresh_from_db()
    assert (office.line.reserved, office.line.committed) == (WHOLE - TEN, TEN)
    books()


def test_frame_needs_no_more_budget_than_it_reserved(office: Office) -> None:
    """The line has nothing left besides the frame."""
    goods = boxes()
    line = make_line(office.agency, pagu=WHOLE)
    make_frame(office, products=[goods], line=line)
    assert send(office, make_request(office, [(goods, 10)], line=line)).state == "approved"
    line.refresh_from_db()
    assert (line.available, line.reserved) == (0, WHOLE)
    books()


def test_frame_by_category_takes_those_below_it(office: Office) -> None:
    parent = make.make_category()
    goods = boxes(category=make.make_category(parent=parent))
    make_frame(office, category=parent, unit=Unit.BOX)
    assert send(office, make_request(office, [(goods, 10)])).state == "approved"


def test_frame_that_ends_first_is_taken_first(office: Office) -> None:
    goods = boxes()
    make_frame(office, products=[goods])
    sooner = make_frame(office, products=[goods], valid_until=date(2026, 9, 20))
    assert send(office, make_request(office, [(goods, 10)])).frame == sooner


# --- outside, by one ---

OUTSIDE: list[tuple[dict[str, Any], int, str]] = [
    ({"price_limit": 99_999}, 10, "paling tinggi Rp99.999"),
    ({"order_limit": TEN - 1}, 10, "lebih Rp1."),
    ({"amount": TEN - 1, "order_limit": TEN - 1}, 10, "sisa kerangka Rp1.009.999: lebih Rp1."),
    ({"valid_from": date(2026, 9, 8)}, 10, "berlaku 8 September 2026"),
    ({"valid_until": date(2026, 9, 16)}, 10, "Barang tiba 17 September 2026"),
]


@pytest.mark.parametrize(("over", "quantity", "said"), OUTSIDE)
def test_frame_outside_by_one_goes_the_usual_way_and_says_why(
    office: Office, over: dict[str, Any], quantity: int, said: str
) -> None:
    goods = boxes()
    frame = make_frame(office, products=[goods], **over)
    request = make_request(office, [(goods, quantity)])
    assert said in why_not(request)
    sent = send(office, request)
    assert (sent.state, sent.frame, sent.approver) == ("submitted", None, None)
    assert sent.events.get(action="submit").note.startswith(f"Di luar kerangka {frame.number}. ")
    assert said in sent.events.get(action="submit").note
    frame.refresh_from_db()
    assert frame.drawn == 0
    books()


INSIDE: list[dict[str, Any]] = [
    {"price_limit": 100_000},
    {"order_limit": TEN},
    {"amount": TEN, "order_limit": TEN},
    {"valid_until": date(2026, 9, 17)},
]


@pytest.mark.parametrize("over", INSIDE)
def test_frame_at_its_very_edge_is_inside(office: Office, over: dict[str, Any]) -> None:
    goods = boxes()
    make_frame(office, products=[goods], **over)
    assert send(office, make_request(office, [(goods, 10)])).state == "approved"


def test_frame_one_piece_more_is_outside(office: Office) -> None:
    goods = boxes()
    make_frame(office, products=[goods], order_limit=TEN)
    assert send(office, make_request(office, [(goods, 11)])).state == "submitted"


def test_frame_in_another_unit_or_of_other_goods(office: Office) -> None:
    category = make.make_category()
    make_frame(office, category=category, unit=Unit.BOX)
    portion, other = boxes(category=category, unit=Unit.PORTION), boxes()
    assert "per porsi tidak ada" in why_not(make_request(office, [(portion, 10)]))
    both = make_request(office, [(boxes(category=category), 5), (other, 5)])
    assert f"{other.name} per kotak tidak ada" in why_not(both)
    alone = make_request(office, [(other, 10)])
    assert fit.find(alone, contents.read(alone, MONDAY), MONDAY) is None


def test_frame_of_other_goods_says_nothing_of_itself(office: Office) -> None:
    make_frame(office, products=[boxes()])
    sent = send(office, make_request(office, [(boxes(), 10)]))
    assert (sent.state, sent.events.get(action="submit").note) == ("submitted", "")


def test_frame_of_another_budget_line_does_not_pay(office: Office) -> None:
    goods = boxes()
    make_frame(office, products=[goods], line=make_line(office.agency))
    assert send(office, make_request(office, [(goods, 10)])).state == "submitted"


def test_frame_with_named_sellers_takes_no_other(office: Office) -> None:
    category = make.make_category()
    named, other = boxes(category=category), boxes(category=category)
    make_frame(office, category=category, sellers=[named.seller])
    assert send(office, make_request(office, [(named, 10)])).state == "approved"
    assert f"{other.seller.name} bukan penjual" in why_not(make_request(office, [(other, 10)]))


@pytest.mark.parametrize("role", ["head", "ppk"])
def test_frame_does_not_cover_a_seller_its_signers_are_tied_to(office: Office, role: str) -> None:
    goods = boxes()
    make_frame(office, products=[goods])
    make.tie(getattr(office, role), goods.seller, "member")
    assert "terkait dengan penjualnya" in why_not(make_request(office, [(goods, 10)]))


@pytest.mark.parametrize("role", ["head", "ppk"])
def test_frame_does_not_cover_requests_of_who_signed_it(office: Office, role: str) -> None:
    goods = boxes()
    make_frame(office, products=[goods])
    actor = getattr(office, role)
    AgencyMember.objects.create(agency=office.agency, user=actor, role="requester", valid_from=MONDAY.date())
    office.requester = actor
    sent = send(office, make_request(office, [(goods, 10)]))
    assert (sent.state, sent.frame) == ("submitted", None)


def test_frame_a_full_seller_refuses_as_always(office: Office) -> None:
    goods = boxes()
    make_frame(office, products=[goods])
    make.make_month(goods.seller, month=MONDAY.date().replace(day=1), used=29_500_000)
    request = make_request(office, [(goods, 10)])
    refused(RuleBroken, lambda: send(office, request), "cap_full")


# --- what an officer would weigh ---


def test_frame_price_above_the_standard_goes_the_usual_way(office: Office) -> None:
    goods = boxes()
    make_frame(office, products=[goods])
    make_standard(goods, 99_999, words="Kotak")
    request = make_request(office, [(goods, 10)])
    assert "standar harga kota" in why_not(request)
    refused(RuleBroken, lambda: send(office, request), "guard_unanswered")


def test_frame_threshold_of_comparison_is_asked_over_the_whole_frame(office: Office) -> None:
    """A request far below the threshold, in a frame above it, is compared; at the threshold it is not."""
    category = make.make_category()
    goods = [boxes(category=category) for _shop in range(3)]
    set_rule("purchase.compare_two_above", WHOLE)
    make_frame(office, category=category)
    first = send(office, make_request(office, [(goods[0], 10)]))
    assert (first.state, first.sheet_number) == ("approved", "")
    set_rule("purchase.compare_two_above", WHOLE - 1)
    second = send(office, make_request(office, [(goods[0], 10)]))
    assert second.state == "approved"
    sheet = second.sheets.get(number=second.sheet_number)
    assert (sheet.asked, sheet.total) == (2, TEN)
    assert sheet.goods.get().offers.count() == 3


def test_frame_dearer_than_another_offer_goes_the_usual_way(office: Office) -> None:
    category = make.make_category()
    dear, _same, _cheap = boxes(category=category), boxes(category=category), boxes(category=category, price=99_000)
    set_rule("purchase.compare_two_above", WHOLE - 1)
    make_frame(office, category=category)
    request = make_request(office, [(dear, 10)])
    assert "bukan yang termurah" in why_not(request)
    sent = send(office, request)
    assert (sent.state, sent.sheet_number) == ("submitted", "")  # by itself it needs no comparison


def test_frame_with_a_single_seller_goes_the_usual_way(office: Office) -> None:
    goods = boxes()
    set_rule("purchase.compare_two_above", WHOLE - 1)
    make_frame(office, products=[goods])
    assert "wajib dinegosiasikan" in why_not(make_request(office, [(goods, 10)]))


def test_frames_split_in_two_are_compared_as_one(office: Office) -> None:
    """Each of two frames is below the threshold, together they are above it."""
    goods = boxes()
    set_rule("purchase.compare_two_above", 2 * WHOLE - 1)
    make_frame(office, products=[goods])
    assert send(office, make_request(office, [(goods, 10)])).state == "approved"
    make_frame(office, category=goods.category)
    assert "wajib dinegosiasikan" in why_not(make_request(office, [(goods, 10)]))


def test_frame_that_ended_counts_with_what_was_bought(office: Office) -> None:
    goods = boxes()
    set_rule("purchase.compare_two_above", WHOLE + TEN - 1)
    ended = make_frame(office, products=[goods])
    send(office, make_request(office, [(goods, 10)]))
    services.end_frame(actor=office.head, frame=ended, note="Diganti", now=LATER)
    make_frame(office, products=[goods])
    assert "wajib dinegosiasikan" in why_not(make_request(office, [(goods, 10)]))
    set_rule("purchase.compare_two_above", WHOLE + TEN)
    assert why_not(make_request(office, [(goods, 10)])) == ""


def test_frame_orders_are_one_purchase_for_the_split_guard(office: Office) -> None:
    """What the frame was compared over is not warned of again; what is bought beside it is."""
    category = make.make_category()
    goods = [boxes(category=category) for _shop in range(4)]
    set_rule("purchase.compare_two_above", 3_000_000)  # three orders of the frame pass it
    frame = make_frame(office, category=category)
    for product in goods[:3]:
        assert send(office, make_request(office, [(product, 9)])).state == "approved"
    set_rule("purchase.compare_two_above", 50_000_000)
    assert send(office, make_request(office, [(goods[3], 34)])).state == "submitted"  # too much at once for the frame
    set_rule("purchase.compare_two_above", 6_000_000)
    assert "Belanja" in why_not(make_request(office, [(goods[0], 9)]))
    assert frame.requests.count() == 3


def test_frame_orders_are_seen_by_the_split_guard_of_others(office: Office) -> None:
    from procurement.guards.concerns import concerns

    goods = boxes()
    make_frame(office, products=[goods], order_limit=1_500_000)
    send(office, make_request(office, [(goods, 10)]))
    set_rule("purchase.compare_two_above", 2_900_000)
    other = make_request(office, [(goods, 20)])
    assert [found.kind for found in concerns(other, contents.read(other, MONDAY), MONDAY)] == [
        "split_goods",
        "split_owner",
    ]


# --- falling through ---


def test_frame_has_it_again_when_its_request_is_withdrawn(office: Office) -> None:
    goods = boxes()
    frame = make_frame(office, products=[goods])
    request = send(office, make_request(office, [(goods, 10)]))
    decisions.withdraw_request(actor=office.requester, request=request, now=LATER)
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.drawn, office.line.reserved) == (0, WHOLE)
    books()


def test_frame_has_it_again_when_the_hold_lapses(office: Office) -> None:
    goods = boxes()
    frame = make_frame(office, products=[goods])
    request = send(office, make_request(office, [(goods, 10)]))
    holds.lapse_request(request=request, now=request.held_until)
    frame.refresh_from_db()
    assert frame.drawn == 0
    books()


def test_frame_request_sent_back_is_asked_again(office: Office) -> None:
    """Edited after: what was inside may be outside the second time."""
    goods = boxes()
    frame = make_frame(office, products=[goods])
    request = send(office, make_request(office, [(goods, 10)]))
    decisions.send_back_request(actor=office.pp, request=request, note="Tambah untuk tamu", now=LATER)
    request.refresh_from_db()
    assert (request.state, request.frame, request.approver) == ("sent_back", None, None)
    books()
    drafts.put_line(actor=office.requester, request=request, product=goods, quantity=Decimal(20), note="", now=LATER)
    sent = send(office, request, now=LATER)
    assert (sent.state, sent.frame) == ("submitted", None)
    frame.refresh_from_db()
    assert frame.drawn == 0
    books()


def test_frame_has_it_again_when_the_seller_declines(office: Office) -> None:
    goods = boxes()
    frame = make_frame(office, products=[goods])
    request = send(office, make_request(office, [(goods, 10)]))
    (order,) = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=LATER)
    agreement.close_order(actor=None, order=order, reason="no_answer", note="", now=order.answer_due_at)
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.drawn, office.line.reserved, office.line.committed) == (0, WHOLE, 0)
    books()


def declined(office: Office, **over: Any) -> tuple[ApprovalFrame, Any, Any]:
    """A frame of a category, its request whose seller stayed silent, and the same goods of another shop."""
    category = make.make_category()
    goods, other = (boxes(category=category, name="Kudapan kotak") for _shop in range(2))
    frame = make_frame(office, category=category, **over)
    request = send(office, make_request(office, [(goods, 10)]))
    (order,) = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)
    agreement.close_order(actor=None, order=order, reason="no_answer", note="", now=order.answer_due_at)
    return frame, request, other


def reissue(office: Office, request: PurchaseRequest, other: Any, now: Any) -> Order:
    part = request.sellers.get()
    return replacing.reissue_part(actor=office.pp, part=part, seller=other.seller, key=new_key(), now=now)


def test_frame_covers_the_seller_who_comes_instead(office: Office) -> None:
    frame, request, other = declined(office)
    order = reissue(office, request, other, MONDAY + 4 * DAY)
    assert order.request is not None
    assert (order.request.frame, order.request.approver) == (frame, office.head)
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.drawn, office.line.reserved, office.line.committed) == (TEN, WHOLE - TEN, TEN)
    books()


def test_frame_that_is_over_covers_nobody_who_comes_instead(office: Office) -> None:
    frame, request, other = declined(office)
    services.end_frame(actor=office.head, frame=frame, note="Cukup", now=MONDAY + 4 * DAY)
    problem = refused(RuleBroken, lambda: reissue(office, request, other, MONDAY + 4 * DAY), "approval_needed")
    assert "hari ini tidak" in problem.message
    books()


def test_frame_with_named_sellers_covers_no_other_who_comes_instead(office: Office) -> None:
    category = make.make_category()
    goods, other = (boxes(category=category, name="Kudapan kotak") for _shop in range(2))
    make_frame(office, category=category, sellers=[goods.seller])
    request = send(office, make_request(office, [(goods, 10)]))
    (order,) = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)
    agreement.close_order(actor=None, order=order, reason="no_answer", note="", now=order.answer_due_at)
    problem = refused(RuleBroken, lambda: reissue(office, request, other, MONDAY + 4 * DAY), "approval_needed")
    assert "bukan penjual yang disebut" in problem.message


def test_frame_that_ended_gets_nothing_back(office: Office) -> None:
    goods = boxes()
    frame = make_frame(office, products=[goods])
    request = send(office, make_request(office, [(goods, 10)]))
    services.end_frame(actor=office.ppk, frame=frame, note="Kegiatan berhenti", now=LATER)
    office.line.refresh_from_db()
    assert office.line.reserved == TEN  # what it approved stays approved
    decisions.withdraw_request(actor=office.requester, request=request, now=LATER)
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.state, frame.drawn, office.line.reserved) == ("ended", 0, 0)
    books()


@kept
def ordered(office: Office, goods: Any) -> Order:
    request = send(office, make_request(office, [(goods, 10)]))
    (order,) = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)
    return order


def test_frame_has_again_what_was_not_accepted(office: Office) -> None:
    goods = boxes(keeps="dry")
    frame = make_frame(office, products=[goods])
    making.taken_over(office, ordered(office, goods), accept=6)
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.drawn, office.line.committed) == (610_000, 610_000)
    assert office.line.reserved == WHOLE - 610_000
    books()


def test_frame_that_ended_does_not_have_it_again(office: Office) -> None:
    goods = boxes(keeps="dry")
    frame = make_frame(office, products=[goods])
    order = ordered(office, goods)
    services.end_frame(actor=office.ppk, frame=frame, note="Kegiatan berhenti", now=MONDAY)
    making.taken_over(office, order, accept=6)
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.drawn, office.line.reserved, office.line.committed) == (610_000, 0, 610_000)
    books()


def test_frame_counts_again_what_was_decided_to_be_accepted(office: Office) -> None:
    goods = boxes(keeps="dry")
    frame = make_frame(office, products=[goods])
    order = making.taken_over(office, ordered(office, goods), accept=6)
    mend.decided(order, making.member_of(order), mend.acceptance(order, 3))
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.drawn, office.line.committed, office.line.reserved) == (910_000, 910_000, WHOLE - 910_000)
    books()


def test_frame_has_again_what_was_decided_to_be_refused(office: Office) -> None:
    goods = boxes(keeps="dry")
    frame = make_frame(office, products=[goods])
    order = making.taken_over(office, ordered(office, goods))
    mend.decided(order, office.receiver, mend.refusal(order, 4))
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.drawn, office.line.committed, office.line.reserved) == (610_000, 610_000, WHOLE - 610_000)
    books()


def test_frame_used_by_others_refuses_the_decision_with_what_is_left(office: Office) -> None:
    goods = boxes(keeps="dry")
    frame = make_frame(office, products=[goods], amount=1_400_000, order_limit=1_100_000)
    order = making.taken_over(office, ordered(office, goods), accept=6)
    send(office, make_request(office, [(goods, 6)]), now=making.MONDAY + 2 * DAY)
    frame.refresh_from_db()
    assert frame.left == 180_000
    dispute = mend.opened(order, making.member_of(order))
    decide = lambda quantity: disputes.decide_dispute(  # noqa: E731
        actor=mend.judge(), dispute=dispute, decision="Baik", given=mend.acceptance(order, quantity),
        now=mend.NOW + HOUR,
    )  # fmt: skip
    said = refused(RuleBroken, lambda: decide(3), code="frame_short").message
    assert "Rp180.000" in said and "Rp300.000" in said
    decide(1)
    books()


def test_frame_ends_after_its_last_day(office: Office) -> None:
    frame = make_frame(office, products=[boxes()], valid_until=date(2026, 9, 14))
    last_minute = clock.end_of(date(2026, 9, 14)) - timedelta(minutes=1)
    assert services.lapse_frames(now=last_minute) == 0
    assert services.lapse_frames(now=last_minute + timedelta(minutes=1)) == 1
    assert services.lapse_frames(now=last_minute + DAY) == 0
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.state, office.line.reserved, frame.events.latest("pk").actor) == ("ended", 0, None)
    books()


def test_frame_nobody_signed_is_over_after_its_last_day(office: Office) -> None:
    frame = make_frame(office, products=[boxes()], valid_until=date(2026, 9, 14), state="proposed")
    assert Notification.objects.unread().filter(kind="request.frame_proposed").count() == 1
    assert services.lapse_frames(now=clock.end_of(date(2026, 9, 14))) == 1
    frame.refresh_from_db()
    office.line.refresh_from_db()
    assert (frame.state, frame.events.latest("pk").actor, office.line.reserved) == ("refused", None, 0)
    assert not Notification.objects.unread().filter(kind="request.frame_proposed").exists()
    books()


def test_frame_past_its_day_approves_nothing_before_the_job_ends_it(office: Office) -> None:
    goods = boxes()
    make_frame(office, products=[goods], valid_until=date(2026, 9, 14))
    now = MONDAY + 8 * DAY
    request = make_request(office, [(goods, 10)], now=now)
    assert "hari ini tidak" in why_not(request, now)
    assert send(office, request, now=now).state == "submitted"


def test_frame_stays_what_was_signed_when_the_signers_leave(office: Office) -> None:
    goods = boxes()
    frame = make_frame(office, products=[goods])
    AgencyMember.objects.filter(user__in=[office.head, office.ppk]).update(valid_until=(MONDAY - DAY).date())
    assert send(office, make_request(office, [(goods, 10)])).state == "approved"
    refused(NotAllowed, lambda: services.end_frame(actor=office.head, frame=frame, note="Pindah", now=LATER))
    later_head = make_officer("head", office.agency)
    assert services.end_frame(actor=later_head, frame=frame, note="Ditinjau lagi", now=LATER).state == "ended"
    books()


def test_frame_of_next_year_waits_for_its_first_day(office: Office) -> None:
    goods = boxes()
    now = MONDAY + 95 * DAY  # December
    line = make_line(office.agency, year=2027)
    make_frame(office, products=[goods], line=line, valid_from=date(2027, 1, 4), valid_until=date(2027, 1, 31), now=now)
    request = make_request(office, [(goods, 10)], line=line, now=now, event_at=None, deliver_at=MONDAY + 121 * DAY)
    assert "hari ini tidak" in why_not(request, now)


# --- at once ---


def test_frame_issues_at_once_in_the_name_of_who_proposed_it(office: Office) -> None:
    goods = boxes()
    frame = make_frame(office, products=[goods], is_issued_at_once=True)
    request = send(office, make_request(office, [(goods, 10)]))
    assert framed.issue_all_at_once(now=LATER - HOUR - timedelta(minutes=1)) == 1
    assert framed.issue_all_at_once(now=LATER) == 0
    order = Order.objects.get(request=request)
    event = order.events.get(action="create")
    assert (order.issuer, event.actor, event.acted_as, event.note) == (office.ppk, office.ppk, "ppk", frame.number)
    request.refresh_from_db()
    assert request.state == "ordered"
    books()


def test_frame_issues_nothing_at_once_when_its_proposer_has_left(office: Office) -> None:
    goods = boxes()
    make_frame(office, products=[goods], is_issued_at_once=True)
    AgencyMember.objects.filter(user=office.ppk).update(valid_until=(MONDAY - DAY).date())
    request = send(office, make_request(office, [(goods, 10)]))
    assert framed.issue_all_at_once(now=MONDAY) == 0
    refused(NotAllowed, lambda: framed.issue_at_once(request=request, now=MONDAY))
    assert agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=LATER)


def test_frame_issues_at_once_only_where_it_says_so(office: Office) -> None:
    goods = boxes()
    make_frame(office, products=[goods])
    request = send(office, make_request(office, [(goods, 10)]))
    assert framed.issue_all_at_once(now=MONDAY) == 0
    refused(InvalidMove, lambda: framed.issue_at_once(request=request, now=MONDAY))


@pytest.mark.parametrize("state", sorted({*RequestState.values} - {RequestState.SUBMITTED}))
def test_frame_approves_only_what_is_being_sent(office: Office, state: str) -> None:
    request = make_request(office, state=state)
    with pytest.raises(InvalidMove):
        move(request, "approve_by_frame", actor=None, now=LATER)


def test_frame_of_goods_of_one_shop_says_which(office: Office) -> None:
    """Goods of the same name elsewhere are not those of the frame; the frame and the search say whose are."""
    ours, theirs = boxes(name="Tisu wajah 250 lembar"), boxes(name="Tisu wajah 250 lembar")
    frame = make_frame(office, products=[ours])
    theirs.category = ours.category
    theirs.save(update_fields=["category"])
    said = why_not(make_request(office, [(theirs, 10)]))
    assert f"di kerangka ini hanya dari {ours.seller.name}, bukan dari {theirs.seller.name}" in said
    (row,) = pages.goods_rows(ApprovalFrame.objects.with_goods().get(pk=frame.pk))
    assert ours.seller.name in row["cells"][0]["note"] and str(ours.pk) in row["cells"][0]["href"]
    (kept,) = terms.in_force(make_request(office, [(ours, 1)]), MONDAY)
    assert terms.names_goods(kept, ours) and not terms.names_goods(kept, theirs)
    ours.price = frame.goods.get().price_limit + 1
    assert not terms.names_goods(kept, ours)
    assert terms.in_force(make_request(office, [(ours, 1)]), clock.start_of(frame.valid_until) + DAY) == []
