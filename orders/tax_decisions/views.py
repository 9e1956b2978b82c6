"""The treasurer decides what a bill is taxed on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.i18n.words import rupiah
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.billing import nearby, treasurer
from orders.billing import pages as billing_pages
from orders.orders import fetch
from orders.orders.pages.steps import invoice_steps
from orders.tax_decisions import pages, services
from orders.tax_decisions.forms import TaxDecisionForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tax_decision_create(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    """Whether the bill counts as one purchase with others near it, and which of its meals are catering."""
    now, user = clock.now(), person(request)
    order = fetch.seen_order_page(request, number, now)
    found = fetch.invoice_of_order(order, invoice)
    treasurer.require_role(user, order, now)
    facts = pages.facts_of(found, nearby.of_invoice(order, found))
    if request.method != "POST" and not (facts.is_open and invoice_steps(user, order, now)[found.pk].reissue):
        return redirect("orders:order-detail", number=order.number)
    form = TaxDecisionForm(request.POST if request.method == "POST" else None, facts=facts)
    if request.method == "POST" and form.is_valid():
        try:
            holding = services.decide_taxes(actor=user, invoice=found, now=now, **form.decided())
        except DomainError as error:
            form.refuse(error)
        else:
            said = {"number": holding.number, "withheld": rupiah(holding.withheld)}
            messages.success(
                request,
                _("Keputusan dicatat. Pajaknya tidak berubah.")
                if holding.pk == found.pk
                else _("Keputusan dicatat. Tagihan %(number)s terbit sebagai gantinya, pajaknya %(withheld)s.") % said,
            )
            # Whoever came from the checklist goes on there; where it is checked already, its page leads on.
            return redirect("orders:invoice-verify", number=order.number, invoice=holding.number)
    context = {
        "form": form, "order": order, "invoice": found, "facts": facts, "agency": order.agency,
        "taxes": billing_pages.tax_lines(found),
    }  # fmt: skip
    return form_page(request, "orders/tax_decisions/tax_decision_create.html", context)
