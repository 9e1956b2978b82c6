"""Bukti potong: the treasurer records those made in the tax office's application; their sellers fetch them."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock, exports
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.files.uploads import private_response
from epeken.core.i18n.times import month_year
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.tax_deposits import policies
from orders.tax_deposits.forms import TaxDepositWithdrawForm
from orders.tax_deposits.querysets import withheld
from orders.tax_slips import pages, services
from orders.tax_slips.forms import SlipFilter, TaxSlipForm
from orders.tax_slips.models import TaxSlip
from orders.tax_slips.rules import OBJECTS
from procurement.agencies import fetch
from procurement.agencies.models import Agency
from procurement.agencies.policies import is_inspector
from procurement.agencies.states import OfficerRole
from umkm.sellers import fetch as shops
from umkm.sellers.policies import own_shops

PAGE_SIZE = 25
MOST = 200  # without a bukti potong, on one page; whoever reads all departments chooses one
logger = logging.getLogger(__name__)


@require_safe
@login_required
def tax_slip_list(request: HttpRequest) -> HttpResponse:
    """Of a month: what has no bukti potong yet, what has, and what is to be corrected. As a file it holds the sellers'
    NPWP, and who took it is logged."""
    now, user = clock.now(), person(request)
    today, this_month = clock.local_date(now), clock.month_of(now)
    agencies = fetch.agencies_of(user, now)
    if not agencies:
        raise NotAllowed(_("Halaman ini untuk pejabat dinas. Masuk dengan akun dinas Anda."))
    first = pages.first_month(agencies, this_month)
    form = SlipFilter(request.GET, agencies=agencies, first=first, this_month=this_month)
    month, chosen = form.month(), form.read().get("dinas")
    wanted = [one for one in agencies if chosen in (None, "", str(one.pk))]
    kind = request.GET.get("unduh")
    if kind in ("csv", "xlsx"):
        form.check_file()
        lines = pages.lines_of_file(wanted, month)
        logger.info("withholding slips taken: lines=%s person=%s", len(lines), user.pk)
        return exports.as_file(kind, f"{_('bukti-potong')}-{month:%Y-%m}", pages.file_head(), lines, pages.file_cells)
    of_month = pages.with_rows(TaxSlip.objects.live().filter(agency__in=wanted, period=month))
    groups = pages.open_groups(wanted, month)
    mine = Agency.objects.of_officer(user, today, OfficerRole.TREASURER)
    treasurer_of = set(mine.values_list("pk", flat=True))
    context = {
        "form": form,
        "month": month_year(month),
        "groups": [{"group": one, "may_record": one.payer.agency_pk in treasurer_of} for one in groups[:MOST]],
        "open_count": len(groups),
        "sum": sum(one.amount for one in groups),
        "page": Paginator(of_month, PAGE_SIZE).get_page(request.GET.get("page")),
        "outdated": pages.with_rows(TaxSlip.objects.filter(agency__in=wanted).outdated()),
        "earlier": [
            {"code": f"{one:%Y-%m}", "period_words": month_year(one), "bills": bills}
            for one, bills in pages.earlier_open(wanted, month)
        ],
        "several": len(agencies) > 1,
        "layout": "layouts/inspector.html" if is_inspector(user) else "layouts/agency.html",
    }
    return render(request, "orders/tax_slips/tax_slip_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tax_slip_create(request: HttpRequest, line: int) -> HttpResponse:
    """Of whoever's tax this line is: which bills, and what the bukti potong says."""
    now, user = clock.now(), person(request)
    mine = Agency.objects.of_officer(user, clock.local_date(now), OfficerRole.TREASURER)
    if not mine.exists():
        raise NotAllowed(_("Bukti potong dicatat oleh bendahara dinas ini."))
    of_mine = withheld(invoice__order__agency__in=mine, kind__in=list(OBJECTS), amount__gt=0)
    found = get_object_or_404(of_mine.select_related("invoice__order__agency", "invoice__seller_party"), pk=line)
    group, post = pages.group_of(found), request.method == "POST"
    if group is None and not post:
        messages.info(request, _("Bukti potong untuk pajak itu sudah dicatat."))
        return redirect("orders:tax-slip-list")
    form = TaxSlipForm(
        request.POST if post else None,
        request.FILES if post else None,
        initial={"dated_on": clock.local_date(now)},
    )
    agency = found.invoice.order.agency
    if post and form.is_valid():
        try:
            services.record_slip(actor=user, agency=agency, now=now, **form.cleaned_data)
        except NotAllowed:
            raise
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Bukti potong dicatat. Penjual sudah diberi tahu dan dapat mengunduhnya."))
            return redirect("orders:tax-slip-list")
    context: dict[str, Any] = {
        "form": form,
        "agency": agency,
        "group": group,
        "rows": pages.ticks_of(group) if group is not None else [],
        "ticked": set(request.POST.getlist("chosen")) if post else None,
    }
    return form_page(request, "orders/tax_slips/tax_slip_create.html", context)


@require_safe
@login_required
def tax_slip_detail(request: HttpRequest, pk: int) -> HttpResponse:
    slip, user = _of_office(request, pk), person(request)
    is_mine = policies.may_record(user, slip.agency, clock.local_date(clock.now()))
    context = {
        "slip": slip,
        "lines": pages.lines_of_slip(slip),
        "is_outdated": TaxSlip.objects.filter(pk=slip.pk).outdated().exists(),
        "may_withdraw": slip.withdrawn_at is None and is_mine,
        "layout": "layouts/inspector.html" if is_inspector(user) else "layouts/agency.html",
    }
    return render(request, "orders/tax_slips/tax_slip_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tax_slip_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    slip, now, user = _of_office(request, pk), clock.now(), person(request)
    if not policies.may_record(user, slip.agency, clock.local_date(now)):
        raise NotAllowed(_("Pencatatan bukti potong dibatalkan oleh bendahara dinas ini."))
    if request.method != "POST" and slip.withdrawn_at is not None:
        return redirect("orders:tax-slip-detail", pk=slip.pk)
    form = TaxDepositWithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_slip(actor=user, slip=slip, now=now, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Pencatatan bukti potong dibatalkan. Penjual sudah diberi tahu."))
            return redirect("orders:tax-slip-list")
    return form_page(request, "orders/tax_slips/tax_slip_withdraw.html", {"form": form, "slip": slip})


@require_safe
@login_required
def tax_slip_mine(request: HttpRequest) -> HttpResponse:
    """The shop's own: those to download, and what was withheld without one so far."""
    seller = shops.desk_shop(request)
    if seller is None:
        return redirect("umkm:register")
    slips = pages.with_rows(TaxSlip.objects.live().filter(seller=seller))
    context = {
        "seller": seller,
        "page": Paginator(slips, PAGE_SIZE).get_page(request.GET.get("page")),
        "groups": pages.open_of_shop(seller),
    }
    return render(request, "orders/tax_slips/tax_slip_mine.html", context)


@require_safe
@login_required
def tax_slip_file(request: HttpRequest, pk: int) -> HttpResponse:
    """For the seller, as long as it stands, and for the department."""
    user, now = person(request), clock.now()
    of_office = Q(agency__in=fetch.agencies_of(user, now))
    of_shop = Q(seller__in=own_shops(user), withdrawn_at__isnull=True)
    slip: TaxSlip = get_object_or_404(TaxSlip.objects.filter(of_office | of_shop), pk=pk)
    name = f"bukti-potong-{slip.number}.{slip.file.rsplit('.', 1)[-1]}"
    return private_response(slip.file, reader=user.pk, content_type=slip.content_type, filename=name, inline=True)


def _of_office(request: HttpRequest, pk: int) -> TaxSlip:
    """Of a department this person reads, or 404."""
    agencies = fetch.agencies_of(person(request), clock.now())
    if not agencies:
        raise Http404(pk)
    found: TaxSlip = get_object_or_404(
        TaxSlip.objects.select_related("agency", "seller", "withdrawn_by"), pk=pk, agency__in=agencies
    )
    return found
