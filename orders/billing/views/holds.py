"""Holding an invoice with a reason its seller reads, and going on with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.billing import pages
from orders.billing.forms import HoldForm
from orders.billing.services import holding
from orders.orders import fetch
from orders.orders.pages.steps import invoice_steps


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invoice_hold(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    now, user = clock.now(), person(request)
    order = fetch.seen_order(request, number, now)
    found = fetch.invoice_of_order(order, invoice)
    holding.check_holder(user, order, now)
    if request.method != "POST" and not invoice_steps(user, order, now)[found.pk].hold:
        return redirect("orders:order-detail", number=order.number)
    form = HoldForm(request.POST if request.method == "POST" else None, reasons=holding.reasons_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            holding.hold_invoice(actor=user, invoice=found, now=now, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Tagihan ditahan. Penjual sudah diberi tahu alasannya."))
            return redirect("orders:order-detail", number=order.number)
    context = {
        "form": form,
        "order": order,
        "invoice": found,
        "clock": pages.payment_clock(found, now),
        "agency": order.agency,
    }
    return form_page(request, "orders/billing/invoice_hold.html", context)


@require_POST
@login_required
def invoice_resume(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    found = fetch.invoice_of_order(order, invoice)
    holding.resume_invoice(actor=person(request), invoice=found, now=now)
    messages.success(request, _("Tagihan dilanjutkan. Penjual sudah diberi tahu."))
    return redirect("orders:order-detail", number=order.number)
