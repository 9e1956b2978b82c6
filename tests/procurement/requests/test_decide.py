"""Deciding, dropping lines, taking back: budget follows, and nobody decides on their own request."""

from datetime import time, timedelta
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed, RuleBroken
from epeken.core.idempotency import KeyReused, new_key
from epeken.core.states import move
from epeken.core.web.templatetags.uang import tanggal_jam
from epeken.notifications.models import Notification
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.requests import contents, officers, policies, rules
from procurement.requests.errors import OwnShop, SamePerson
from procurement.requests.models import PurchaseRequest
from procurement.requests.pages import requests as requests_pages
from procurement.requests.services import decisions
from procurement.sourcing import comparison, sheets
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_officer, make_request
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.sellers.models import Seller
from umkm.stock import services as stock

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def request_(office: Office) -> PurchaseRequest:
    """Two sellers: Rp1.010.000 and Rp60.000, delivery included."""
    goods = [(make.make_product(price=100_000), 10), (make.make_product(price=50_000), 1)]
    return make_request(office, goods, state="submitted")


def approve(actor: Any, request: PurchaseRequest, **over: Any) -> PurchaseRequest:
    values = {"dropped": {}, "note": "", "key": new_key(), "now": MONDAY + HOUR, **over}
    return decisions.approve_request(actor=actor, request=request, **values)


def left(office: Office) -> int:
    office.line.refresh_from_db()
    return office.line.reserved


def test_approval_names_its_approver_and_keeps_the_budget(office: Office, request_: PurchaseRequest) -> None:
    done = approve(office.pp, request_, note="Silakan")
    assert (done.state, done.approver, done.decision_note) == ("approved", office.pp, "Silakan")
    assert done.due_at == done.held_until
    assert left(office) == done.total == 1_070_000
    assert Notification.objects.filter(kind="request.approved", person=office.requester).count() == 1
    balanced()


def test_dropped_lines_free_their_budget_and_their_delivery(office: Office, request_: PurchaseRequest) -> None:
    cheap = request_.lines.get(price=50_000)
    done = approve(office.pp, request_, dropped={cheap.pk: "Sudah ada di gudang"})
    cheap.refresh_from_db()
    assert (cheap.dropped_at, cheap.dropped_reason) == (MONDAY + HOUR, "Sudah ada di gudang")
    assert done.total == left(office) == 1_010_000
    assert [e.kind for e in office.line.entries.all()] == ["reserve", "release"]
    balanced()


@pytest.mark.parametrize(
    ("which", "code"), [("all", "all_dropped"), ("stranger", "unknown_line"), ("silent", "reason_missing")]
)
def test_refused_drops(office: Office, request_: PurchaseRequest, which: str, code: str) -> None:
    lines = list(request_.lines.all())
    dropped = {
        "all": {line.pk: "Tidak perlu" for line in lines},
        "stranger": {0: "Tidak perlu"},
        "silent": {lines[0].pk: "  "},
    }[which]
    refused(RuleBroken, lambda: approve(office.pp, request_, dropped=dropped), code)


@pytest.mark.parametrize("change", [{"lead_days": 60}, {"order_until": time(0, 1)}, {"minimum": 2}, {"step": 3}])
def test_what_the_shop_changes_meanwhile_does_not_bind_what_is_held(
    office: Office, request_: PurchaseRequest, change: dict[str, Any]
) -> None:
    line = request_.lines.get(price=50_000)
    Product.objects.filter(pk=line.product_id).update(**change)
    assert approve(office.pp, request_).state == "approved"
    # Somebody who asks now is bound by it.
    product, by = Product.objects.select_related("seller").get(pk=line.product_id), request_.deliver_at
    assert by is not None
    on = feasibility.calendar([product], clock.last_day(by), MONDAY + HOUR, for_agency=True, by=by)
    assert "order_until" in change or feasibility.faults(product, line.quantity, on)


def test_what_others_buy_meanwhile_is_not_what_the_request_holds(office: Office, request_: PurchaseRequest) -> None:
    line = request_.lines.get(price=50_000)
    line.product.refresh_from_db()
    rest = line.product.on_hand
    stock.take_stock(product=line.product, quantity=rest, reference="uji", days=[], actor=None, now=MONDAY)
    assert approve(office.pp, request_).state == "approved"


def test_goods_hidden_meanwhile_are_not_approved(office: Office, request_: PurchaseRequest) -> None:
    line = request_.lines.get(price=50_000)
    move(Product.objects.get(pk=line.product_id), "hide", actor=None, now=MONDAY)
    refused(RuleBroken, lambda: approve(office.pp, request_), "not_for_sale")
    assert approve(office.pp, request_, dropped={line.pk: "Tidak tersedia"}).state == "approved"


def test_a_shop_closed_on_the_day_is_not_approved(office: Office, request_: PurchaseRequest) -> None:
    line = request_.lines.get(price=50_000)
    assert request_.deliver_at is not None
    Seller.objects.filter(pk=line.seller_id).update(closed_until=clock.local_date(request_.deliver_at))
    refused(RuleBroken, lambda: approve(office.pp, request_), "shop_closed")


def test_nothing_is_approved_for_a_time_gone_by(office: Office, request_: PurchaseRequest) -> None:
    assert request_.deliver_at is not None
    refused(RuleBroken, lambda: approve(office.pp, request_, now=request_.deliver_at), "hold_over")


DECISIONS = ["approve", "send_back", "reject"]


def decide(verb: str, actor: Any, request: PurchaseRequest, note: str = "Perbaiki", key: str = "") -> Any:
    if verb == "approve":
        return approve(actor, request, note=note, key=key or new_key())
    act = {"send_back": decisions.send_back_request, "reject": decisions.reject_request}[verb]
    return act(actor=actor, request=request, note=note, key=key, now=MONDAY + HOUR)


@pytest.mark.parametrize("verb", DECISIONS)
@pytest.mark.parametrize("who", ["ppk", "receiver", "treasurer", "head"])
def test_only_the_right_role_decides(office: Office, request_: PurchaseRequest, verb: str, who: str) -> None:
    refused(NotAllowed, lambda: decide(verb, getattr(office, who), request_))


@pytest.mark.parametrize("verb", DECISIONS)
def test_the_requester_never_decides_whatever_memberships_they_hold(
    office: Office, request_: PurchaseRequest, verb: str
) -> None:
    AgencyMember.objects.create(agency=office.agency, user=office.requester, role="pp", valid_from=MONDAY.date())
    refused(SamePerson, lambda: decide(verb, office.requester, request_), "same_person")


@pytest.mark.parametrize("how", make.TIES)
@pytest.mark.parametrize("verb", DECISIONS)
def test_an_officer_tied_to_a_seller_does_not_decide(
    office: Office, request_: PurchaseRequest, verb: str, how: str
) -> None:
    make.tie(office.pp, request_.lines.first().seller, how)
    refused(OwnShop, lambda: decide(verb, office.pp, request_), "own_shop")
    assert not policies.can_decide(office.pp, request_, MONDAY.date())
    other = make_officer(OfficerRole.PP, office.agency)
    assert policies.can_decide(other, request_, MONDAY.date())
    decide(verb, other, request_)


def test_a_request_goes_to_an_office_whose_people_are_not_tied(office: Office) -> None:
    product = make.make_product(price=100_000)
    make.tie(office.pp, product.seller, "sister")
    request = make_request(office, [(product, 1)], state="submitted")
    assert officers.office_of(request, MONDAY.date()) == OfficerRole.PPK
    make.tie(office.ppk, product.seller, "former")
    draft = make_request(office, [(product, 1)])
    key = new_key()
    refused(
        RuleBroken,
        lambda: decisions.submit_request(actor=office.requester, request=draft, key=key, now=MONDAY),
        "no_approver",
    )


def test_a_tie_to_dropped_goods_is_none(office: Office) -> None:
    mine, other = make.make_product(price=100_000), make.make_product(price=100_000)
    request = make_request(office, [(mine, 1), (other, 1)], state="submitted")
    request.lines.filter(product=mine).update(dropped_at=MONDAY, dropped_reason="Tidak perlu")
    make.tie(office.pp, mine.seller, "member")
    assert policies.own_shop(office.pp, request) is None
    make.tie(office.pp, other.seller, "member")
    assert policies.own_shop(office.pp, request) == other.seller


@pytest.mark.parametrize("verb", DECISIONS)
def test_an_approver_of_another_department_does_not(
    office: Office, other_office: Office, request_: PurchaseRequest, verb: str
) -> None:
    refused(NotAllowed, lambda: decide(verb, other_office.pp, request_))


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_membership_that_ended_does_not_decide(office: Office, request_: PurchaseRequest, verb: str) -> None:
    AgencyMember.objects.filter(user=office.pp).update(valid_until=(MONDAY - DAY).date())
    refused(NotAllowed, lambda: decide(verb, office.pp, request_))


@pytest.mark.parametrize("verb", ["send_back", "reject"])
def test_no_is_said_with_a_reason(office: Office, request_: PurchaseRequest, verb: str) -> None:
    refused(RuleBroken, lambda: decide(verb, office.pp, request_, note=" "), "note_missing")


@pytest.mark.parametrize(("verb", "state"), [("send_back", "sent_back"), ("reject", "rejected")])
def test_no_frees_the_budget_and_tells_the_requester(
    office: Office, request_: PurchaseRequest, verb: str, state: str
) -> None:
    done = decide(verb, office.pp, request_)
    assert (done.state, done.decision_note, left(office)) == (state, "Perbaiki", 0)
    assert Notification.objects.filter(kind=f"request.{state}", person=office.requester).count() == 1
    balanced()


@pytest.mark.parametrize("verb", DECISIONS)
def test_the_same_key_decides_once(office: Office, request_: PurchaseRequest, verb: str) -> None:
    key = new_key()
    decide(verb, office.pp, request_, key=key)
    decide(verb, office.pp, request_, key=key)
    assert request_.events.filter(action=verb).count() == 1
    refused(KeyReused, lambda: decide(verb, office.pp, request_, note="Lain", key=key))


def test_a_mended_request_can_be_sent_again(office: Office, request_: PurchaseRequest) -> None:
    decide("send_back", office.pp, request_)
    again = decisions.submit_request(actor=office.requester, request=request_, key=new_key(), now=MONDAY + 2 * HOUR)
    assert (again.state, again.decision_note, left(office)) == ("submitted", "", 1_070_000)
    balanced()


def test_prices_hold_for_a_while_and_then_nothing_is_decided(office: Office, request_: PurchaseRequest) -> None:
    """The last day counts whole; the page names it."""
    Product.objects.update(price=200_000)
    last = clock.local_date(MONDAY) + rules.HOLD.on(MONDAY.date()) * DAY
    ends = request_.held_until
    assert ends == clock.end_of(last)
    words = requests_pages.hold_words(request_, MONDAY)
    assert words is not None
    assert words["until"] == tanggal_jam(ends - timedelta(minutes=1))
    # On its last day it is kept no shorter than any other: no seller waits for it.
    for now in (MONDAY, ends - timedelta(minutes=1)):
        found = requests_pages.hold_words(request_, now)
        assert found is not None and found["before"] == ""
    refused(RuleBroken, lambda: approve(office.pp, request_, now=ends), "hold_over")
    assert approve(office.pp, request_, now=ends - timedelta(microseconds=1)).total == 1_070_000


# --- Withdrawing ---


@pytest.mark.parametrize("state", ["draft", "submitted", "sent_back", "approved"])
def test_the_requester_takes_it_back(office: Office, state: str) -> None:
    request = make_request(office, state=state)
    done = decisions.withdraw_request(
        actor=office.requester, request=request, note="Acara batal", now=MONDAY + 2 * HOUR
    )
    assert (done.state, left(office)) == ("withdrawn", 0)
    told = Notification.objects.filter(kind="request.withdrawn", person=office.pp).exists()
    assert told is (state in ("submitted", "approved"))
    balanced()


@pytest.mark.parametrize("who", ["pp", "ppk", "receiver"])
def test_nobody_else_takes_it_back(office: Office, request_: PurchaseRequest, who: str) -> None:
    actor = getattr(office, who)
    refused(NotAllowed, lambda: decisions.withdraw_request(actor=actor, request=request_, now=MONDAY + HOUR))


# --- What the approver reads ---


def texts(request: PurchaseRequest, kind: str) -> str:
    request = PurchaseRequest.objects.select_related("line", "requester").get(pk=request.pk)
    held = contents.read(request, MONDAY + HOUR)
    found = comparison.warnings(request, held, sheets.kept(request), MONDAY + HOUR)
    return " ".join(f"{item['text']} {item.get('note', '')}" for item in found if item["kind"] == kind)


def test_what_is_held_is_said(request_: PurchaseRequest) -> None:
    assert "sudah ditahan untuk permintaan ini" in texts(request_, "ok")


def test_a_cheaper_window_price_is_told(request_: PurchaseRequest) -> None:
    Product.objects.filter(pk=request_.lines.first().product_id).update(price=90_000)
    assert "sekarang dijual Rp90.000, di permintaan ini Rp100.000" in texts(request_, "now")


def test_refusals_are_ordinary_domain_errors() -> None:
    assert issubclass(SamePerson, DomainError)
    assert SamePerson.status == 403
