"""Leave and who stands in: exactly those days, never two for one office, never nobody unseen."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.agencies import policies
from procurement.agencies import services as agencies
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.leaves import pages, services
from procurement.leaves.models import OfficerLeave
from procurement.requests import officers
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_leave, make_officer, make_request
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
TODAY = clock.local_date(MONDAY)
FIRST, LAST = TODAY + 2 * DAY, TODAY + 4 * DAY


def planned(office: Office, user: Any, stand_in: Any = None, **over: Any) -> OfficerLeave:
    return make_leave(office, user, stand_in, **{"first_day": FIRST, "last_day": LAST, **over})


def roles(person: Any, office: Office, day: date) -> set[str]:
    return policies.memberships(person, office.agency.pk, day)


def approve(actor: Any, request: PurchaseRequest, now: Any = MONDAY + HOUR) -> PurchaseRequest:
    return decisions.approve_request(actor=actor, request=request, dropped={}, note="", key=new_key(), now=now)


@pytest.mark.parametrize(
    ("leave_day", "is_away"),
    [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)],
    ids=["leave_before", "leave_first", "leave_last", "leave_after"],
)
@pytest.mark.parametrize("role", ["pp", "ppk", "receiver", "treasurer"])
def test_the_office_passes_on_exactly_those_days(office: Office, role: str, leave_day: date, is_away: bool) -> None:
    holder = getattr(office, role)
    planned(office, holder, office.head)
    present, acting = (office.head, "plh") if is_away else (holder, "")
    assert policies.holders(office.agency.pk, role, leave_day) == [present]
    assert roles(holder, office, leave_day) == (set() if is_away else {role})
    assert roles(office.head, office, leave_day) == ({"head", role} if is_away else {"head"})
    office_held = policies.acting_as(present, office.agency.pk, role, leave_day)
    assert office_held == (f"{acting}.{role}" if acting else role)


def test_the_leave_begins_and_ends_at_midnight_of_the_city(office: Office) -> None:
    begins, ends = clock.start_of(FIRST), clock.end_of(LAST)
    requests = [make_request(office, state="submitted") for _each in range(4)]
    planned(office, office.pp, office.head)
    refused(NotAllowed, lambda: approve(office.head, requests[0], begins - timedelta.resolution))
    approve(office.pp, requests[0], begins - timedelta.resolution)
    refused(NotAllowed, lambda: approve(office.pp, requests[1], begins))
    done = approve(office.head, requests[1], begins)
    assert (done.approver, done.approver_role) == (office.head, "plh.pp")
    approve(office.head, requests[2], ends - timedelta.resolution)
    refused(NotAllowed, lambda: approve(office.head, requests[3], ends))
    assert approve(office.pp, requests[3], ends).approver_role == "pp"
    balanced()


def test_whoever_asks_for_the_office_finds_the_stand_in(office: Office) -> None:
    """Also where it is asked in SQL; of two PPs the other one remains, and needs no stand-in."""
    request = make_request(office, state="submitted")
    planned(office, office.pp)  # the PPK decides what no PP does
    assert officers.people_of(request, TODAY) == [office.pp]
    assert officers.people_of(request, FIRST) == [office.ppk]
    planned(office, office.ppk, office.head)
    assert officers.people_of(request, FIRST) == [office.head]
    assert officers.office_of(request, FIRST) == OfficerRole.PPK
    assert officers.people_of(request, LAST + DAY) == [office.pp]
    ahead = PurchaseRequest.objects.without_officer(FIRST)
    assert not ahead.exists()


def test_who_wrote_the_request_decides_nothing_of_it_as_stand_in(office: Office) -> None:
    """The check when the leave is recorded, and the one at the act, when the request comes later."""
    request = make_request(office, state="submitted")
    PurchaseRequest.objects.filter(pk=request.pk).update(needed_role="ppk")
    problem = refused(RuleBroken, lambda: planned(office, office.ppk, office.requester), "not_eligible")
    assert request.number in problem.message
    PurchaseRequest.objects.filter(pk=request.pk).update(needed_role="pp")
    leave = planned(office, office.pp, office.requester, first_day=LAST + DAY, last_day=LAST + DAY)
    assert pages.own_words(planned(office, office.treasurer, office.requester)) == []  # decides on nothing
    (said,) = pages.own_words(leave)
    assert request.number in said and "Plh. pejabat pengadaan" in said and "diputuskan pejabat pembuat komitmen" in said
    assert officers.people_of(request, LAST + DAY) == [office.ppk]
    planned(office, office.ppk, office.requester, first_day=TODAY)
    PurchaseRequest.objects.filter(pk=request.pk).update(needed_role="ppk")
    refused(DomainError, lambda: approve(office.requester, request), "same_person")
    assert officers.office_of(request, TODAY) is None


def test_a_stand_in_on_two_sides_is_told_what_they_cannot_do(office: Office) -> None:
    (said,) = pages.both_words(planned(office, office.ppk, office.head))
    assert "Plh. pejabat pembuat komitmen dan juga kepala dinas" in said and "dua sisi" in said


def test_a_warning_that_names_not_all_requests_says_so(office: Office) -> None:
    requests = [make_request(office, state="submitted") for _ in range(pages.NAMED + 1)]
    PurchaseRequest.objects.filter(agency=office.agency).update(needed_role="pp")
    leave = planned(office, office.pp, office.requester, first_day=LAST + DAY, last_day=LAST + DAY)
    (said,) = pages.own_words(leave)
    named = [one.number for one in requests if one.number in said]
    assert f"pemesan {len(requests)} permintaan" in said
    assert len(named) == pages.NAMED and " dan lainnya)" in said
    PurchaseRequest.objects.filter(pk=requests[-1].pk).update(requester=office.head)
    (said,) = pages.own_words(leave)
    assert f"pemesan {pages.NAMED} permintaan" in said and "lainnya" not in said


def test_a_tie_to_a_seller_bars_a_stand_in(office: Office) -> None:
    request = make_request(office, state="submitted")
    make.tie(office.head, request.lines.get().seller, "sister")
    refused(RuleBroken, lambda: planned(office, office.pp, office.head), "own_shop")
    planned(office, office.treasurer, office.receiver)
    refused(RuleBroken, lambda: planned(office, office.ppk, office.ppk), "own_stand_in")


REFUSED: dict[str, tuple[Any, str]] = {
    "leave_past": (lambda o: {"first_day": TODAY - DAY}, "past"),
    "leave_backwards": (lambda o: {"last_day": FIRST - DAY}, "dates"),
    "leave_too_long": (lambda o: {"last_day": FIRST + 92 * DAY}, "too_long"),
    "leave_no_decree": (lambda o: {"decree": "  "}, "decree_missing"),
    "leave_uncovered": (lambda o: {"stand_in": None}, "stand_in_missing"),
    "leave_stranger": (lambda o: {"stand_in": make.make_user()}, "not_eligible"),
    "leave_elsewhere": (lambda o: {"stand_in": Office().head}, "not_eligible"),
    "leave_same_office": (lambda o: {"stand_in": make_officer("ppk", o.agency)}, "not_eligible"),
    "leave_inactive": (lambda o: {"stand_in": inactive(o.head)}, "not_eligible"),
    "leave_short_stand_in": (
        lambda o: {"stand_in": make_officer("head", o.agency, valid_until=LAST - DAY)},
        "not_eligible",
    ),
    "leave_late_stand_in": (
        lambda o: {"stand_in": make_officer("head", o.agency, valid_from=FIRST + DAY)},
        "not_eligible",
    ),
    "leave_gone_holder": (lambda o: {"user": ended(o.ppk, FIRST - DAY)}, "no_office"),
}


def inactive(user: Any) -> Any:
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


def ended(user: Any, last: date) -> Any:
    AgencyMember.objects.filter(user=user).update(valid_until=last)
    return user


@pytest.mark.parametrize("leave_case", REFUSED)
def test_a_leave_that_leaves_a_gap_is_refused(office: Office, admin_user: Any, leave_case: str) -> None:
    make_over, code = REFUSED[leave_case]
    over = {"user": office.ppk, "stand_in": office.head, **make_over(office)}
    user, stand_in = over.pop("user"), over.pop("stand_in")
    problem = refused(RuleBroken, lambda: planned(office, user, stand_in, actor=admin_user, **over), code)
    assert problem.message.endswith(".")
    assert not OfficerLeave.objects.exists() and not AgencyMember.objects.filter(capacity="plh").exists()


def test_the_longest_leave_is_ninety_two_days(office: Office) -> None:
    assert planned(office, office.ppk, office.head, last_day=FIRST + 91 * DAY)


@pytest.mark.parametrize(
    ("leave_who", "may"),
    [("ppk", True), ("head", True), ("admin", True), ("pp", False), ("requester", False), ("stranger", False)],
)
def test_who_records_the_leave_of_the_ppk(office: Office, admin_user: Any, leave_who: str, may: bool) -> None:
    people = {"admin": admin_user, "stranger": make.make_user()}
    actor = people.get(leave_who) or getattr(office, leave_who)
    act = lambda: planned(office, office.ppk, office.receiver, actor=actor)  # noqa: E731
    if may:
        assert act().recorded_by == actor
    else:
        refused(NotAllowed, act)
        assert not OfficerLeave.objects.exists()


def test_who_acts_as_head_records_leave_and_names_themselves_nowhere(office: Office) -> None:
    planned(office, office.head, office.receiver, first_day=TODAY)
    refused(RuleBroken, lambda: planned(office, office.ppk, office.receiver, actor=office.receiver), "own_stand_in")
    assert planned(office, office.ppk, office.treasurer, actor=office.receiver)
    refused(NotAllowed, lambda: planned(office, office.pp, actor=office.head))


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (FIRST - DAY, FIRST - DAY, False),
        (FIRST - DAY, FIRST, True),
        (FIRST + DAY, FIRST + DAY, True),
        (LAST, LAST + DAY, True),
        (LAST + DAY, LAST + DAY, False),
    ],
    ids=["leave_till_before", "leave_till_first", "leave_within", "leave_from_last", "leave_from_after"],
)
def test_leaves_of_one_person_do_not_overlap(office: Office, first: date, last: date, overlaps: bool) -> None:
    planned(office, office.ppk, office.head)
    act = lambda: planned(office, office.ppk, office.receiver, first_day=first, last_day=last)  # noqa: E731
    if overlaps:
        refused(RuleBroken, act, "leave_overlaps")
    else:
        act()


def test_who_stands_in_passes_it_on_to_nobody(office: Office) -> None:
    """A's office is with B; B's own leave on one of those days would leave it to nobody, or to C by a chain."""
    planned(office, office.ppk, office.pp)
    away = {"first_day": LAST, "last_day": LAST + DAY}
    problem = refused(RuleBroken, lambda: planned(office, office.pp, office.head, **away), "stands_in")
    assert office.ppk.name in problem.message
    planned(office, office.pp, office.head, first_day=LAST + DAY, last_day=LAST + DAY)
    assert roles(office.pp, office, LAST) == {"pp", "ppk"}


def test_who_is_away_stands_in_for_nobody(office: Office) -> None:
    planned(office, office.pp, first_day=LAST, last_day=LAST)
    refused(RuleBroken, lambda: planned(office, office.ppk, office.pp), "not_eligible")
    planned(office, office.ppk, office.pp, last_day=LAST - DAY)


def test_an_end_of_either_appointment_ends_the_standing_in(office: Office, admin_user: Any) -> None:
    request = make_request(office, state="submitted")
    PurchaseRequest.objects.filter(pk=request.pk).update(needed_role="ppk")
    for person in (office.head, office.ppk):
        planned(office, office.ppk, office.head, first_day=TODAY)
        assert officers.people_of(request, TODAY + DAY) == [office.head]
        row = AgencyMember.objects.own().get(user=person)
        agencies.end_appointment(actor=admin_user, appointment=row, last_day=TODAY, now=MONDAY)
        assert officers.people_of(request, TODAY) == [office.head]
        assert officers.people_of(request, TODAY + DAY) == []
        assert list(PurchaseRequest.objects.without_officer(TODAY + DAY)) == [request]
        services.withdraw_leave(actor=admin_user, leave=OfficerLeave.objects.latest("pk"), now=MONDAY)
        AgencyMember.objects.filter(pk=row.pk).update(valid_until=None)


def test_an_appointment_that_ended_is_not_revived_by_ending_it(office: Office, admin_user: Any) -> None:
    row = AgencyMember.objects.get(user=office.pp)
    agencies.end_appointment(actor=admin_user, appointment=row, last_day=TODAY, now=MONDAY)
    for last in (TODAY + DAY, TODAY + 40 * DAY):
        act = lambda last=last: agencies.end_appointment(  # noqa: E731
            actor=admin_user, appointment=row, last_day=last, now=MONDAY
        )
        refused(RuleBroken, act, "ended_already")
    assert agencies.end_appointment(actor=admin_user, appointment=row, last_day=TODAY - DAY, now=MONDAY)


PHASES = {
    "leave_planned": FIRST - DAY,
    "leave_on_first": FIRST,
    "leave_running": FIRST + DAY,
    "leave_on_last": LAST,
    "leave_over": LAST + DAY,
    "leave_long_over": LAST + 9 * DAY,
}
# What ends it on that day: withdrawn, or shortened to the earliest day there is.
MAY = {
    "leave_planned": {"withdraw", "shorten"},
    "leave_on_first": {"withdraw", "shorten"},
    "leave_running": {"shorten"},
    "leave_on_last": {"shorten"},
    "leave_over": set(),
    "leave_long_over": set(),
}


def end_it(verb: str, actor: Any, leave: OfficerLeave, day: date) -> OfficerLeave:
    now = clock.start_of(day)
    if verb == "withdraw":
        return services.withdraw_leave(actor=actor, leave=leave, now=now)
    last = max(FIRST, day - DAY)
    return services.shorten_leave(actor=actor, leave=leave, last_day=last, now=now)


@pytest.mark.parametrize("who", ["ppk", "head", "admin", "receiver", "pp"])
@pytest.mark.parametrize("verb", ["withdraw", "shorten"])
@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_and_each_way_to_end_it(office: Office, admin_user: Any, phase: str, verb: str, who: str) -> None:
    leave = planned(office, office.ppk, office.receiver)
    actor = admin_user if who == "admin" else getattr(office, who)
    day = PHASES[phase]
    if who in ("receiver", "pp"):
        refused(NotAllowed, lambda: end_it(verb, actor, leave, day))
    elif verb in MAY[phase]:
        done = end_it(verb, actor, leave, day)
        assert (done.ended_by, done.withdrawn_at is not None) == (actor, verb == "withdraw")
        assert done.planned_until == LAST
        left = set() if verb == "withdraw" else {FIRST + n * DAY for n in range((done.valid_until - FIRST).days + 1)}
        for each in (FIRST + n * DAY for n in range(4)):
            assert policies.holders(office.agency.pk, "ppk", each) == [office.receiver if each in left else office.ppk]
    else:
        refused(InvalidMove, lambda: end_it(verb, actor, leave, day))


@pytest.mark.parametrize(
    "last", [FIRST - DAY, FIRST, LAST, LAST + DAY], ids=["too_early", "past", "as_planned", "longer"]
)
def test_a_leave_only_becomes_shorter_and_not_in_the_past(office: Office, last: date) -> None:
    leave = planned(office, office.ppk, office.head)
    act = lambda: services.shorten_leave(  # noqa: E731
        actor=office.ppk, leave=leave, last_day=last, now=clock.start_of(FIRST + 2 * DAY)
    )
    refused(RuleBroken, act, "dates")


def test_a_withdrawn_leave_leaves_the_days_free(office: Office) -> None:
    """And its stand-in of then does not come back with the next one."""
    leave = planned(office, office.ppk, office.receiver)
    services.withdraw_leave(actor=office.ppk, leave=leave, now=MONDAY)
    refused(InvalidMove, lambda: services.withdraw_leave(actor=office.ppk, leave=leave, now=MONDAY))
    for stand_in in (office.head, office.receiver):
        again = planned(office, office.ppk, stand_in)
        assert policies.holders(office.agency.pk, "ppk", FIRST) == [stand_in]
        services.withdraw_leave(actor=office.ppk, leave=again, now=MONDAY)


def test_one_form_records_once(office: Office) -> None:
    key = new_key()
    leaves = {planned(office, office.ppk, office.head, key=key).pk for _each in range(2)}
    assert len(leaves) == 1 and AgencyMember.objects.filter(capacity="plh").count() == 1


def test_who_is_concerned_is_told_once(office: Office) -> None:
    leave = planned(office, office.ppk, office.receiver, actor=office.ppk)
    told = lambda: {(row.kind, row.person) for row in Notification.objects.filter(kind__startswith="office.")}  # noqa: E731
    first = {("office.standing_in", office.receiver), ("office.leave_recorded", office.head)}
    assert told() == first
    services.withdraw_leave(actor=office.head, leave=leave, now=MONDAY + HOUR)
    ended = {("office.leave_withdrawn", person) for person in (office.ppk, office.receiver)}
    assert told() == first | ended


def test_the_stand_in_is_told_of_what_waits(office: Office) -> None:
    request = make_request(office, state="submitted")
    planned(office, office.pp, office.head)
    decisions.remind_overdue(now=clock.start_of(FIRST))
    told = Notification.objects.filter(kind="request.submitted", parameters__title=request.title)
    assert {row.person for row in told} == {office.pp, office.head}


def test_the_papers_and_the_history_name_the_capacity_of_the_act(office: Office) -> None:
    """Also after the leave, when the stand-in is nothing but what they were before."""
    from tests.orders.documents.test_golden import text_of

    request = make_request(office, state="submitted")
    make_leave(office, office.pp, office.head, last_day=TODAY)
    approve(office.head, request)
    agreement.issue_orders(actor=office.head, request=request, key=new_key(), now=MONDAY + 2 * HOUR)
    order = Order.objects.get(request=request)
    papers = " ".join(text_of(document) for document in order.documents.all())
    assert papers.count("Plh. Pejabat pengadaan (PP)") >= 2
    assert request.events.get(action="approve").acted_as == "plh.pp"
    page = signed_in(office.requester).get(reverse("procurement:request-detail", args=[request.number])).text
    assert "Plh. Pejabat pengadaan (PP)" in page
    order_page = signed_in(office.requester).get(reverse("orders:order-detail", args=[order.number])).text
    assert "Plh. pejabat pengadaan" in order_page


def test_an_officer_on_leave_reads_and_is_told_why_nothing_waits() -> None:
    now = clock.now()
    office = Office(now=now)
    request = make_request(office, state="submitted", now=now)
    make_leave(office, office.pp, office.head, now=now)
    away, acting = signed_in(office.pp), signed_in(office.head)
    desk = away.get(reverse("site:agency-dashboard"))
    assert "Anda tercatat cuti sampai" in desk.text
    assert away.get(reverse("procurement:request-detail", args=[request.number])).status_code == 200
    address = reverse("procurement:approval-detail", args=[request.number])
    assert away.get(address).status_code == 302
    assert "Plh. Pejabat pengadaan (PP)" in acting.get(reverse("site:agency-dashboard")).text
    assert "Anda memutuskan sebagai Plh. Pejabat pengadaan" in acting.get(address).text


def form_of(office: Office, role: str, **over: Any) -> dict[str, Any]:
    row = AgencyMember.objects.own().get(user=getattr(office, role))
    day = clock.local_date(clock.now())
    values = {"key": new_key(), "first_day": day, "last_day": day + DAY, "decree": "800/2"}
    return values | {f"stand_in_{row.pk}": office.head.pk, **over}


def test_the_head_records_and_ends_a_leave_on_the_pages(office: Office) -> None:
    now, head = clock.now(), signed_in(make_officer("head", office.agency))
    address = f"{reverse('procurement:leave-create')}?pejabat={office.ppk.pk}"
    assert head.get(address).status_code == 200
    late = head.post(address, form_of(office, "ppk", first_day=clock.local_date(now) - DAY))
    assert late.status_code == 422 and "paling awal mulai hari ini" in late.text
    row = AgencyMember.objects.own().get(user=office.ppk)
    alone = head.post(address, form_of(office, "ppk", **{f"stand_in_{row.pk}": ""}))
    assert alone.status_code == 422 and "Pilih penggantinya (Plh.)" in alone.text
    assert head.post(address, form_of(office, "ppk")).status_code == 302
    leave = OfficerLeave.objects.get()
    listed = head.get(reverse("procurement:leave-list")).text
    assert f"Plh. Pejabat pembuat komitmen (PPK): {office.head}" in listed
    ending = reverse("procurement:leave-shorten", args=[leave.pk])
    assert head.get(ending).status_code == 200
    assert head.post(ending, {"last_day": leave.valid_until}).status_code == 422
    assert head.post(ending, {"last_day": leave.valid_from}).status_code == 302
    leave.refresh_from_db()
    assert leave.valid_until == leave.valid_from
    withdrawing = reverse("procurement:leave-withdraw", args=[leave.pk])
    assert head.get(withdrawing).status_code == 200
    assert head.post(withdrawing).status_code == 302
    assert head.get(withdrawing).status_code == 302


def test_who_would_be_refused_as_a_stand_in_is_not_offered() -> None:
    now = clock.now()
    office = Office(now=now)
    request = make_request(office, state="submitted", now=now)
    PurchaseRequest.objects.filter(pk=request.pk).update(needed_role="ppk")
    day = clock.local_date(now)
    head = signed_in(make_officer("head", office.agency))
    row = AgencyMember.objects.own().get(user=office.ppk)
    address = f"{reverse('procurement:leave-create')}?pejabat={office.ppk.pk}"
    form = lambda page: page.context["form"].fields[f"stand_in_{row.pk}"]  # noqa: E731
    offered = lambda page: {pk for pk, _name in form(page).widget.choices}  # noqa: E731
    page = head.get(address)
    assert office.receiver.pk in offered(page) and office.requester.pk not in offered(page)
    said = f"Tidak dapat dipilih: {office.requester} (pemesan permintaan {request.number}, yang menunggu jabatan ini)."
    assert said in page.text
    # Another leave is known once the days are.
    away = {"first_day": day + 5 * DAY, "last_day": day + 6 * DAY}
    make_leave(office, office.receiver, office.treasurer, actor=office.head, now=now, **away)
    assert office.receiver.pk in offered(head.get(address))
    again = head.post(address, form_of(office, "ppk", **away, decree=""))
    assert again.status_code == 422 and office.receiver.pk not in offered(again)
    assert f"{office.receiver} (cuti" in again.text
    # Who posts it all the same is told why.
    past = head.post(address, form_of(office, "ppk", **{f"stand_in_{row.pk}": office.requester.pk}))
    assert past.status_code == 422 and "adalah pemesan permintaan" in past.text


def test_the_head_reads_who_is_late_and_what_there_is_to_be_done() -> None:
    now = clock.now()
    office = Office(now=now - 3 * DAY)
    request = make_request(office, state="submitted", now=now - 3 * DAY)
    address = reverse("procurement:request-detail", args=[request.number])
    PurchaseRequest.objects.filter(pk=request.pk).update(due_at=now + HOUR)
    assert "Lewat batas keputusan" not in signed_in(office.head).get(address).text
    PurchaseRequest.objects.filter(pk=request.pk).update(due_at=now - HOUR)
    page = signed_in(office.head).get(address).text
    assert "Lewat batas keputusan" in page and str(office.pp) in page
    assert reverse("procurement:leave-list") in page
    for other in (office.requester, office.treasurer):
        assert "Lewat batas keputusan" not in signed_in(other).get(address).text


def test_a_colleague_records_no_leave_of_another(office: Office) -> None:
    address = f"{reverse('procurement:leave-create')}?pejabat={office.ppk.pk}"
    other = signed_in(office.pp)
    assert other.get(address).status_code == 403
    assert other.post(address, form_of(office, "ppk")).status_code == 403
    assert other.get(f"{reverse('procurement:leave-create')}?pejabat={Office().ppk.pk}").status_code == 404
    assert not OfficerLeave.objects.exists()


PLT = {"capacity": "plt", "role": "ppk", "valid_from": TODAY, "valid_until": TODAY + 91 * DAY, "decree": "SK-7"}
NO_PLT: dict[str, tuple[dict[str, Any], bool, str]] = {
    "leave_plt_not_vacant": ({}, True, "not_vacant"),
    "leave_plt_no_decree": ({"decree": " "}, False, "decree_missing"),
    "leave_plt_no_end": ({"valid_until": None}, False, "too_long"),
    "leave_plt_too_long": ({"valid_until": TODAY + 92 * DAY}, False, "too_long"),
    "leave_plt_requester": ({"role": "requester"}, False, "not_vacant"),
    "leave_plh_alone": ({"capacity": "plh"}, False, "unknown_capacity"),
}


@pytest.mark.parametrize("case", NO_PLT)
def test_a_plt_only_for_a_vacant_office_and_for_three_months(office: Office, admin_user: Any, case: str) -> None:
    over, is_held, code = NO_PLT[case]
    if not is_held:
        ended(office.ppk, TODAY - DAY)
    act = lambda: agencies.appoint_officer(  # noqa: E731
        actor=admin_user, agency=office.agency, user=office.head, now=MONDAY, **{**PLT, **over}
    )
    refused(RuleBroken, act, code)


def test_a_plt_decides_and_says_so_until_somebody_is_appointed(office: Office, admin_user: Any) -> None:
    ended(office.ppk, TODAY - DAY)
    ended(office.pp, TODAY - DAY)
    request = make_request(office, state="draft")
    refused(RuleBroken, lambda: submit(office, request), "no_approver")
    row = agencies.appoint_officer(actor=admin_user, agency=office.agency, user=office.head, now=MONDAY, **PLT)
    submit(office, request)
    assert approve(office.head, request).approver_role == "plt.ppk"
    new = {"role": "ppk", "decree": "SK-8", "valid_from": TODAY + DAY, "now": MONDAY}
    appoint = lambda: agencies.appoint_officer(  # noqa: E731
        actor=admin_user, agency=office.agency, user=make.make_user(), **new
    )
    refused(RuleBroken, appoint, "held_by_acting")
    agencies.end_appointment(actor=admin_user, appointment=row, last_day=TODAY, now=MONDAY)
    assert policies.holders(office.agency.pk, "ppk", TODAY + DAY) == [] and appoint().capacity == ""


def submit(office: Office, request: PurchaseRequest) -> PurchaseRequest:
    return decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
