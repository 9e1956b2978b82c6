"""Appointments that end while a request waits: another office that may decides, and no budget stays held by nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.users.models import User
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.requests import policies, rules
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_officer, make_request
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
PP, PPK = OfficerRole.PP, OfficerRole.PPK


@pytest.fixture
def request_(office: Office) -> PurchaseRequest:
    return make_request(office, state="submitted")


def end(person: Any, *, now: Any = MONDAY) -> None:
    """Their appointments of any role ended the day before."""
    AgencyMember.objects.filter(user=person).update(valid_until=clock.local_date(now) - timedelta(days=1))


def approve(actor: User, request: PurchaseRequest) -> PurchaseRequest:
    return decisions.approve_request(
        actor=actor, request=request, dropped={}, note="", key=new_key(), now=MONDAY + HOUR
    )


def send_back(actor: User, request: PurchaseRequest) -> PurchaseRequest:
    return decisions.send_back_request(actor=actor, request=request, note="Perbaiki", now=MONDAY + HOUR)


def reject(actor: User, request: PurchaseRequest) -> PurchaseRequest:
    return decisions.reject_request(actor=actor, request=request, note="Tidak jadi", now=MONDAY + HOUR)


def asked(kind: str = "request.submitted", *, waiting: bool = True) -> set[User]:
    found = Notification.objects.filter(kind=kind, read_at__isnull=waiting).select_related("person")
    return {each.person for each in found}


def turns(person: User) -> set[PurchaseRequest]:
    day = MONDAY.date()
    return set(PurchaseRequest.objects.waiting_for(person, AgencyMember.objects.of(person, day)))


@pytest.mark.parametrize("act", [approve, send_back, reject])
def test_the_ppk_decides_once_no_pp_can(office: Office, request_: PurchaseRequest, act: Any) -> None:
    refused(NotAllowed, lambda: act(office.ppk, request_))
    end(office.pp)
    assert policies.can_decide(office.ppk, request_, MONDAY.date())
    refused(NotAllowed, lambda: act(office.pp, request_))
    act(office.ppk, request_)
    event = request_.events.order_by("pk").last()
    assert (event.actor, event.acted_as) == (office.ppk, PPK)
    balanced()


def test_another_pp_keeps_it_from_the_ppk(office: Office, request_: PurchaseRequest) -> None:
    end(office.pp)
    other = make_officer(PP, office.agency)
    refused(NotAllowed, lambda: approve(office.ppk, request_))
    approve(other, request_)


@pytest.mark.parametrize("how", make.TIES)
def test_a_pp_who_became_tied_to_a_seller_counts_as_none(office: Office, request_: PurchaseRequest, how: str) -> None:
    make.tie(office.pp, request_.lines.get().seller, how)
    approve(office.ppk, request_)


def test_a_pp_who_wrote_the_request_counts_as_none(office: Office, request_: PurchaseRequest) -> None:
    end(office.pp)
    make_officer(PP, office.agency, user=office.requester)
    approve(office.ppk, request_)


def test_it_is_handed_over_and_the_others_are_asked(office: Office, request_: PurchaseRequest) -> None:
    assert decisions.hand_over_approvals(now=MONDAY + HOUR) == 0
    assert (asked(), turns(office.ppk)) == ({office.pp}, set())
    end(office.pp)
    later = MONDAY + 3 * HOUR
    assert decisions.hand_over_approvals(now=later) == 1
    request_.refresh_from_db()
    assert (request_.state, request_.approver_role, request_.required_role) == ("submitted", PPK, PP)
    assert request_.due_at == clock.due_after_working_days(later, rules.APPROVAL.on(MONDAY.date()))
    event = request_.events.order_by("pk").last()
    assert (event.action, event.actor, event.from_state, event.to_state) == (
        "hand_over", None, "submitted", "submitted"
    )  # fmt: skip
    assert asked() == {office.ppk}
    assert office.pp in asked(waiting=False)
    assert turns(office.ppk) == {request_}
    assert decisions.hand_over_approvals(now=later + HOUR) == 0
    assert request_.events.filter(action="hand_over").count() == 1


def test_the_time_to_decide_ends_with_the_hold(office: Office, request_: PurchaseRequest) -> None:
    end(office.pp)
    until = request_.held_until
    assert until is not None
    decisions.hand_over_approvals(now=until - HOUR)
    request_.refresh_from_db()
    assert request_.due_at == until


def test_it_stays_with_the_ppk_and_returns_only_when_there_is_none(office: Office, request_: PurchaseRequest) -> None:
    end(office.pp)
    decisions.hand_over_approvals(now=MONDAY + HOUR)
    other = make_officer(PP, office.agency)
    assert decisions.hand_over_approvals(now=MONDAY + 2 * HOUR) == 0
    request_.refresh_from_db()
    refused(NotAllowed, lambda: approve(other, request_))
    end(office.ppk)
    assert decisions.hand_over_approvals(now=MONDAY + 3 * HOUR) == 1
    request_.refresh_from_db()
    assert request_.approver_role == PP
    assert approve(other, request_).approver_role == PP


def test_above_the_limit_nobody_stands_in_for_the_ppk(office: Office) -> None:
    """Its requester and the head hear of it once a day; who is appointed later decides."""
    set_rule("purchase.pp_limit", 1_009_999)
    request = make_request(office, state="submitted")
    end(office.ppk)
    refused(NotAllowed, lambda: approve(office.pp, request))
    for hours in (1, 2, 25):
        decisions.hand_over_approvals(now=MONDAY + hours * HOUR)
    told = Notification.objects.filter(kind="request.no_approver")
    assert sorted(each.person_id for each in told) == sorted([office.requester.pk, office.head.pk] * 2)
    request.refresh_from_db()
    assert (request.state, request.approver_role, turns(office.pp)) == ("submitted", PPK, set())
    assert make_officer(PPK, office.agency) and decisions.hand_over_approvals(now=MONDAY + 26 * HOUR) == 0


def test_after_the_approval_whoever_holds_an_office_sends_it_back(office: Office) -> None:
    request = make_request(office, state="approved")
    end(office.pp)
    assert send_back(office.ppk, request).state == "sent_back"
    event = request.events.order_by("pk").last()
    assert (event.acted_as, event.actor) == (PPK, office.ppk)
    balanced()


def test_what_was_decided_meanwhile_is_not_handed_over(office: Office, request_: PurchaseRequest) -> None:
    approve(office.pp, request_)
    refused(InvalidMove, lambda: decisions.hand_over_approval(request=request_, now=MONDAY + DAY))


def test_the_pages_follow(office: Office) -> None:
    now = clock.now()
    office = Office(now=now)
    request = make_request(office, state="submitted", now=now)
    approval = reverse("procurement:approval-detail", args=[request.number])
    detail = reverse("procurement:request-detail", args=[request.number])
    ppk, requester = signed_in(office.ppk), signed_in(office.requester)
    assert ppk.get(approval)["Location"] == detail
    end(office.pp, now=now)
    assert f"Anda memutuskan sebagai {PPK.label}" in " ".join(ppk.get(approval).text.split())
    assert "Belum ada pejabat dinas Anda" not in requester.get(detail).text
    end(office.ppk, now=now)
    assert "Belum ada pejabat dinas Anda" in requester.get(detail).text
