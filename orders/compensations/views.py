"""What an agreed compensation is and whose turn; the head names its budget line, the treasurer records its payment."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock
from epeken.core.files import uploads
from epeken.core.web.answers import carried_out, form_page
from epeken.users.fetch import person
from orders.compensations import pages, policies, services
from orders.compensations.forms import CompensationChargeForm, CompensationPaymentForm
from orders.compensations.models import Compensation
from orders.orders import fetch
from orders.orders.models import Order
from procurement.budgets.models import BudgetLine
from umkm.sellers import services as sellers
from umkm.verification.states import LookPurpose


@require_safe
@login_required
def compensation_detail(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, _seen(request, number), clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compensation_charge(request: HttpRequest, number: str) -> HttpResponse:
    now, row, user = clock.now(), _seen(request, number), person(request)
    form = _charge_form(row, now, _sent(request))
    if carried_out(
        form,
        lambda: services.charge_compensation(actor=user, compensation=row, line=form.cleaned_data["line"], now=now),
    ):
        messages.success(request, _("Mata anggaran ditunjuk. Bendahara sudah diberi tahu."))
        return redirect("orders:compensation-detail", number=row.number)
    return _page(request, row, now, charge=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compensation_pay(request: HttpRequest, number: str) -> HttpResponse:
    now, row, user = clock.now(), _seen(request, number), person(request)
    files = request.FILES if request.method == "POST" else None
    form = CompensationPaymentForm(_sent(request), files, auto_id="bayar-%s")
    if carried_out(form, lambda: services.pay_compensation(actor=user, compensation=row, now=now, **form.cleaned_data)):
        messages.success(request, _("Pembayaran ganti rugi dicatat. Penjual sudah diberi tahu."))
        return redirect("orders:compensation-detail", number=row.number)
    return _page(request, row, now, pay=form)


@require_safe
@login_required
def compensation_proof(request: HttpRequest, number: str) -> HttpResponse:
    """For both sides of the order and the inspectorate."""
    row = get_object_or_404(Compensation.objects.exclude(proof=""), pk=_seen(request, number).pk)
    name = f"bukti-ganti-rugi-{row.number}.{row.proof.rpartition('.')[2]}"
    return uploads.private_response(
        row.proof, reader=request.user.pk, content_type=row.proof_type, filename=name, inline=True
    )


def _page(request: HttpRequest, row: Compensation, now: datetime, **refused: Any) -> HttpResponse:
    """The forms of what this person may do now; one that was refused stands in the place of its empty one."""
    user, order, day = person(request), row.order, clock.local_date(now)
    charges, pays = policies.may_charge(user, row, order, day), policies.may_pay(user, row, order, day)
    forms = {
        "charge": _charge_form(row, now) if charges else None,
        "pay": CompensationPaymentForm(auto_id="bayar-%s", initial={"paid_on": day}) if pays else None,
    }
    forms |= {name: form for name, form in refused.items() if form.is_bound}
    layout = fetch.layout_for(user, order, now)
    context = {
        "row": row, "order": order, "agency": order.agency, "seller": order.seller, "layout": layout, **forms,
        "form": next((form for form in refused.values() if form.is_bound), None),
        "facts": pages.facts_of(row, reads_budget=layout == "layouts/agency.html"), "turn": pages.turn_words(row),
        "account": pages.account_of(order.seller) if pays else [],
    }  # fmt: skip
    if pays:
        sellers.log_view(
            actor=user, seller=order.seller, what="bank_account", reference=row.number, purpose=LookPurpose.PAYMENT,
            now=now,
        )  # fmt: skip
    return form_page(request, "orders/compensations/compensation_detail.html", context)


def _charge_form(row: Compensation, now: datetime, data: Any = None) -> CompensationChargeForm:
    lines = BudgetLine.objects.bearing(row.order.agency_id, clock.local_date(now), row.amount)
    lines = lines.filter(year=clock.local_date(now).year).select_related("account")
    return CompensationChargeForm(data, auto_id="anggaran-%s", lines=lines)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _seen(request: HttpRequest, number: str) -> Compensation:
    """404 unless this person is on one of the order's sides."""
    orders = Order.objects.visible_to(person(request), clock.local_date(clock.now()))
    found: Compensation = get_object_or_404(Compensation.objects.with_page(), number=number, order__in=orders)
    return found
