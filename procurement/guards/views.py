"""Warnings and how they ended, for the officers of the department and the inspectorate."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from epeken.core import clock, exports
from epeken.users.fetch import person
from procurement.agencies import fetch
from procurement.guards import pages
from procurement.guards.forms import FindingFilter
from procurement.guards.models import GuardFinding

PAGE_SIZE = 25


@require_GET
@login_required
def finding_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = fetch.membership_of(request, now)
    every = GuardFinding.objects.visible_to(person(request), clock.local_date(now))
    form = FindingFilter(request.GET)
    chosen = form.read()
    found = every.select_related("request__agency", "chosen_by", "answered_by").order_by("-chosen_at", "-pk")
    if chosen.get("jenis"):
        found = found.filter(kind=chosen["jenis"])
    if chosen.get("hasil"):
        found = found.filter(outcome=chosen["hasil"])
    if chosen.get("q"):
        found = found.filter(request__number=chosen["q"])
    wanted = request.GET.get("unduh")
    if wanted in ("csv", "xlsx"):
        form.check_file()
        return exports.as_file(wanted, _("peringatan-pengadaan"), pages.file_head(), found, pages.file_cells)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "agency": agency,
        "form": form,
        "page": page,
        "counts": pages.counts(every),
        "false_share": pages.false_share(every),
        "head": pages.row_head(),
        "rows": pages.rows(page),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "procurement/guards/finding_list.html", context)
