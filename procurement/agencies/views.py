"""Which of several departments a person works for now."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from procurement.agencies import fetch


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
        return redirect("site:agency-dashboard")
    return render(request, "procurement/agencies/agency_select.html", {"agency": agency, "agencies": agencies})
