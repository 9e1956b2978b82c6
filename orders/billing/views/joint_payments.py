"""Several approved invoices of a department, which one SP2D or transfer pays."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.billing import joint_pages
from orders.billing.forms import JointPaymentForm
from orders.billing.models import Invoice
from orders.billing.services import joint_payments, payments
from procurement.agencies import fetch
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def joint_payment(request: HttpRequest) -> HttpResponse:
    """The treasurer ticks what was paid under one number, and uploads its proof once."""
    now, user = clock.now(), person(request)
    day = clock.local_date(now)
    agencies = Agency.objects.of_officer(user, day, OfficerRole.TREASURER).order_by("name")
    if not agencies:
        raise NotAllowed(_("Pembayaran diperiksa dan dicatat oleh bendahara dinas ini."))
    chosen_agency = fetch.named_agencies(request, agencies)[0]
    mine = Invoice.objects.filter(order__agency=chosen_agency)
    page = Paginator(joint_pages.with_page(mine.to_pay()), PAGE_SIZE).get_page(request.GET.get("page"))
    post = request.method == "POST"
    form = JointPaymentForm(
        request.POST if post else None,
        request.FILES if post else None,
        initial={"paid_on": day},
        is_year_over=any(payments.takes_basis(row, row.order.request.line, day) for row in page),
    )
    if post and form.is_valid():
        seen = set(mine.filter(pk__in=form.cleaned_data["chosen"]).values_list("pk", flat=True))
        values = {**form.cleaned_data, "chosen": {pk: n for pk, n in form.cleaned_data["chosen"].items() if pk in seen}}
        try:
            made = joint_payments.record_joint_payment(actor=user, now=now, **values)
        except NotAllowed:
            raise
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, joint_pages.recorded_words(made))
            return redirect("orders:treasurer")
    context = {
        "form": form,
        "page": page,
        "rows": joint_pages.rows_of(page, user, now),
        "agency": chosen_agency,
        "agencies": agencies,
        "ticked": set(request.POST.getlist("chosen")) if post else set(),
    }
    return form_page(request, "orders/billing/joint_payment.html", context)
