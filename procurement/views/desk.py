"""An officer's morning: what waits, and what is left to spend."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from epeken.core import clock
from procurement import policies, reports
from procurement.views import doors


@require_GET
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, agencies = doors.desk_of(request, now)
    day = clock.local_date(now)
    roles = policies.seats(request.user, agency.pk, day)
    lines = reports.lines_of(agency, day.year)
    context = {
        "agency": agency,
        "agencies": agencies,
        "roles": roles,
        "seats": reports.role_words(roles),
        "is_inspector": policies.is_inspector(request.user),
        "groups": reports.waiting(doors.person(request), agency, roles, now),
        "lines": [reports.standing(line) for line in lines[:6]],
        "line_count": len(lines),
        "sum": reports.sum_of(lines),
        "year": day.year,
    }
    return render(request, "procurement/desk.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def agency_select(request: HttpRequest) -> HttpResponse:
    """Another chair: the choice stays for this session."""
    now = clock.now()
    agency, agencies = doors.desk_of(request, now)
    if request.method == "POST":
        chosen = next((row for row in agencies if str(row.pk) == request.POST.get("agency")), None)
        if chosen is None:
            raise Http404
        request.session[doors.CHOSEN] = chosen.pk
        return redirect("procurement:desk")
    return render(request, "procurement/agency_select.html", {"agency": agency, "agencies": agencies})
