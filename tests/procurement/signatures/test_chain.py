"""Further signatures before a request is decided: dated, fixed when it is sent, each of another person."""

from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.requests import chain, officers, policies
from procurement.requests.errors import SamePerson
from procurement.requests.models import PurchaseRequest
from procurement.requests.rules import ANSWER_MARGIN
from procurement.requests.services import decisions
from procurement.requests.services.signing import sign_request
from procurement.signatures.models import ApprovalRule
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_leave, make_officer, make_request
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue.models import Category
from umkm.catalogue.states import StockMode

pytestmark = pytest.mark.django_db
TODAY = clock.local_date(MONDAY)
TOTAL = 1_010_000  # of a request of the factory


def rule(**over: Any) -> ApprovalRule:
    values = {"office": "head", "above": 0, "valid_from": TODAY - 30 * DAY, "source": "Perwali contoh", **over}
    return ApprovalRule.objects.create(**values)


@kept
def sent(office: Office, *, now: Any = MONDAY, product: Any = None) -> PurchaseRequest:
    request = make_request(office, [(product or make.make_product(price=100_000), 10)], now=now)
    return decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now)


def sign(actor: Any, request: PurchaseRequest, **over: Any) -> PurchaseRequest:
    return sign_request(actor=actor, request=request, **{"note": "", "key": new_key(), "now": MONDAY + HOUR, **over})


def approve(actor: Any, request: PurchaseRequest, now: Any = MONDAY + HOUR) -> PurchaseRequest:
    return decisions.approve_request(actor=actor, request=request, dropped={}, note="", key=new_key(), now=now)


def offices_of(request: PurchaseRequest) -> list[str]:
    return [row.office for row in chain.of_request(request)]


CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "chain_below": ({"above": TOTAL}, []),
    "chain_above": ({"above": TOTAL - 1}, ["head"]),
    "chain_before_its_day": ({"valid_from": TODAY + DAY}, []),
    "chain_first_day": ({"valid_from": TODAY}, ["head"]),
    "chain_last_day": ({"valid_until": TODAY}, ["head"]),
    "chain_after_its_day": ({"valid_until": TODAY - DAY}, []),
    "chain_ppk": ({"office": "ppk"}, ["ppk"]),
}


@pytest.mark.parametrize("chain_case", CASES)
def test_the_rules_of_the_day_ask_for_signatures(office: Office, chain_case: str) -> None:
    over, wanted = CASES[chain_case]
    rule(**over)
    request = sent(office)
    assert request.total == TOTAL
    assert offices_of(request) == wanted
    assert officers.office_of(request, TODAY) == (wanted or ["pp"])[0]


def test_of_a_department_and_of_a_category_with_those_below(office: Office) -> None:
    product = make.make_product(price=100_000)
    rule(agency=Office().agency)
    assert offices_of(sent(office, product=product)) == []
    below = rule(category=product.category.parent or product.category)
    assert offices_of(sent(office, product=product)) == ["head"]
    below.category = Category.objects.exclude(pk__in=[product.category_id, product.category.parent_id or 0])[0]
    below.save()
    assert offices_of(sent(office, product=product)) == []
    rule(agency=office.agency)
    assert offices_of(sent(office, product=product)) == ["head"]


def test_each_office_signs_once_and_who_decides_not_before(office: Office) -> None:
    rule(office="head", position=2)
    rule(office="ppk", position=1)
    rule(office="head", above=5, position=3)
    assert offices_of(sent(office)) == ["ppk", "head"]
    set_rule("purchase.pp_limit", 1)
    assert offices_of(sent(office)) == ["head"], "the PPK decides"


def test_steps_are_signed_in_their_order_and_then_decided(office: Office) -> None:
    rule(office="ppk", position=1)
    rule(office="head", position=2)
    request = sent(office)
    rule(office="head", position=0)  # a later rule changes nothing of what was sent
    refused(InvalidMove, lambda: approve(office.ppk, request))
    for early in (office.head, office.pp):
        refused(NotAllowed, lambda early=early: sign(early, request))
    refused(NotAllowed, lambda: approve(office.pp, request))
    assert officers.people_of(request, TODAY) == [office.ppk]
    sign(office.ppk, request)
    assert officers.people_of(request, TODAY) == [office.head]
    sign(office.head, request)
    assert officers.people_of(request, TODAY) == [office.pp]
    refused(InvalidMove, lambda: sign(office.pp, request))
    done = approve(office.pp, request)
    assert (done.state, done.approver, done.approver_role) == ("approved", office.pp, "pp")
    signed = [(row.signer, row.signed_as, row.total) for row in chain.of_request(done)]
    assert signed == [(office.ppk, "ppk", TOTAL), (office.head, "head", TOTAL)]
    assert [event.action for event in done.events.order_by("pk")][-3:] == ["sign", "sign", "approve"]
    balanced()


def test_one_person_never_takes_two_steps(office: Office) -> None:
    """The head is PPK too, and the PP is gone: who signed does not decide, by any list or act."""
    rule(office="head")
    make_officer(OfficerRole.PPK, office.agency, user=office.head)
    request = sent(office)
    sign(office.head, request)
    AgencyMember.objects.filter(user=office.pp).update(valid_until=TODAY - DAY)
    assert officers.people_of(request, TODAY) == [office.ppk]
    refused(SamePerson, lambda: approve(office.head, request))
    assert not policies.can_decide(office.head, request, TODAY)
    members = list(AgencyMember.objects.of(office.head, TODAY))
    assert not PurchaseRequest.objects.waiting_for(office.head, members, TODAY).exists()
    AgencyMember.objects.filter(user=office.ppk).update(valid_until=TODAY - DAY)
    assert officers.office_of(request, TODAY) is None
    assert list(PurchaseRequest.objects.without_officer(TODAY)) == [request]


def test_what_nobody_could_sign_is_not_sent(office: Office) -> None:
    rule(office="head")
    AgencyMember.objects.filter(user=office.head).update(valid_until=TODAY - DAY)
    request = make_request(office)
    act = lambda: decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)  # noqa: E731
    problem = refused(RuleBroken, act, "no_signer")
    assert "Kepala dinas" in problem.message
    # The only head is the only one who could decide: each step has a person of its own, or it is not sent.
    make_officer(OfficerRole.HEAD, office.agency, user=office.pp)
    ppk = AgencyMember.objects.filter(user=office.ppk)
    ppk.update(valid_until=TODAY - DAY)
    refused(RuleBroken, act, "no_signer")
    ppk.update(valid_until=None)
    assert act().state == "submitted"
    sign(office.pp, request)
    assert officers.people_of(PurchaseRequest.objects.get(pk=request.pk), TODAY) == [office.ppk]


@pytest.mark.parametrize("verb", ["send_back", "reject"])
def test_a_step_sends_back_or_rejects_with_its_reason(office: Office, verb: str) -> None:
    rule()
    request = sent(office)
    act = getattr(decisions, f"{verb}_request")
    given = {"request": request, "now": MONDAY + HOUR, "key": new_key()}
    refused(RuleBroken, lambda: act(actor=office.head, note=" ", **given))
    refused(NotAllowed, lambda: act(actor=office.pp, note="Tidak", **given))
    done = act(actor=office.head, note="Terlalu mahal", **given)
    assert done.state == ("sent_back" if verb == "send_back" else "rejected")
    assert done.events.latest("pk").acted_as == "head"
    office.line.refresh_from_db()
    assert office.line.reserved == 0
    balanced()


def test_what_is_sent_again_is_signed_again(office: Office) -> None:
    rule()
    request = sent(office)
    sign(office.head, request)
    decisions.send_back_request(actor=office.pp, request=request, note="Jam", now=MONDAY + 2 * HOUR)
    again = decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY + 3 * HOUR)
    assert [row.signer for row in chain.of_request(again)] == [None]
    assert officers.people_of(again, TODAY) == [office.head]
    assert again.signatures.count() == 2


def working(days: int, now: Any = MONDAY) -> Any:
    return clock.due_after_working_days(now, days)


def test_each_step_has_its_working_days_within_the_hold(office: Office) -> None:
    """A step's end is its own, not that of all of them; a step soon done leaves its time to the later ones."""
    plain = sent(office)
    rule()
    chained = sent(office)
    assert (plain.due_at, chained.due_at) == (working(2), working(2))
    signed = sign(office.head, chained, now=MONDAY + DAY)
    assert signed.due_at == working(2, MONDAY + DAY)
    rule(office="ppk", position=2)
    shared = sent(office)
    assert clock.last_day(shared.held_until) == clock.last_day(working(5))
    assert shared.due_at == working(1), "five days for three"
    set_rule("purchase.approval_days", 30)
    capped = sent(office)
    assert capped.due_at == working(1)
    over = capped.held_until
    refused(RuleBroken, lambda: sign(office.head, capped, now=over), "hold_over")


def test_what_the_sellers_cannot_wait_for_is_not_sent(office: Office) -> None:
    """Two people want two working days until the goods have to be ordered; who decides alone may do so today."""

    def request(days: int) -> PurchaseRequest:
        """The goods are ordered by the end of the day before they come."""
        product = make.make_product(price=100_000, lead_days=1)
        return make_request(office, [(product, 10)], deliver_at=MONDAY + (days + 1) * DAY, event_at=None)

    def send(draft: PurchaseRequest) -> PurchaseRequest:
        return decisions.submit_request(actor=office.requester, request=draft, key=new_key(), now=MONDAY)

    margin = ANSWER_MARGIN.on(TODAY) * HOUR
    assert send(request(1)).due_at == working(1) - 2 * margin
    rule()
    late, enough = request(1), request(2)
    problem = refused(RuleBroken, lambda: send(late), "signers_short")
    assert "2 pejabat" in problem.message and "9 September" in problem.message
    sent_ = send(enough)
    assert (sent_.due_at, sent_.held_until) == (working(1), working(2))


def test_goods_made_over_several_days_have_to_be_asked_earlier(office: Office) -> None:
    """Only the sending knows on which days they are made, so it has the last word."""
    product = make.make_product(price=100_000, lead_days=1, stock_mode=StockMode.DAILY, daily_capacity=5)
    draft = make_request(office, [(product, 10)], deliver_at=MONDAY + 3 * DAY, event_at=None)
    rule()
    send = lambda: decisions.submit_request(actor=office.requester, request=draft, key=new_key(), now=MONDAY)  # noqa: E731
    refused(RuleBroken, send, "signers_short")
    product.daily_capacity = 10
    product.save()
    assert send().state == "submitted"


def test_a_draft_says_before_sending_that_the_signers_lack_time() -> None:
    now = clock.now()
    office = Office(now=now)
    rule(valid_from=clock.local_date(now))
    soon = clock.local_date(now) + 2 * DAY
    product = make.make_product(price=100_000, lead_days=2)
    draft = make_request(office, [(product, 1)], now=now, deliver_at=clock.start_of(soon) + 10 * HOUR, event_at=None)
    page = signed_in(office.requester).get(reverse("procurement:request-detail", args=[draft.number])).text
    assert "menunggu 2 pejabat" in " ".join(page.split())


def test_a_stand_in_signs_as_plh_and_the_paper_says_every_signature(office: Office) -> None:
    from tests.orders.documents.test_golden import text_of

    rule()
    request = sent(office)
    make_leave(office, office.head, office.treasurer, last_day=TODAY)
    refused(NotAllowed, lambda: sign(office.head, request))
    key = new_key()
    for _each in range(2):
        sign(office.treasurer, request, key=key)
    approve(office.pp, request)
    agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY + 2 * HOUR)
    paper = text_of(Order.objects.get(request=request).documents.get(kind="request"))
    paper = " ".join(paper.split())
    assert "Plh. Kepala dinas (PA/KPA)" in paper and office.treasurer.name in paper
    assert "Ditandatangani secara elektronik" in paper and office.pp.name in paper


def test_whose_turn_it_is_hears_of_it(office: Office) -> None:
    rule()
    request = sent(office)
    told = lambda: [row.person for row in Notification.objects.filter(kind="request.submitted").order_by("pk")]  # noqa: E731
    assert told() == [office.head]
    sign(office.head, request)
    assert told() == [office.head, office.pp]
    unread = Notification.objects.unread().filter(kind="request.submitted")
    assert [row.person for row in unread] == [office.pp]


def test_the_pages_show_who_signed_and_whose_turn_it_is() -> None:
    now = clock.now()
    office = Office(now=now)
    rule(valid_from=clock.local_date(now))
    request = sent(office, now=now)
    address = reverse("procurement:approval-detail", args=[request.number])
    head, pp = signed_in(office.head), signed_in(office.pp)
    assert pp.get(address).status_code == 302
    assert request.title in head.get(reverse("procurement:approval-list")).text
    page = head.get(address)
    assert "Tandatangani permintaan" in page.text and "Gilirannya" in page.text
    body = {"key": new_key(), "note": "", "shown": page.context["shown"]}
    assert pp.post(address, {**body, "decision": "sign"}).status_code == 403
    assert head.post(address, {**body, "decision": "approve"}).status_code == 409
    assert head.post(address, {**body, "decision": "sign", "key": new_key()}).status_code == 302
    shown = pp.get(address)
    assert "Setujui permintaan" in shown.text and str(office.head) in shown.text
    detail = signed_in(office.requester).get(reverse("procurement:request-detail", args=[request.number]))
    assert "Ditandatangani sebelum diputuskan" in detail.text
