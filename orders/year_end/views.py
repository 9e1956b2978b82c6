"""The open commitments of a budget year: the department's list, the inspectorate's, and the decision on one order."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock, exports
from epeken.core.web.answers import carried_out, form_page
from epeken.users.fetch import person
from orders.addenda import policies as addenda_policies
from orders.billing.models import Invoice
from orders.cancellations import policies as cancellations_policies
from orders.orders import fetch
from orders.orders.models import Order
from orders.year_end import commitments, pages, policies, services, waiting
from orders.year_end.commitments import OpenCommitment
from orders.year_end.forms import CarryForm, DebtForm, FinishForm, TakeBackDecisionForm, YearEndFilter
from orders.year_end.states import YearEndChoice
from procurement.agencies.fetch import inspector, membership_of
from procurement.budgets.models import BudgetLine

PAGE_SIZE = 25


@require_safe
@login_required
def year_end_list(request: HttpRequest) -> HttpResponse:
    """Of the department whose desk is open."""
    now = clock.now()
    agency, _agencies = membership_of(request, now)
    orders = Order.objects.filter(agency=agency)
    every = waiting.open_orders(now, orders)
    found = pages.with_list(every.filter(waiting.LISTED)).order_by(F("waits_since").asc(nulls_last=True), "pk")
    kind = request.GET.get("unduh")
    if kind in ("csv", "xlsx"):
        return _file(kind, found, now)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    held = commitments.held_budget(now, agency=agency)
    context = {
        "agency": agency,
        "lead": pages.lead(commitments.totals(every), held, clock.local_date(now)),
        "told": pages.told(clock.local_date(now)),
        "head": pages.head(),
        "page": page,
        "rows": pages.rows(commitments.read(page, now), now),
        "held_head": pages.held_head(),
        "held_rows": pages.held_rows(held, now),
    }
    return render(request, "orders/year_end/year_end_list.html", context)


@require_safe
@login_required
def year_end_oversight(request: HttpRequest) -> HttpResponse:
    """Of all departments, also as a file."""
    inspector(request)
    now = clock.now()
    form = YearEndFilter(request.GET)
    chosen = form.read()
    orders = Order.objects.all()
    if chosen.get("dinas"):
        orders = orders.filter(agency=chosen["dinas"])
    every = waiting.open_orders(now, orders)
    found = pages.with_list(every.filter(waiting.LISTED)).order_by(F("waits_since").asc(nulls_last=True), "pk")
    if chosen.get("keputusan"):
        found = found.filter(waits_since__isnull=chosen["keputusan"] == "sudah")
    kind = request.GET.get("unduh")
    if kind in ("csv", "xlsx"):
        form.check_file()
        return _file(kind, found, now)
    held = commitments.held_budget(now, **({"agency": chosen["dinas"]} if chosen.get("dinas") else {}))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": _("Akhir tahun anggaran"),
        "lead": pages.lead(commitments.totals(every), held, clock.local_date(now)),
        "empty": _("Tidak ada yang terbuka"),
        "told": _("Pesanan dinas yang belum dibayar menjelang dan sesudah akhir tahun anggaran muncul di sini."),
        "form": form,
        "page": page,
        "rows": pages.rows(commitments.read(page, now), now, named=True),
        "head": pages.head(),
    }
    return render(request, "orders/oversight/record_list.html", context)


def _file(kind: str, found: Any, now: datetime) -> HttpResponse:
    rows = commitments.read(found, now)
    return exports.as_file(kind, _("akhir-tahun"), pages.file_head(), rows, pages.file_cells)


@require_safe
@login_required
def year_end_order(request: HttpRequest, number: str) -> HttpResponse:
    """What may be decided about one order, by whoever may decide it; others read."""
    now = clock.now()
    order = _seen(request, number, now)
    return _page(request, order, now)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def year_end_finish(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    order, user = _seen(request, number, now), person(request)
    form = _finish_form(_sent(request))
    return _act(
        request, order, form, now, "finish",
        lambda: services.decide_finish(
            actor=user, order=order, finish_by=form.cleaned_data["finish_by"], reason=form.cleaned_data["reason"],
            now=now,
        ),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def year_end_debt(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    order, user = _seen(request, number, now), person(request)
    form = _debt_form(_sent(request))
    return _act(
        request, order, form, now, "debt",
        lambda: services.acknowledge_debt(actor=user, order=order, reason=form.cleaned_data["reason"], now=now),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def year_end_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    order, user = _seen(request, number, now), person(request)
    form = _withdraw_form(_sent(request))
    return _act(
        request, order, form, now, "withdraw",
        lambda: services.withdraw_decision(actor=user, order=order, reason=form.cleaned_data["reason"], now=now),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def year_end_carry(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    now = clock.now()
    order, user = _seen(request, number, now), person(request)
    row = fetch.invoice_of_order(order, invoice)
    row.order = order
    form = _carry_form(row, now, _sent(request))
    return _act(
        request, order, form, now, "carry",
        lambda: services.carry_debt(
            actor=user, invoice=row, lines=form.chosen, basis=form.cleaned_data["basis"], now=now
        ),
        invoice=row,
    )  # fmt: skip


def _act(
    request: HttpRequest, order: Order, form: Any, now: datetime, name: str, act: Callable[[], Any], **more: Any
) -> HttpResponse:
    """Done, back to the page of the order's decisions; else the page with this form."""
    if carried_out(form, act):
        messages.success(request, _("Keputusan tercatat."))
        return redirect("orders:year-end-order", number=order.number)
    return _page(request, order, now, form=form, name=name, **more)


def _page(request: HttpRequest, order: Order, now: datetime, **given: Any) -> HttpResponse:
    day = clock.local_date(now)
    row = commitments.of_order(order, now)
    context: dict[str, Any] = {
        "order": order,
        "layout": fetch.layout_for(person(request), order, now),
        "agency": order.agency,
        "row": row,
        "facts": pages.facts(row) if row is not None else [],
        "said": pages.said(row) if row is not None else [],
        **given,
    }
    if row is not None:
        context |= _ways(request, row, day, now)
        _put_refused(context)
    return form_page(request, "orders/year_end/year_end_order.html", context)


def _put_refused(context: dict[str, Any]) -> None:
    """The form that was sent stands in the place of its empty one."""
    form, name, invoice = (context.get(key) for key in ("form", "name", "invoice"))
    if name == "carry":
        context["carry_forms"] = [
            (one, form if invoice is not None and one.pk == invoice.pk else empty)
            for one, empty in context["carry_forms"]
        ]
    elif name is not None and context[name] is not None:
        context[name] = form


def _ways(request: HttpRequest, row: OpenCommitment, day: Any, now: datetime) -> dict[str, Any]:
    """The forms of what this person may decide now."""
    user, order = person(request), row.order
    is_over, expected = day.year > row.year, row.is_expected
    decides, heads = policies.deciding_office(user, order, day), policies.head_office(user, order, day)
    decision = row.decision.choice if row.decision is not None else YearEndChoice.WITHDRAWN
    is_debt = decision == YearEndChoice.DEBT
    decides = heads if is_debt else decides
    owed = not expected and not is_debt and any(invoice.correcting_id is None for invoice in row.unpaid)
    cancels = cancellations_policies.way_of(user, order, now) is not None
    carried = [(one, _carry_form(one, now)) for one in row.unpaid] if heads and is_over and is_debt else []
    return {
        "finish": _finish_form() if decides and not is_over else None,
        "debt": _debt_form() if heads and owed else None,
        "withdraw": _withdraw_form() if decides and decision != YearEndChoice.WITHDRAWN else None,
        "replaces": decision != YearEndChoice.WITHDRAWN,
        "carry_forms": carried,
        "is_expected": expected,
        "may_cancel": cancels,
        "may_move": addenda_policies.may_propose(user, order, now),
        "is_over": is_over,
    }


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _finish_form(data: Any = None) -> FinishForm:
    """Each form of the page has ids of its own."""
    return FinishForm(data, auto_id="selesaikan-%s")


def _debt_form(data: Any = None) -> DebtForm:
    return DebtForm(data, auto_id="akui-%s")


def _withdraw_form(data: Any = None) -> TakeBackDecisionForm:
    return TakeBackDecisionForm(data, auto_id="tarik-%s")


def _carry_form(invoice: Invoice, now: datetime, data: Any = None) -> CarryForm:
    day = clock.local_date(now)
    lines = BudgetLine.objects.filter(agency=invoice.order.agency_id, year=day.year).exclude(rup_id="")
    return CarryForm(
        data,
        auto_id=f"bebankan-{invoice.pk}-%s",
        earlier=pages.earlier_lines(invoice),
        lines=lines.select_related("account"),
    )


def _seen(request: HttpRequest, number: str, now: datetime) -> Order:
    """404 for whoever does not see the order, or sees it from the other side."""
    order = fetch.seen_order(request, number, now)
    if fetch.layout_for(person(request), order, now) != "layouts/agency.html":
        raise Http404(number)
    return order
