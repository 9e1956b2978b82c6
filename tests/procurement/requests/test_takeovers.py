"""A requester who is gone leaves no work behind: another takes it over, and who wrote it decides nothing of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.dashboards import agency_day
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.requests import next_step, officers, policies
from procurement.requests.errors import SamePerson
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, drafts
from procurement.requests.services.takeovers import take_over_request
from procurement.requests.states import RequestState
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_leave, make_officer, make_request
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
TODAY = clock.local_date(MONDAY)


def gone(office: Office, last: Any = TODAY - timedelta(days=1)) -> Any:
    """The requester's appointment ended; a colleague is requester too."""
    AgencyMember.objects.filter(user=office.requester).update(valid_until=last)
    return make_officer(OfficerRole.REQUESTER, office.agency)


def take(actor: Any, request: PurchaseRequest, now: Any = MONDAY + HOUR) -> PurchaseRequest:
    return take_over_request(actor=actor, request=request, now=now)


@pytest.mark.parametrize("state", RequestState.values)
def test_only_what_lies_with_its_requester_is_taken_over(office: Office, state: str) -> None:
    """The rest goes on without them: officers decide, any requester withdraws, rebuilds or sources again."""
    request = make_request(office, state=state)
    colleague = gone(office)
    if state in policies.OPEN:
        done = take(colleague, request)
        assert (done.requester, done.state) == (colleague, state)
        assert done.takeovers.get().earlier == office.requester
        event = done.events.latest("pk")
        assert (event.action, event.actor, event.acted_as) == ("take_over", colleague, "requester")
        assert take(colleague, request).takeovers.count() == 1
    else:
        assert not policies.can_take_over(colleague, request, TODAY)
        refused(InvalidMove, lambda: take(colleague, request))
    balanced()


@pytest.mark.parametrize(
    ("why", "may"), [("present", False), ("ended", True), ("away", True), ("ends_today", False), ("elsewhere", True)]
)
def test_while_the_requester_is_there_it_stays_theirs(office: Office, why: str, may: bool) -> None:
    request = make_request(office)
    colleague = gone(office, TODAY - DAY if why in ("ended", "elsewhere") else TODAY if why == "ends_today" else None)
    if why == "elsewhere":
        make_officer(OfficerRole.REQUESTER, user=office.requester)
    if why == "away":
        make_leave(office, office.requester)
    assert policies.can_take_over(colleague, request, TODAY) is may
    assert (request in PurchaseRequest.objects.without_requester(TODAY)) is may
    if may:
        take(colleague, request)
    else:
        refused(NotAllowed, lambda: take(colleague, request))


@pytest.mark.parametrize("role", ["pp", "ppk", "receiver", "treasurer", "head"])
def test_only_a_requester_of_the_department_takes_over(office: Office, role: str) -> None:
    request = make_request(office)
    gone(office)
    refused(NotAllowed, lambda: take(getattr(office, role), request))
    refused(NotAllowed, lambda: take(Office().requester, request))


def test_who_takes_over_edits_and_sends_and_the_first_no_more(office: Office) -> None:
    request = make_request(office)
    colleague = gone(office)
    take(colleague, request)
    AgencyMember.objects.filter(user=office.requester).update(valid_until=None)
    refused(
        NotAllowed,
        lambda: drafts.save_request(actor=office.requester, request=request, values={"title": "Lain"}, now=MONDAY),
    )
    sent = decisions.submit_request(actor=colleague, request=request, key=new_key(), now=MONDAY + HOUR)
    assert sent.requester == colleague
    told = Notification.objects.filter(kind="request.taken_over")
    assert [row.person for row in told] == [office.requester]


def test_who_wrote_it_first_decides_nothing_of_it(office: Office) -> None:
    """They became PP meanwhile: neither the act nor any list or count makes it theirs."""
    request = make_request(office)
    colleague, first = gone(office), office.requester
    take(colleague, request)
    make_officer(OfficerRole.PP, office.agency, user=first)
    AgencyMember.objects.filter(user=office.pp).update(valid_until=TODAY - DAY)
    request = decisions.submit_request(actor=colleague, request=request, key=new_key(), now=MONDAY)
    assert officers.people_of(request, TODAY) == [office.ppk]
    assert officers.office_of(request, TODAY) == OfficerRole.PPK
    act = {"request": request, "now": MONDAY + HOUR, "key": new_key(), "note": "Tidak"}
    refused(SamePerson, lambda: decisions.approve_request(actor=first, dropped={}, **act))
    refused(SamePerson, lambda: decisions.reject_request(actor=first, **act))
    members = list(AgencyMember.objects.of(first, TODAY))
    assert (
        not PurchaseRequest.objects.with_step().with_officer(TODAY).filter(next_step.turn_of(first, members)).exists()
    )
    decisions.approve_request(actor=office.ppk, dropped={}, **act)
    assert not policies.can_issue(first, PurchaseRequest.objects.get(pk=request.pk), TODAY)
    refused(
        NotAllowed, lambda: agreement.issue_orders(actor=first, request=request, key=new_key(), now=MONDAY + 2 * HOUR)
    )
    agreement.issue_orders(actor=office.ppk, request=request, key=new_key(), now=MONDAY + 2 * HOUR)
    assert orders_policies.earlier_side(first, Order.objects.get(request=request)) == "pemesan"


def test_nothing_of_a_department_is_left_without_its_head_seeing_it() -> None:
    now = clock.now()
    office, today = Office(now=now), clock.local_date(now)
    draft = make_request(office, now=now)
    waiting = make_request(office, state="ordered", now=now)
    groups = lambda roles: {  # noqa: E731
        group.title.split(":")[0]: group.count
        for group in agency_day.groups(office.agency, roles, now, reads_all=False)
        if "tanpa" in group.title
    }
    assert groups(["head"]) == {} == groups(["requester"])
    colleague = gone(office, today - DAY)
    AgencyMember.objects.filter(user__in=[office.receiver, office.treasurer]).update(valid_until=today - DAY)
    agreement.accept_order(
        actor=waiting.lines.get().seller.members.get().user, order=Order.objects.get(request=waiting), now=now + HOUR
    )
    assert groups(["requester"]) == {"Draf tanpa pemesan": 1}
    assert groups(["head"])["Draf tanpa pemesan"] == 1
    page = signed_in(office.head).get(reverse("site:agency-dashboard"))
    assert "Draf tanpa pemesan" in page.text and draft.number in page.text
    address = reverse("procurement:request-detail", args=[draft.number])
    assert "Ambil alih permintaan" in signed_in(colleague).get(address).text
    assert "Ambil alih permintaan" not in signed_in(office.pp).get(address).text
    taking = reverse("procurement:request-take-over", args=[draft.number])
    assert signed_in(office.pp).post(taking).status_code == 403
    assert signed_in(colleague).post(taking).status_code == 302
    assert PurchaseRequest.objects.get(pk=draft.pk).requester == colleague
    assert groups(["requester"]) == {}
