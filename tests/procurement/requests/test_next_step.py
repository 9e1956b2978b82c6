"""Whose turn it is with a request: in Python, in SQL, on the dashboard and in the bar at the top, one answer."""

from datetime import timedelta
from typing import Any

import pytest

from epeken.core import clock
from epeken.site.navigation import Memberships
from orders.orders.services import agreement
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.requests import officers, policies
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.next_step import BY_REQUESTER, RequestStep, RequestTask, next_step
from procurement.requests.pages import dashboard
from procurement.requests.services import copies, unfilled
from procurement.requests.states import RequestState
from tests.factories.procurement import MONDAY, Office, make_officer, make_request
from tests.kept_steps import kept
from umkm.sellers.models import SellerMember

pytestmark = pytest.mark.django_db
DAY = clock.local_date(MONDAY)
STATES = [*RequestState.values, "unfilled", "continued", "left", "rebuilt"]


@kept
def request_in(office: Office, state: str, **over: Any) -> PurchaseRequest:
    """`unfilled`, `continued`, `left`: ordered, and the order brought nothing. `rebuilt`: lapsed and written anew."""
    if state == "rebuilt":
        request = make_request(office, state="lapsed", **over)
        copies.rebuild_request(actor=office.requester, request=request, now=request.closed_at)
        return request
    if state in RequestState.values:
        return make_request(office, state=state, **over)
    request = make_request(office, state="ordered", **over)
    order = request.orders.get()
    seller = order.seller.members.order_by("pk")[0].user
    agreement.close_order(actor=seller, order=order, reason="seller_declined", note="Penuh", now=order.placed_at)
    asked = {"actor": office.requester, "part": request.sellers.get(), "now": order.placed_at}
    if state == "continued":
        unfilled.source_again(**asked)
    elif state == "left":
        unfilled.end_sourcing(**asked)
    return request


def step_of(request: PurchaseRequest) -> RequestStep | None:
    request.refresh_from_db()
    is_rebuilt = PurchaseRequest.objects.rebuild_of(request) is not None
    office = officers.office_of(request, DAY)
    return next_step(request, request.sellers.with_continuation(), office=office, is_rebuilt=is_rebuilt)


@pytest.mark.parametrize(
    ("state", "who", "what"),
    [
        ("draft", OfficerRole.REQUESTER, RequestTask.COMPLETE),
        ("sent_back", OfficerRole.REQUESTER, RequestTask.MEND),
        ("submitted", OfficerRole.PP, RequestTask.DECIDE),
        ("approved", OfficerRole.PP, RequestTask.ISSUE),
        ("ordered", None, None),
        ("rejected", None, None),
        ("withdrawn", None, None),
        ("lapsed", OfficerRole.REQUESTER, RequestTask.REBUILD),
        ("rebuilt", None, None),
        ("unfilled", OfficerRole.REQUESTER, RequestTask.SOURCE),
        ("continued", None, None),
        ("left", None, None),
    ],
)
def test_the_step_of_each_state_in_python_and_in_sql(
    office: Office, state: str, who: OfficerRole | None, what: RequestTask | None
) -> None:
    request = request_in(office, state)
    step = step_of(request)
    assert (step.who if step else None, step.what if step else None) == (who, what)
    assert PurchaseRequest.objects.with_step().get(pk=request.pk).task == what


def test_only_a_request_with_an_officer_has_a_deadline(office: Office) -> None:
    for state in STATES:
        request = request_in(office, state)
        step = step_of(request)
        assert bool(step and step.due) is (state in ("submitted", "approved")), state


def is_turn_of(person: Any, members: list[AgencyMember], request: PurchaseRequest) -> bool:
    """By the step and the policies that the services ask."""
    step = step_of(request)
    if step is None:
        return False
    if step.what == RequestTask.SOURCE and policies.can_reissue(person, request, DAY):
        return True
    if step.what in BY_REQUESTER:
        return person.pk == request.requester_id and any(m.role == OfficerRole.REQUESTER for m in members)
    can = policies.can_decide if step.what == RequestTask.DECIDE else policies.can_issue
    return can(person, request, DAY)


def test_turns_in_sql_are_those_of_the_policies(office: Office) -> None:
    """Every state, for the PP and for the PPK, every officer, one who holds two offices, one of another department."""
    for state in STATES:
        request_in(office, state)
    large = [request_in(office, state) for state in ("submitted", "approved", "sent_back")]
    PurchaseRequest.objects.filter(pk__in=[request.pk for request in large]).update(needed_role=OfficerRole.PPK)
    both = make_officer(OfficerRole.PP, office.agency)
    AgencyMember.objects.create(agency=office.agency, user=both, role=OfficerRole.REQUESTER, valid_from=DAY)
    ended = make_officer(OfficerRole.PPK, office.agency, valid_until=DAY - timedelta(days=1))
    tied = make_officer(OfficerRole.PP, office.agency)
    sellers = list(RequestLine.objects.values_list("seller", flat=True).distinct())
    for seller in sellers[::2]:
        SellerMember.objects.create(seller_id=seller, user=tied, since=clock.now())
    people = [
        tied, office.requester, office.pp, office.ppk, office.receiver, office.treasurer, office.head, both, ended,
        make_officer(OfficerRole.PP),
    ]  # fmt: skip
    turns = 0
    for person in people:
        members = list(AgencyMember.objects.of(person, DAY))
        found = set(PurchaseRequest.objects.waiting_for(person, members, DAY))
        assert found == {
            request for request in PurchaseRequest.objects.all() if is_turn_of(person, members, request)
        }, person
        turns += len(found)
    assert turns > 10


def test_a_rejected_request_stands_on_its_requesters_desk_for_a_week(office: Office) -> None:
    request = request_in(office, "rejected")
    assert request.closed_at is not None
    members = list(AgencyMember.objects.of(office.requester, DAY))

    def groups(person: Any, moment: Any) -> dict[str, Any]:
        found = dashboard.waiting(person, office.agency, members if person == office.requester else [], moment)
        return {group["title"]: group["items"] for group in found}

    (item,) = groups(office.requester, request.closed_at)["Ditolak pekan ini"]
    assert request.decision_note in item["note"] and item["left"] == "Ditolak"
    last = request.closed_at + timedelta(days=7)
    assert "Ditolak pekan ini" in groups(office.requester, last - timedelta.resolution)
    assert groups(office.requester, last) == {} and groups(office.pp, request.closed_at) == {}


def test_the_dashboard_and_the_bar_count_the_same(office: Office) -> None:
    """A PP is not asked to decide what only the PPK may."""
    for state in STATES:
        request_in(office, state)
    now = clock.now()
    today = clock.local_date(now)
    for person in (office.requester, office.pp, office.ppk):
        members = list(AgencyMember.objects.of(person, today))
        groups = {g["title"]: len(g["items"]) for g in dashboard.waiting(person, office.agency, members, now)}
        # Drafts in the place of an order stand by themselves.
        again = groups.pop("Kirim draf pengganti", 0)
        groups["Draf Anda"] = groups.get("Draf Anda", 0) + again
        mine = PurchaseRequest.objects.waiting_for(person, members, today).values_list("task", flat=True)
        titles = {
            "Menunggu keputusan Anda": RequestTask.DECIDE,
            "Siap menjadi surat pesanan": RequestTask.ISSUE,
            "Perlu penjual lain": RequestTask.SOURCE,
            "Perlu Anda perbaiki": RequestTask.MEND,
            "Draf Anda": RequestTask.COMPLETE,
            "Waktu tahan habis, susun ulang": RequestTask.REBUILD,
        }
        for title, task in titles.items():
            assert groups.get(title, 0) == list(mine).count(task), (person, title)
        assert Memberships(person).waiting_approvals == groups.get("Menunggu keputusan Anda", 0)
