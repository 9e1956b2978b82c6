"""An officer's morning: what waits, and what is left to spend."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from epeken.core import clock
from epeken.users.fetch import person
from procurement.agencies import fetch, policies
from procurement.budgets import pages
from procurement.requests.pages import dashboard as dashboard_pages


@require_GET
@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, agencies = fetch.membership_of(request, now)
    day = clock.local_date(now)
    members = [member for member in policies.appointments(person(request), day) if member.agency_id == agency.pk]
    roles: set[str] = {member.role for member in members}
    lines = pages.lines_of(agency, day.year)
    context = {
        "agency": agency,
        "agencies": agencies,
        "roles": roles,
        "offices": dashboard_pages.role_words(roles),
        "is_inspector": policies.is_inspector(person(request)),
        "groups": dashboard_pages.waiting(person(request), agency, members, now),
        "lines": [pages.status(line) for line in lines[:6]],
        "line_count": len(lines),
        "sum": pages.sum_of(lines),
        "year": day.year,
    }
    return render(request, "procurement/agencies/dashboard.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def agency_select(request: HttpRequest) -> HttpResponse:
    """Another chair: the choice stays for this session."""
    now = clock.now()
    agency, agencies = fetch.membership_of(request, now)
    if request.method == "POST":
        chosen = next((row for row in agencies if str(row.pk) == request.POST.get("agency")), None)
        if chosen is None:
            raise Http404
        request.session[fetch.CHOSEN] = chosen.pk
        return redirect("procurement:dashboard")
    return render(request, "procurement/agencies/agency_select.html", {"agency": agency, "agencies": agencies})
