"""The delivery schedule of a draft."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.web.answers import carried_out
from epeken.users.fetch import person
from procurement.requests import contents, fetch, obstacles, policies
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from procurement.schedules import services
from procurement.schedules.forms import RhythmForm, ScheduleForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def request_schedule(request: HttpRequest, number: str) -> HttpResponse:
    """Row by row; with `rhythm` in the data the dates are made out of it, in place of those that were there."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    if request.method != "POST" and not policies.can_edit(person(request), found, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    held = contents.read(found, now)
    posted = request.POST if request.method == "POST" else None
    makes = posted is not None and "rhythm" in posted
    form = ScheduleForm(None if makes else posted, request=found, lines=held.kept)
    rhythm = RhythmForm(posted if makes else None, request=found, lines=held.kept)
    sent: RhythmForm | ScheduleForm = rhythm if makes else form
    days = sent.days() if sent.is_bound and sent.is_valid() else []
    if carried_out(
        sent,
        lambda: services.save_schedule(
            actor=person(request), request=found, days=days, now=now, shown=request.POST.get("shown", "")
        ),
    ):
        said = ngettext("Jadwal tersimpan: %(count)s tanggal.", "Jadwal tersimpan: %(count)s tanggal.", len(days))
        messages.success(request, said % {"count": len(days)} if days else _("Jadwal dihapus."))
        return redirect("procurement:request-schedule", number=found.number)
    context = {
        "request_": found,
        "form": form,
        "rhythm": rhythm,
        "agency": found.agency,
        "lines": held.kept,
        "total": held.total,
        "problems": [] if sent.is_bound else _problems(found, held, now),
    }
    status = 422 if sent.is_bound and sent.errors else 200
    return render(request, "procurement/schedules/request_schedule.html", context, status=status)


def _problems(request: PurchaseRequest, held: RequestContents, now: datetime) -> list[str]:
    """Of dates that are written, what would keep them from being sent: a date on which a shop cannot make so much, and
    a sum that is more than the budget."""
    if not request.scheduled_days:
        return []
    wrong = obstacles.obstacles(request, held, now, obstacles.line_faults(request, held, now), None)
    return list(dict.fromkeys(item.text for item in wrong if not item.is_missing))
