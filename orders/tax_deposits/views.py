"""What is to be deposited and what was; the treasurer records and withdraws."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock, exports
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.files.uploads import private_response
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.billing.states import TaxKind
from orders.tax_deposits import pages, policies, rules, services
from orders.tax_deposits.forms import TaxDepositForm, TaxDepositWithdrawForm, read_period
from orders.tax_deposits.models import TaxDeposit
from procurement.agencies import fetch
from procurement.agencies.models import Agency
from procurement.agencies.policies import is_inspector
from procurement.agencies.states import OfficerRole

PAGE_SIZE = 25
MOST = 300  # bills of one deposit on a page; the rest are chosen for the next


@require_safe
@login_required
def tax_deposit_list(request: HttpRequest) -> HttpResponse:
    """Of this person's departments: what is still to be deposited, the late ones first, and the deposits."""
    now, user = clock.now(), person(request)
    today = clock.local_date(now)
    agencies = fetch.agencies_of(user, now)
    if not agencies:
        raise NotAllowed(_("Halaman ini untuk pejabat dinas. Masuk dengan akun dinas Anda."))
    wanted = fetch.named_agencies(request, agencies)
    owed = pages.owed(wanted, today)
    deposits = pages.with_rows(TaxDeposit.objects.filter(agency__in=wanted))
    kind = request.GET.get("unduh")
    if kind in ("csv", "xlsx"):
        return exports.as_file(kind, _("setoran-pajak"), pages.file_head(), deposits, pages.file_cells)
    paid_by = set(Agency.objects.of_officer(user, today, OfficerRole.TREASURER).values_list("pk", flat=True))
    context = {
        "owed": owed,
        "late": sum(one.is_late for one in owed),
        "over": pages.over(wanted),
        "sums": pages.sums(wanted),
        "sums_head": pages.sums_head(),
        "page": Paginator(deposits, PAGE_SIZE).get_page(request.GET.get("page")),
        "treasurer_of": paid_by,
        "several": len(wanted) > 1,
        "title": _("Setoran pajak %(agency)s") % {"agency": wanted[0].short_name}
        if len(wanted) == 1 and len(agencies) > 1
        else _("Setoran pajak"),
        "layout": "layouts/inspector.html" if is_inspector(user) else "layouts/agency.html",
    }
    return render(request, "orders/tax_deposits/tax_deposit_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tax_deposit_create(request: HttpRequest, agency: int, kind: str, period: str) -> HttpResponse:
    """One kind and period (`2026-11`) of one department: which bills, and what the proof says."""
    now, user = clock.now(), person(request)
    today = clock.local_date(now)
    mine = Agency.objects.of_officer(user, today, OfficerRole.TREASURER)
    if not mine.exists():
        raise NotAllowed(_("Setoran pajak dicatat oleh bendahara dinas ini."))
    found, month = mine.filter(pk=agency).first(), read_period(period)
    if found is None or kind not in TaxKind.values or month is None:
        raise Http404(period)
    lines = pages.lines_of(found, kind, month)
    shown = list(lines[:MOST])
    post = request.method == "POST"
    if not shown and not post:
        messages.info(request, _("Tidak ada lagi yang harus disetor untuk jenis dan masa itu."))
        return redirect("orders:tax-deposit-list")
    form = TaxDepositForm(
        request.POST if post else None,
        request.FILES if post else None,
        initial={"deposited_on": today, "amount": sum(line.left for line in shown)},
    )
    if post and form.is_valid():
        try:
            services.record_deposit(actor=user, agency=found, kind=kind, period=month, now=now, **form.cleaned_data)
        except NotAllowed:
            raise
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Setoran dicatat. NTPN-nya masuk ke lembar pajak dan berkas pesanan."))
            return redirect("orders:tax-deposit-list")
    context: dict[str, Any] = {
        "form": form,
        "agency": found,
        "rows": pages.rows_of(shown),
        "is_cut": len(shown) == MOST and lines.count() > MOST,
        "most": MOST,
        "group": next((one for one in pages.owed([found], today) if (one.kind, one.period) == (kind, month)), None),
        "label": TaxKind(kind).label,
        "code": rules.CODES[TaxKind(kind)].on(month),
        "ticked": set(request.POST.getlist("chosen")) if post else None,
    }
    return form_page(request, "orders/tax_deposits/tax_deposit_create.html", context)


@require_safe
@login_required
def tax_deposit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    deposit = _seen(request, pk)
    user = person(request)
    lines = deposit.lines.select_related("invoice__order__seller")
    context = {
        "deposit": deposit,
        "lines": lines,
        "may_withdraw": deposit.withdrawn_at is None
        and policies.may_record(user, deposit.agency, clock.local_date(clock.now())),
        "layout": "layouts/inspector.html" if is_inspector(user) else "layouts/agency.html",
    }
    return render(request, "orders/tax_deposits/tax_deposit_detail.html", context)


@require_safe
@login_required
def tax_deposit_file(request: HttpRequest, pk: int) -> HttpResponse:
    deposit = _seen(request, pk)
    name = f"bpn-{deposit.ntpn}.{deposit.file.rsplit('.', 1)[-1]}"
    return private_response(
        deposit.file, reader=request.user.pk, content_type=deposit.content_type, filename=name, inline=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tax_deposit_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    deposit, now, user = _seen(request, pk), clock.now(), person(request)
    if not policies.may_record(user, deposit.agency, clock.local_date(now)):
        raise NotAllowed(_("Pencatatan setoran pajak dibatalkan oleh bendahara dinas ini."))
    if request.method != "POST" and deposit.withdrawn_at is not None:
        return redirect("orders:tax-deposit-detail", pk=deposit.pk)
    form = TaxDepositWithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_deposit(actor=user, deposit=deposit, now=now, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Pencatatan setoran dibatalkan. Pajak tagihannya kembali harus disetor."))
            return redirect("orders:tax-deposit-list")
    return form_page(request, "orders/tax_deposits/tax_deposit_withdraw.html", {"form": form, "deposit": deposit})


def _seen(request: HttpRequest, pk: int) -> TaxDeposit:
    """Of a department this person reads, or 404."""
    agencies = fetch.agencies_of(person(request), clock.now())
    if not agencies:
        raise Http404(pk)
    found: TaxDeposit = get_object_or_404(TaxDeposit.objects.select_related("agency"), pk=pk, agency__in=agencies)
    return found
