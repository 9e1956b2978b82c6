"""The scorecard of a department, for its head and the inspectorate; the rows behind each figure; all departments."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from epeken.core import clock, exports
from epeken.core.errors import NotAllowed
from epeken.core.web.sorting import heads
from epeken.users.fetch import person
from orders.oversight.views import file_of
from orders.scorecards import pages
from orders.scorecards.forms import ComparisonFilter, ScorecardFilter
from procurement.agencies import policies
from procurement.agencies.fetch import inspector
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole

PAGE_SIZE = 25


@require_safe
@login_required
def scorecard(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    form = _form(request)
    agency, span = form.agency(), form.span()
    context = {
        "form": form,
        "agency": agency,
        "span": span,
        "sections": pages.sections(agency, span, now),
        "layout": _layout(request),
    }
    return render(request, "orders/scorecards/scorecard.html", context)


@require_safe
@login_required
def scorecard_cases(request: HttpRequest, code: str) -> HttpResponseBase:
    now = clock.now()
    form = _form(request)
    figure = pages.FIGURES.get(code)
    if figure is None:
        raise Http404(code)
    agency, span = form.agency(), form.span()
    found, holidays = figure.cases(agency.pk, span, now), span.holidays()
    cells = partial(pages.case_cells, figure, holidays)
    taken = file_of(request, form, f"{_('rapor')}-{figure.code}", pages.case_file_head(), found, cells)
    if taken is not None:
        return taken
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "agency": agency,
        "span": span,
        "figure": figure,
        "page": page,
        "head": pages.case_head(),
        "rows": pages.case_rows(figure.case(row, holidays) for row in page),
        "layout": _layout(request),
        "back": request.path.removesuffix(f"{code}/") + pages.query(agency, span),
    }
    return render(request, "orders/scorecards/scorecard_cases.html", context)


@require_safe
@login_required
def comparison(request: HttpRequest) -> HttpResponse:
    """All departments side by side, for the inspectorate."""
    inspector(request)
    now = clock.now()
    families = [(family.code, str(family.title)) for family in pages.FAMILIES]
    form = ComparisonFilter(request.GET, families=families, this_year=clock.local_date(now).year)
    span, agencies = form.span(), list(Agency.objects.order_by("short_name"))
    kind = request.GET.get("unduh")
    if kind in ("csv", "xlsx"):
        form.check_file()
        rows = pages.compared(agencies, pages.FAMILIES, span, now)
        return exports.as_file(kind, _("rapor-dinas"), pages.file_head(), rows, partial(pages.file_cells, span=span))
    chosen = form.read().get("bagian") or families[0][0]
    family = next(one for one in pages.FAMILIES if one.code == chosen)
    rows = pages.in_order(pages.compared(agencies, [family], span, now), request.GET.get("urut", ""))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "family": family,
        "span": span,
        "page": page,
        "head": heads(request, pages.columns(family)),
        "rows": pages.comparison_rows(page, family, span),
    }
    return render(request, "orders/scorecards/comparison.html", context)


def _form(request: HttpRequest) -> ScorecardFilter:
    """Raises: NotAllowed for who neither heads a department nor inspects them."""
    user, day = person(request), clock.local_date(clock.now())
    mine = Agency.objects.order_by("short_name")
    if not policies.is_inspector(user):
        mine = mine.of_officer(user, day, OfficerRole.HEAD)
    agencies = list(mine)
    if not agencies:
        raise NotAllowed(_("Rapor dinas dibaca kepala dinasnya (PA/KPA) dan inspektorat."))
    return ScorecardFilter(request.GET, agencies=agencies, this_year=day.year)


def _layout(request: HttpRequest) -> str:
    return "layouts/inspector.html" if policies.is_inspector(person(request)) else "layouts/agency.html"
