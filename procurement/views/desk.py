"""An officer's morning: what waits, and what is left to spend."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from epeken.core import clock
from procurement import policies, reports
from procurement.models import Agency
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


@require_POST
@login_required
def agency_select(request: HttpRequest) -> HttpResponse:
    """Another chair: the choice stays for this session."""
    now = clock.now()
    pk = request.POST.get("agency", "")
    allowed = {agency.pk for agency in doors.agencies_of(request.user, now)}
    chosen = get_object_or_404(
        Agency.objects.filter(pk__in=allowed), pk=int(pk) if pk.isdecimal() and len(pk) < 18 else 0
    )
    request.session[doors.CHOSEN] = chosen.pk
    return redirect("procurement:desk")
