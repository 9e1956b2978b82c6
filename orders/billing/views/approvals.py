"""Many checked invoices, whose payment the head or the PPK approves in one act, or sends back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.billing import approval_pages, approver, policies
from orders.billing.forms import PaymentApprovalForm, ReturnForm
from orders.billing.models import Invoice
from orders.billing.services import approval
from orders.orders import fetch
from orders.orders.pages.steps import invoice_steps
from procurement.agencies.models import Agency
from procurement.agencies.querysets import INSPECT
from procurement.agencies.states import office_in_sentence

PAGE_SIZE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payment_approvals(request: HttpRequest) -> HttpResponse:
    """Every checked invoice of the person's departments; those ticked are approved."""
    now, user = clock.now(), person(request)
    day = clock.local_date(now)
    role = policies.approver_role(day)
    mine = Agency.objects.of_officer(user, day, role)
    agencies = Agency.objects.all() if user.has_perm(INSPECT) else mine
    if not agencies:
        said = _("Halaman ini untuk %(office)s, yang menyetujui pembayaran.")
        raise NotAllowed(said % {"office": office_in_sentence(role)})
    post = request.method == "POST"
    form = PaymentApprovalForm(request.POST if post else None)
    if post and form.is_valid():
        seen = Invoice.objects.filter(pk__in=form.cleaned_data["chosen"], order__agency__in=agencies)
        pks = set(seen.values_list("pk", flat=True))
        chosen = {pk: stamp for pk, stamp in form.cleaned_data["chosen"].items() if pk in pks}
        try:
            made = approval.approve_payments(actor=user, chosen=chosen, key=form.cleaned_data["key"], now=now)
        except NotAllowed:  # who reads every department approves in none
            raise
        except DomainError as error:
            form.refuse(error)
        else:
            _tell(request, made)
            return redirect("orders:payment-approvals")
    found = Invoice.objects.to_approve().filter(order__agency__in=agencies)
    page = Paginator(approval_pages.with_page(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": approval_pages.rows_of(page, user, now),
        "sum": (sums := approval_pages.sum_of(found)),
        "lead": approval_pages.lead(sums),
        "several": len(agencies) > 1,
        "approves": mine.exists(),
        "office": office_in_sentence(role),
    }
    return form_page(request, "orders/billing/payment_approvals.html", context)


def _tell(request: HttpRequest, made: approval.Approved) -> None:
    if made.invoices:
        said = ngettext(
            "%(count)s pembayaran disetujui. Bendahara dan penjual sudah diberi tahu.",
            "%(count)s pembayaran disetujui. Bendahara dan penjual sudah diberi tahu.",
            len(made.invoices),
        )
        messages.success(request, said % {"count": len(made.invoices)})
    for left in made.left_out:
        said = _("Tagihan %(number)s tidak ikut disetujui. %(why)s")
        messages.warning(request, said % {"number": left.invoice.number, "why": left.why})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invoice_return(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    """The approver sends one back to the treasurer."""
    now, user = clock.now(), person(request)
    order = fetch.seen_order(request, number, now)
    found = fetch.invoice_of_order(order, invoice)
    approver.require_role(user, order, now)
    if request.method != "POST" and not invoice_steps(user, order, now)[found.pk].approve:
        return redirect("orders:order-detail", number=order.number)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            approval.return_invoice(actor=user, invoice=found, reason=form.cleaned_data["reason"], now=now)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Tagihan dikembalikan. Bendahara sudah diberi tahu."))
            return redirect("orders:payment-approvals")
    context = {"form": form, "order": order, "invoice": found, "agency": order.agency}
    return form_page(request, "orders/billing/invoice_return.html", context)
