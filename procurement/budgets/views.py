"""Budget lines and their ledger: lists to read, filter and take along."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from epeken.core import clock, exports
from epeken.users.fetch import person
from procurement.agencies import fetch
from procurement.budgets import pages
from procurement.budgets.forms import BudgetFilter, EntryFilter
from procurement.budgets.models import BudgetLine

PAGE_SIZE = 25


@require_GET
@login_required
def budget_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = fetch.membership_of(request, now)
    day = clock.local_date(now)
    mine = BudgetLine.objects.filter(agency=agency)
    years = sorted(set(mine.values_list("year", flat=True)), reverse=True)
    asked = request.GET.copy()
    usual = day.year if day.year in years else None
    if "tahun" not in asked and usual:
        asked["tahun"] = str(usual)
    form = BudgetFilter(asked, years=years, usual=usual)
    chosen = form.read()
    year = chosen.get("tahun")
    found = pages.lines_of(agency, year, chosen.get("q", ""))
    wanted = request.GET.get("unduh")
    if wanted in ("csv", "xlsx"):
        form.check_file()
        return exports.as_file(wanted, _("mata-anggaran"), pages.line_head(), found, pages.line_cells)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "agency": agency,
        "form": form,
        "year": year,
        "years": years,
        "page": page,
        "head": pages.line_columns(),
        "rows": [pages.status(line) for line in page],
        "sum": pages.sum_of(found),
        "is_filtered": bool(form.active),
        "asked": pages.asked_of(agency, now),
    }
    return render(request, "procurement/budgets/budget_list.html", context)


@require_GET
@login_required
def budget_detail(request: HttpRequest, pk: int) -> HttpResponse:
    now = clock.now()
    visible = BudgetLine.objects.visible_to(person(request), clock.local_date(now)).select_related("agency", "account")
    line = get_object_or_404(visible, pk=pk)
    form = EntryFilter(request.GET)
    kind = form.read().get("jenis", "")
    entries = pages.ledger(line)
    if kind:
        entries = entries.filter(kind=kind)
    wanted = request.GET.get("unduh")
    if wanted in ("csv", "xlsx"):
        form.check_file()
        return exports.as_file(wanted, _("buku-anggaran"), pages.entry_head(), entries, pages.entry_cells)
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "agency": line.agency,
        "line": line,
        "form": form,
        "head": pages.entry_columns(),
        "page": page,
        "status": pages.status(line),
        "revisions": pages.revisions(line),
        "requests": pages.newest_requests(line),
        "is_filtered": bool(kind),
    }
    return render(request, "procurement/budgets/budget_detail.html", context)
