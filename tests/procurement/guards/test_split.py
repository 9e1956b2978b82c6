"""Purchases that together pass a threshold: who is warned, what must be chosen, and how it is answered."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from epeken.core.errors import InvalidMove, RuleBroken
from epeken.core.idempotency import new_key
from procurement.agencies.states import OfficerRole
from procurement.guards import services as guards
from procurement.guards.concerns import concerns
from procurement.guards.models import GuardFinding
from procurement.guards.services import Answer
from procurement.guards.states import SENTENCES, Choice, GuardKind, Outcome
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.services import decisions, holds
from procurement.signatures.models import ApprovalRule
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_line, make_request
from tests.factories.rules import set_rule
from tests.factories.states import put
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused
from umkm.owners import services as owners
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db
LATER = MONDAY + DAY
WHY = "Dua kegiatan yang berbeda pesertanya."
TOGETHER = 2_000_000  # of two requests for ten at Rp100.000


class Market:
    """Two shops that sell the same goods, one request sent by the office, and a draft for the rest."""

    def __init__(self) -> None:
        self.office = Office()
        self.category = make.make_category()
        self.goods = [make.make_product(price=100_000, category=self.category) for _shop in range(2)]
        self.sent = make_request(self.office, [(self.goods[0], 10)], state="submitted")

    def draft(self, **over: Any) -> PurchaseRequest:
        office, goods = over.pop("office", self.office), over.pop("goods", self.goods[1])
        return make_request(office, [(goods, 10)], now=LATER, **over)


@pytest.fixture(scope="module")
def market(module_transaction: None) -> Market:
    set_rule("purchase.compare_two_above", TOGETHER - 1)
    return Market()


@pytest.fixture(autouse=True)
def _django_db_helper(market: Market, savepoint: None) -> None:
    """Each test writes on top of the module's rows."""


def keys(request: PurchaseRequest, now: Any = LATER) -> list[str]:
    request = PurchaseRequest.objects.get(pk=request.pk)
    return [concern.key.partition("-")[0] for concern in concerns(request, contents.read(request, now), now)]


def answered(request: PurchaseRequest, choice: str = Choice.JUSTIFY, reason: str = WHY) -> dict[str, Answer]:
    held = contents.read(request, LATER)
    return {concern.key: Answer(choice, reason) for concern in concerns(request, held, LATER)}


def submit(request: PurchaseRequest, **over: Any) -> PurchaseRequest:
    return decisions.submit_request(actor=request.requester, request=request, key=new_key(), now=LATER, **over)


# --- Who is warned ---


@pytest.mark.parametrize(("threshold", "found"), [(TOGETHER, []), (TOGETHER - 1, ["goods"])])
def test_the_sum_must_pass_the_threshold(market: Market, threshold: int, found: list[str]) -> None:
    set_rule("purchase.compare_two_above", threshold)
    assert keys(market.draft()) == found


def test_what_passes_it_alone_is_no_split(market: Market) -> None:
    """It obeys the rule above the threshold already; the next one is far."""
    set_rule("purchase.compare_two_above", 1_009_999)
    assert keys(market.draft()) == []


def test_the_next_threshold_is_that_of_the_day(market: Market) -> None:
    set_rule("purchase.compare_two_above", 1_000_000)
    set_rule("purchase.pp_limit", TOGETHER - 1)
    [concern] = concerns(draft := market.draft(), contents.read(draft, LATER), LATER)
    assert (concern.amount, concern.threshold) == (TOGETHER, TOGETHER - 1)


def test_the_highest_threshold_that_the_sum_passes_is_told(market: Market) -> None:
    set_rule("purchase.compare_two_above", 1_500_000)
    set_rule("purchase.pp_limit", TOGETHER - 2)
    set_rule("purchase.compare_three_above", TOGETHER)
    [concern] = concerns(draft := market.draft(), contents.read(draft, LATER), LATER)
    assert (concern.amount, concern.threshold) == (TOGETHER, TOGETHER - 2)


@pytest.mark.parametrize(("after", "found"), [(timedelta(0), []), (timedelta(seconds=-1), ["goods"])])
def test_the_window_rolls_and_ends_after_its_days(market: Market, after: timedelta, found: list[str]) -> None:
    assert keys(market.draft(), MONDAY + 30 * DAY + after) == found


def test_shops_and_days_are_counted(market: Market) -> None:
    draft = market.draft()
    [concern] = concerns(draft, contents.read(draft, LATER), LATER)
    assert concern.others == (market.sent.number,)
    part = "Rp1.000.000 untuk barang sejenis, tanpa ongkir"
    assert concern.told == {market.sent.number: f"{market.sent.title}, {part}"}
    assert concern.words == (
        f"Belanja {market.category} dari rekening {draft.line.account_id} dalam 30 hari menjadi Rp2.000.000 "
        "tanpa ongkir bersama permintaan ini: 2 permintaan, 2 toko, diajukan pada 2 tanggal. "
        "Permintaan ini sendiri tidak melewati ambang Rp1.999.999; bersama-sama melewatinya."
    )


def test_goods_of_a_sister_category_are_the_same_goods(market: Market) -> None:
    parent = make.make_category()
    type(parent).objects.filter(pk=market.category.pk).update(parent=parent)
    sister = make.make_product(price=100_000, category=make.make_category(parent=parent))
    assert keys(market.draft(goods=sister)) == ["goods"]


def _other_account(market: Market) -> dict[str, Any]:
    accounts = type(market.office.line.account).objects.filter(pk="5.1.02.01.01.0027")
    return {"line": make_line(market.office.agency, account=accounts.first())}


OTHERS = {
    "another department": lambda market: {"office": Office()},
    "another account": _other_account,
    "other goods": lambda market: {"goods": make.make_product(price=100_000)},
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_not_the_same_is_not_added(market: Market, what: str) -> None:
    assert keys(market.draft(**OTHERS[what](market))) == []


def test_an_owner_is_one_whatever_the_shop_the_goods_and_the_account(market: Market) -> None:
    other = make.make_product(price=100_000)
    Seller.objects.filter(pk=other.seller_id).update(owner=market.goods[0].seller.owner_id)
    assert keys(market.draft(goods=other, **_other_account(market))) == ["owner"]
    assert keys(market.draft(goods=market.goods[0])) == ["goods", "owner"]
    # Separated by an officer, they are two owners at once.
    owners.separate([Seller.objects.get(pk=other.seller_id)], now=LATER)
    assert keys(market.draft(goods=other, **_other_account(market))) == []


def test_what_was_not_bought_is_not_counted(market: Market) -> None:
    draft = market.draft()
    RequestLine.objects.filter(request=market.sent).update(dropped_at=MONDAY)
    assert keys(draft) == []
    RequestLine.objects.filter(request=market.sent).update(dropped_at=None)
    decisions.withdraw_request(actor=market.office.requester, request=market.sent, now=LATER)
    assert keys(draft) == []


def replacing(market: Market, goods: Any, quantity: int = 10, *, to_late: int = 0) -> PurchaseRequest:
    """A draft in place of an approved part of Rp1.000.000 whose seller declined an hour later; `to_late`: how much of
    the goods somebody else sent after that."""
    set_rule("purchase.compare_two_above", 5 * TOGETHER)
    earlier = market.draft(state="approved")
    set_rule("purchase.compare_two_above", TOGETHER - 1)
    earlier.sellers.update(unfilled_at=LATER + HOUR, unfilled_reason="declined", unfilled_order="SP-2026-000001")
    if to_late:
        make_request(market.office, [(market.goods[0], to_late)], state="submitted", now=LATER + 2 * HOUR)
    draft = make_request(market.office, [(goods, quantity)], now=LATER + 3 * HOUR)
    assert "goods" in keys(draft, LATER + 3 * HOUR)  # as a purchase of its own
    PurchaseRequest.objects.filter(pk=draft.pk).update(sourced_again_from=earlier.sellers.get())
    return draft


@pytest.mark.parametrize(
    ("quantity", "to_late", "found"),
    [(10, 0, []), (11, 0, ["goods"]), (10, 1, ["goods"])],
    ids=["for no more", "for more than was approved", "beside what was sent since"],
)
def test_what_replaces_an_approved_part_is_not_weighed_twice(
    market: Market, quantity: int, to_late: int, found: list[str]
) -> None:
    other = make.make_product(price=100_000, category=market.category)
    assert keys(replacing(market, other, quantity, to_late=to_late), LATER + 3 * HOUR) == found


def test_a_replacement_from_an_owner_bought_from_before_is_weighed_for_the_owner(market: Market) -> None:
    assert keys(replacing(market, market.goods[0]), LATER + 3 * HOUR) == ["owner"]


# --- What must be chosen ---


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (None, "guard_unanswered"),
        (Answer("", WHY), "guard_unanswered"),
        (Answer("lain", WHY), "guard_unanswered"),
        (Answer(Choice.JUSTIFY, " "), "guard_reason"),
        (Answer(Choice.JUSTIFY, "a" * 14), "guard_reason"),
        (Answer(Choice.ESCALATE, ""), "guard_reason"),
        (Answer(Choice.MERGE, WHY), "guard_merge"),
    ],
)
def test_it_is_not_sent_without_an_answer(market: Market, answer: Answer | None, code: str) -> None:
    draft = market.draft()
    answers = {key: answer for key in answered(draft) if answer}
    refused(RuleBroken, lambda: submit(draft, answers=answers), code)
    assert not GuardFinding.objects.exists()
    balanced()


@pytest.mark.parametrize(("choice", "role"), [(Choice.JUSTIFY, "pp"), (Choice.ESCALATE, "ppk")])
def test_the_answer_goes_to_the_officer_who_decides(market: Market, choice: str, role: str) -> None:
    draft = market.draft()
    assert submit(draft, answers=answered(draft, choice)).needed_role == role
    finding = draft.findings.get()
    assert (finding.choice, finding.reason, finding.owner_role, finding.outcome) == (choice, WHY, role, Outcome.OPEN)
    assert (finding.amount, finding.threshold, finding.chosen_by) == (TOGETHER, TOGETHER - 1, market.office.requester)


@pytest.mark.parametrize(("limit", "role"), [(TOGETHER, "pp"), (TOGETHER - 1, "ppk")])
def test_who_may_decide_on_the_sum_decides(market: Market, limit: int, role: str) -> None:
    set_rule("purchase.pp_limit", limit)
    draft = market.draft()
    with time_machine.travel(LATER, tick=False):
        page = signed_in(market.office.requester).get(reverse("procurement:request-detail", args=[draft.number])).text
    assert ("diputuskan PPK" in page) == (role == "ppk")
    request = submit(draft, answers=answered(draft))
    assert (request.needed_role, request.findings.get().owner_role) == (role, role)


@pytest.mark.parametrize("limit", [TOGETHER, TOGETHER - 1])
def test_the_time_of_its_signers_is_asked_as_the_sum_asks_for_them(market: Market, limit: int) -> None:
    """A PPK signs before the PP decides; where the sum of the split makes the PPK decide, nobody signs before."""
    values = {"office": "ppk", "above": 0, "valid_from": LATER.date() - 30 * DAY, "source": "Perwali contoh"}
    ApprovalRule.objects.create(**values)
    set_rule("purchase.pp_limit", limit)
    draft = market.draft(deliver_at=LATER + DAY, event_at=None)
    send = lambda: submit(draft, answers=answered(draft))  # noqa: E731
    if limit == TOGETHER:
        refused(RuleBroken, send, "signers_short")
    else:
        assert send().needed_role == "ppk"


def test_the_pp_does_not_decide_once_the_sum_passes_the_limit(market: Market) -> None:
    """The limit is lowered while the request waits."""
    draft = market.draft()
    request = submit(draft, answers=answered(draft))
    finding = request.findings.get()
    set_rule("purchase.pp_limit", TOGETHER - 1)
    decide = {"actor": market.office.pp, "request": request, "note": WHY, "now": LATER + HOUR}
    approve = {**decide, "dropped": {}, "key": new_key(), "outcomes": {finding.pk: Outcome.ACCEPTED}}
    refused(RuleBroken, lambda: decisions.approve_request(**approve), "split_above_pp")
    decisions.send_back_request(**decide)
    again = submit(PurchaseRequest.objects.get(pk=request.pk), answers=answered(draft))
    assert again.needed_role == "ppk"


def test_nothing_is_merged_with_what_was_ordered(market: Market) -> None:
    """The choice is offered while another request can still be taken back, and says which can."""
    draft = market.draft()
    [concern] = concerns(draft, contents.read(draft, LATER), LATER)
    assert Choice.MERGE in concern.choices and concern.ordered == ()
    for other in PurchaseRequest.objects.filter(number__in=concern.others):
        put(other, "ordered")
    [concern] = concerns(draft, contents.read(draft, LATER), LATER)
    assert concern.choices == (Choice.JUSTIFY, Choice.ESCALATE) and concern.ordered == concern.others


def test_merging_is_kept_and_the_draft_stays(market: Market) -> None:
    draft = market.draft()
    guards.choose_merge(actor=market.office.requester, request=draft, now=LATER, keys=answered(draft))
    assert (draft.findings.get().outcome, PurchaseRequest.objects.get(pk=draft.pk).state) == ("merged", "draft")
    sent = {"actor": market.office.requester, "request": market.sent, "now": LATER, "keys": ["goods-1"]}
    refused(InvalidMove, lambda: guards.choose_merge(**sent))


# --- How it is answered ---


def sent_with_warning(market: Market) -> tuple[PurchaseRequest, GuardFinding]:
    draft = market.draft()
    request = submit(draft, answers=answered(draft))
    return request, request.findings.get()


@pytest.mark.parametrize("outcome", Outcome)
def test_an_approval_needs_an_answer_that_lets_it_through(market: Market, outcome: str) -> None:
    request, finding = sent_with_warning(market)
    approve = {
        "actor": market.office.pp, "request": request, "dropped": {}, "note": "Dua acara di dua kantor",
        "key": new_key(), "now": LATER + HOUR,
        "outcomes": {finding.pk: outcome},
    }  # fmt: skip
    if outcome in (Outcome.ACCEPTED, Outcome.FALSE_ALARM):
        decisions.approve_request(**approve)
        finding.refresh_from_db()
        assert (finding.outcome, finding.answered_by) == (outcome, market.office.pp)
    else:
        refused(RuleBroken, lambda: decisions.approve_request(**approve), "guard_open")
        finding.refresh_from_db()
        assert (finding.outcome, request.state) == (Outcome.OPEN, "submitted")


ENDS = {
    "confirmed": lambda o, r, f: decisions.send_back_request(
        actor=o.pp, request=r, note="Gabungkan", now=LATER, outcomes={f.pk: Outcome.CONFIRMED}
    ),
    "false_alarm": lambda o, r, f: decisions.reject_request(
        actor=o.pp, request=r, note="Lain kali", now=LATER, outcomes={f.pk: Outcome.FALSE_ALARM}
    ),
    "returned": lambda o, r, f: decisions.reject_request(
        actor=o.pp, request=r, note="Lain kali", now=LATER, outcomes={f.pk: Outcome.ACCEPTED}
    ),
    "dropped": lambda o, r, f: decisions.withdraw_request(actor=o.requester, request=r, now=LATER),
}


@pytest.mark.parametrize("outcome", ENDS)
def test_no_warning_waits_behind_its_request(market: Market, outcome: str) -> None:
    request, finding = sent_with_warning(market)
    ENDS[outcome](market.office, request, finding)
    finding.refresh_from_db()
    assert finding.outcome == outcome and finding.answered_at == LATER


def test_a_lapsed_request_leaves_no_warning_open(market: Market) -> None:
    request, finding = sent_with_warning(market)
    holds.lapse_request(request=request, now=request.held_until)
    finding.refresh_from_db()
    assert (finding.outcome, finding.answered_by) == (Outcome.DROPPED, None)


def test_a_request_sent_again_is_warned_again(market: Market) -> None:
    request, finding = sent_with_warning(market)
    ENDS["confirmed"](market.office, request, finding)
    refused(RuleBroken, lambda: submit(request), "guard_unanswered")
    submit(request, answers=answered(request))
    assert list(request.findings.order_by("pk").values_list("outcome", flat=True)) == ["confirmed", "open"]


# --- Pages ---


@pytest.fixture
def later() -> Any:
    with time_machine.travel(LATER, tick=False):
        yield


def test_the_pages_ask_the_requester_then_the_officer_and_count_for_the_head(market: Market, later: None) -> None:
    draft = market.draft()
    client, url = signed_in(market.office.requester), reverse("procurement:request-detail", args=[draft.number])
    page = client.get(url)
    assert "Peringatan yang perlu Anda jawab" in page.text and market.sent.number in page.text
    [key] = answered(draft)
    body = {"key": new_key(), "shown": page.context["shown"]}
    send = reverse("procurement:request-submit", args=[draft.number])
    assert client.post(send, body).status_code == 422
    body |= {f"choice_{key}": "justify", f"reason_{key}": WHY}
    assert client.post(send, body).status_code == 302
    finding = draft.findings.get()
    officer, decide = signed_in(market.office.pp), reverse("procurement:approval-detail", args=[draft.number])
    page = officer.get(decide)
    assert WHY in page.text and "Tetap kirim, dengan alasan" in page.text
    line = draft.lines.get()
    body = {"key": new_key(), "decision": "approve", "shown": page.context["shown"], f"keep_{line.pk}": "on"}
    body["note"] = "Dua acara di dua kantor"
    assert officer.post(decide, body).status_code == 422
    assert officer.post(decide, {**body, f"outcome_{finding.pk}": "false_alarm"}).status_code == 302
    listed = reverse("procurement:finding-list")
    page = signed_in(market.office.head).get(listed).text
    assert draft.number in page and "1 dari 1 peringatan yang dinilai ternyata keliru." in page
    assert WHY in signed_in(market.office.head).get(f"{listed}?unduh=csv").content.decode("utf-8-sig")
    assert draft.number not in signed_in(Office().head).get(listed).text
    assert finding.owner_role == OfficerRole.PP


def test_the_goods_are_named_in_the_readers_language() -> None:
    """Of a category that comes with the product; one a city added stays as it was typed."""
    message = SENTENCES[GuardKind.SPLIT_GOODS]
    kept = message.keep({name: form.sample for name, form in message.parameters.items()})
    for name, told in [("Seragam dan konveksi", "Uniforms and garments"), ("Hasil kebun", "Hasil kebun")]:
        assert f"purchases of {told} on account" in message.words(kept | {"name": name}, "en")[0]
