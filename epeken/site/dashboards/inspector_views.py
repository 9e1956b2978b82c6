"""An inspector's morning: what reached the inspectorate, and what the year's purchases bear."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from epeken.core import clock
from epeken.site.dashboards import inspector_day
from orders.oversight import money
from procurement.agencies.fetch import inspector


@require_safe
@login_required
def inspector_dashboard(request: HttpRequest) -> HttpResponse:
    now, user = clock.now(), inspector(request)
    context = {
        "groups": inspector_day.groups(user, now),
        "money": money.table(now),
        "flags": inspector_day.flagged(user, now),
        "year": clock.local_date(now).year,
    }
    return render(request, "site/dashboards/inspector_dashboard.html", context)
