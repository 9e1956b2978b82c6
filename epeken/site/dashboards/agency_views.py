"""An officer's morning: what waits, and what is left to spend."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from epeken.core import clock
from epeken.site.dashboards import agency_day
from epeken.site.dashboards.work_lists import WorkList, by_deadline
from epeken.users.fetch import person
from procurement.agencies import fetch, policies
from procurement.agencies.states import OfficerRole
from procurement.budgets import pages
from procurement.disclosures.policies import is_recipient
from procurement.guards import pages as guards_pages
from procurement.guards.rules import SMALL_SHARE
from procurement.leaves import pages as leaves_pages
from procurement.requests.pages import dashboard as dashboard_pages


@require_GET
@login_required
def agency_dashboard(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, agencies = fetch.membership_of(request, now)
    day = clock.local_date(now)
    members = [member for member in policies.appointments(person(request), day) if member.agency_id == agency.pk]
    roles: set[str] = {member.role for member in members}
    inspects = policies.is_inspector(person(request))
    lines = pages.lines_of(agency, day.year)
    requests = dashboard_pages.waiting(person(request), agency, members, now)
    groups = agency_day.groups(agency, roles, now, reads_all=inspects, viewer=person(request))
    context = {
        "agency": agency,
        "agencies": agencies,
        "roles": roles,
        "offices": dashboard_pages.held_words(members),
        "is_inspector": inspects,
        "receives_disclosures": is_recipient(person(request)),
        "away": leaves_pages.away_words(person(request), agency, day),
        "requests": requests,
        "work": by_deadline([*map(_of_requests, requests), *groups], now),
        "lines": [pages.status(line) for line in lines[:6]],
        "line_count": len(lines),
        "sum": pages.sum_of(lines),
        "small_share": guards_pages.small_share(pages.sum_of(lines), SMALL_SHARE.on(day), day.year)
        if OfficerRole.HEAD in roles or inspects
        else None,
        "year": day.year,
    }
    return render(request, "site/dashboards/agency_dashboard.html", context)


def _of_requests(group: dict[str, Any]) -> WorkList:
    address = reverse("procurement:request-list") if group["more"] > 0 else ""
    return WorkList(
        group["title"], group["count"], group["items"], address, _("Lihat semua permintaan"),
        is_of_others=group.get("is_of_others", False),
    )  # fmt: skip
