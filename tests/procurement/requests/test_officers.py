"""Who decides and orders is asked on the day of the act: an appointment that ends leaves no work behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.dashboards import agency_day, request_work
from orders.orders.services import agreement
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.guards.models import GuardFinding
from procurement.requests import officers, policies
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_officer, make_request
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def end(office: Office, *people: Any, last: Any = TODAY - timedelta(days=1)) -> None:
    AgencyMember.objects.filter(agency=office.agency, user__in=people).update(valid_until=last)


def approve(actor: Any, request: PurchaseRequest, **over: Any) -> PurchaseRequest:
    values = {"dropped": {}, "note": "", "key": new_key(), "now": MONDAY + HOUR, **over}
    return decisions.approve_request(actor=actor, request=request, **values)


@pytest.mark.parametrize("verb", ["approve", "send_back", "reject"])
def test_the_ppk_decides_once_the_only_pp_is_gone(office: Office, verb: str) -> None:
    request = make_request(office, state="submitted")
    end(office, office.pp)
    act = getattr(decisions, f"{verb}_request")
    given: dict[str, Any] = {"request": request, "note": "Tanggalnya", "now": MONDAY + HOUR, "key": new_key()}
    if verb == "approve":
        given["dropped"] = {}
    refused(NotAllowed, lambda: act(actor=office.pp, **given))
    done = act(actor=office.ppk, **given)
    assert done.events.order_by("-pk")[0].acted_as == OfficerRole.PPK
    assert done.approver_role == ("" if verb == "send_back" else OfficerRole.PPK)
    balanced()


def test_the_last_day_counts_whole(office: Office) -> None:
    request = make_request(office, state="submitted")
    end(office, office.pp, last=TODAY)
    night = clock.end_of(TODAY)
    refused(NotAllowed, lambda: approve(office.ppk, request, now=night - timedelta.resolution))
    refused(NotAllowed, lambda: approve(office.pp, request, now=night))
    assert approve(office.ppk, request, now=night).approver_role == OfficerRole.PPK


def test_a_pp_appointed_later_decides_what_is_a_pps(office: Office) -> None:
    end(office, office.pp)
    request = make_request(office, [(make.make_product(price=100_000), 1)], state="draft")
    request = decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
    assert officers.people_of(request, TODAY) == [office.ppk]
    new = make_officer(OfficerRole.PP, office.agency)
    assert officers.people_of(request, TODAY) == [new]
    refused(NotAllowed, lambda: approve(office.ppk, request))
    assert approve(new, request).approver_role == OfficerRole.PP


def test_what_asks_for_the_ppk_waits_for_no_pp(office: Office) -> None:
    """Above the limit of the PP; and when the PPK is gone, nobody stands in for them."""
    set_rule("purchase.pp_limit", 1)
    request = make_request(office, state="submitted")
    end(office, office.ppk)
    refused(NotAllowed, lambda: approve(office.pp, request))
    assert officers.office_of(request, TODAY) is None
    new = make_officer(OfficerRole.PPK, office.agency)
    done = approve(new, request)
    refused(
        NotAllowed,
        lambda: agreement.issue_orders(actor=office.pp, request=done, key=new_key(), now=MONDAY + HOUR),
    )


def test_an_escalated_request_stays_with_the_ppk(office: Office) -> None:
    request = make_request(office, state="submitted")
    PurchaseRequest.objects.filter(pk=request.pk).update(needed_role=OfficerRole.PPK)
    refused(NotAllowed, lambda: approve(office.pp, request))
    assert approve(office.ppk, request).approver_role == OfficerRole.PPK


def test_what_was_approved_is_ordered_or_sent_back_by_who_is_left(office: Office) -> None:
    request, other = (make_request(office, state="approved") for _each in range(2))
    end(office, office.pp)
    assert not policies.can_issue(office.pp, request, TODAY)
    order = agreement.issue_orders(actor=office.ppk, request=request, key=new_key(), now=MONDAY + 2 * HOUR)[0]
    assert order.events.get(action="create").acted_as == OfficerRole.PPK
    back = decisions.send_back_request(actor=office.ppk, request=other, note="Jam", now=MONDAY + 2 * HOUR)
    assert back.events.order_by("-pk")[0].acted_as == OfficerRole.PPK
    assert (back.approver, back.approver_role) == (None, "")
    office.line.refresh_from_db()
    assert office.line.reserved == 0
    balanced()


def test_a_warning_is_answered_in_the_office_that_decided(office: Office) -> None:
    request = make_request(office, state="submitted")
    said = {"name": "Nasi", "category": "Makanan", "account": "5.1", "fitting": "kertas", "sum": 1}
    finding = GuardFinding.objects.create(
        request=request, kind="account", key="a", parameters=said, amount=1, threshold=0, choice="justify",
        reason="Sudah biasa begitu",
        chosen_by=office.requester, chosen_at=MONDAY, owner_role=OfficerRole.PP,
    )  # fmt: skip
    end(office, office.pp)
    approve(office.ppk, request, outcomes={finding.pk: "accepted"})
    finding.refresh_from_db()
    assert (finding.owner_role, finding.answered_by) == (OfficerRole.PPK, office.ppk)


def told(kind: str) -> list[Any]:
    return [row.person for row in Notification.objects.filter(kind=f"request.{kind}").order_by("pk")]


def test_who_comes_after_the_request_was_sent_is_told_once(office: Office) -> None:
    make_request(office, state="submitted")
    decisions.remind_overdue(now=MONDAY + HOUR)
    assert told("submitted") == [office.pp]
    end(office, office.pp)
    for _each in range(2):
        decisions.remind_overdue(now=MONDAY + 2 * HOUR)
    assert told("submitted") == [office.pp, office.ppk]
    assert not told("without_officer")


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_where_nobody_may_decide_everyone_who_can_help_knows(state: str) -> None:
    """The PPK wrote the request and the only PP is gone: nobody decides on their own purchase."""
    now = clock.now()
    office, today = Office(now=now), clock.local_date(now)
    make_officer(OfficerRole.PPK, office.agency, user=office.requester)
    request = make_request(office, state=state, now=now)
    end(office, office.pp, office.ppk, last=today - timedelta(days=1))
    admin = make.make_user(name="Admin Kota", is_staff=True, is_superuser=True)
    for _each in range(2):
        decisions.remind_overdue(now=now + HOUR)
    assert set(told("without_officer")) == {office.requester, office.head, admin}
    assert len(told("without_officer")) == 3
    page = signed_in(office.requester).get(reverse("procurement:request-detail", args=[request.number]))
    assert "Minta kepala dinas mengajukan PP atau PPK kepada admin kota." in page.text
    groups = agency_day.groups(office.agency, [OfficerRole.HEAD], now, reads_all=False)
    assert [group.count for group in groups if "tanpa pejabat" in group.title] == [1]
    new = make_officer(OfficerRole.PPK, office.agency)
    assert officers.people_of(request, today) == [new]
    assert request_work.without_officer(office.agency, now).count == 0
    if state == "submitted":
        approve(new, request, now=now + 2 * HOUR)
        assert not Notification.objects.unread().filter(kind="request.without_officer").exists()


def test_a_tie_to_the_seller_bars_an_officer_wherever_it_is_asked(office: Office) -> None:
    """Also at the act, when the tie came after the request was sent."""
    request = make_request(office, state="submitted")
    make.tie(office.pp, request.lines.get().seller, "sister")
    assert officers.people_of(request, TODAY) == [office.ppk]
    assert approve(office.ppk, request).approver_role == OfficerRole.PPK


def test_a_page_shown_before_the_appointment_ended_decides_nothing() -> None:
    now = clock.now()
    office = Office(now=now)
    request = make_request(office, state="submitted", now=now)
    address = reverse("procurement:approval-detail", args=[request.number])
    officer = signed_in(office.pp)
    page = officer.get(address)
    assert "Anda memutuskan sebagai Pejabat pengadaan" in page.text
    end(office, office.pp, last=clock.local_date(now) - DAY)
    body = {"key": new_key(), "decision": "reject", "note": "Tidak", "sure": "1", "shown": page.context["shown"]}
    assert officer.post(address, body).status_code in (403, 404)
    successor = signed_in(office.ppk)
    assert "Anda memutuskan sebagai Pejabat pembuat komitmen" in successor.get(address).text
    assert successor.post(address, {**body, "key": new_key()}).status_code == 302
