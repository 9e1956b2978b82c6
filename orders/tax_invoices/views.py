"""The seller brings a tax invoice, and opens its copy."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.files.uploads import private_response
from epeken.core.i18n.words import rupiah
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.orders import fetch, policies
from orders.tax_invoices import policies as tax_invoices
from orders.tax_invoices import services
from orders.tax_invoices.forms import TaxInvoiceForm
from umkm.sellers.policies import can_act_for


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tax_invoice_create(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    now, user = clock.now(), person(request)
    order = fetch.seen_order_page(request, number, now)
    found = fetch.invoice_of_order(order, invoice)
    if not can_act_for(user, order.seller):
        raise NotAllowed(_("Faktur pajak diunggah oleh penjual pesanan ini."))
    earlier = tax_invoices.of_invoice(found)
    is_open = tax_invoices.is_wanted(found) and tax_invoices.may_bring(
        found, is_seller=True, has_one=earlier is not None
    )
    if request.method != "POST" and not is_open:
        return redirect("orders:order-detail", number=order.number)
    post = request.method == "POST"
    form = TaxInvoiceForm(request.POST if post else None, request.FILES if post else None)
    if post and form.is_valid():
        try:
            services.bring_tax_invoice(actor=user, invoice=found, now=now, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Faktur pajak tersimpan; bendahara dapat memeriksanya."))
            return redirect("orders:order-detail", number=order.number)
    context = {
        "form": form,
        "order": order,
        "invoice": found,
        "earlier": earlier,
        "ppn": rupiah(tax_invoices.ppn_of(found)),
    }
    return form_page(request, "orders/tax_invoices/tax_invoice_create.html", context)


@require_safe
@login_required
def tax_invoice_file(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    """For its seller, who has no other way to the department's file, and for the department."""
    now, user = clock.now(), person(request)
    order = fetch.seen_order(request, number, now)
    if not (can_act_for(user, order.seller) or policies.is_officer_of(user, order, clock.local_date(now))):
        raise Http404(invoice)
    earlier = tax_invoices.of_invoice(fetch.invoice_of_order(order, invoice))
    if earlier is None:
        raise Http404(invoice)
    paper = earlier.attachment
    name = f"faktur-pajak-{earlier.number}.{paper.file.rsplit('.', 1)[-1]}"
    return private_response(
        paper.file, reader=request.user.pk, content_type=paper.content_type, filename=name, inline=True
    )
