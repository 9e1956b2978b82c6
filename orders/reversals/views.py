"""Asking to reverse a payment, deciding, taking the request back, and its proof."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.files import uploads
from epeken.core.i18n.times import working_days
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.billing import treasurer
from orders.billing.models import Payment
from orders.orders import fetch
from orders.orders.models import Order
from orders.reversals import pages, rules, services
from orders.reversals.forms import ReversalAnswerForm, ReversalForm, ReversalWithdrawForm
from orders.reversals.models import PaymentReversal


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reversal_create(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The treasurer says what is wrong with a payment."""
    now, user = clock.now(), person(request)
    order = fetch.seen_order(request, number, now)
    payment: Payment = get_object_or_404(
        Payment.objects.with_reversal().select_related("invoice", "recorded_by"), pk=pk, invoice__order=order
    )
    post = request.method == "POST"
    if post:  # once asked for, the page of a second click asks nothing
        services.check_asker(user, order, now)
    else:
        services.check_ask(user, payment, payment.invoice, order, now)
    form = ReversalForm(request.POST if post else None, request.FILES if post else None)
    if post and form.is_valid():
        try:
            services.ask_reversal(actor=user, payment=payment, now=now, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Permintaan dikirim ke kepala dinas. Sampai diputus, pembayaran ini berlaku."))
            return redirect("orders:order-detail", number=order.number)
    context = {
        "form": form,
        "order": order,
        "agency": order.agency,
        "payment": payment,
        "invoice": payment.invoice,
        "others": pages.paid_with(payment),
        "days": working_days(rules.DECIDED_WITHIN.on(clock.local_date(now))),
    }
    return form_page(request, "orders/reversals/reversal_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reversal_answer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The head releases or refuses."""
    now, user = clock.now(), person(request)
    order, row = _reversal(request, number, pk, now)
    post = request.method == "POST"
    check = services.check_decider if post else services.check_decide
    check(user, row, row.payment, row.payment.invoice, order, now)
    form = ReversalAnswerForm(request.POST if post else None)
    if post and form.is_valid():
        given: dict[str, Any] = {"actor": user, "reversal": row, "now": now}
        released = form.cleaned_data["answer"] == "release"
        try:
            if released:
                services.release_reversal(key=form.cleaned_data["key"], **given)
            else:
                services.refuse_reversal(note=form.cleaned_data["note"], **given)
        except DomainError as error:
            form.refuse(error)
        else:
            said = _("Pembayaran dibatalkan. Penjual dan bendahara sudah diberi tahu.")
            kept = _("Jawaban dikirim. Pembayarannya tetap tercatat.")
            messages.success(request, said if released else kept)
            return redirect("orders:order-detail", number=order.number)
    context = {"form": form, "effects": pages.effects(row, order), **_common(row, order)}
    return form_page(request, "orders/reversals/reversal_answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reversal_withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The treasurer takes the request back."""
    now, user = clock.now(), person(request)
    order, row = _reversal(request, number, pk, now)
    post = request.method == "POST"
    treasurer.require_role(user, order, now)
    form = ReversalWithdrawForm(request.POST if post else None)
    if post and form.is_valid():
        try:
            services.withdraw_reversal(actor=user, reversal=row, note=form.cleaned_data["note"], now=now)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Permintaan ditarik. Pembayarannya tetap tercatat."))
            return redirect("orders:order-detail", number=order.number)
    return form_page(request, "orders/reversals/reversal_withdraw.html", {"form": form, **_common(row, order)})


@require_safe
@login_required
def reversal_proof(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """What the treasurer put beside the request; for the department and the inspectorate, as long as it is theirs."""
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    rows = PaymentReversal.objects.exclude(proof="").filter(payment__invoice__order=order)
    row = get_object_or_404(pages.seen(rows, person(request), order, clock.local_date(now)), pk=pk)
    name = f"bukti-pembatalan-{order.number}-{row.pk}.{row.proof.rpartition('.')[2]}"
    return uploads.private_response(
        row.proof, reader=request.user.pk, content_type=row.proof_type, filename=name, inline=True
    )


def _reversal(request: HttpRequest, number: str, pk: int, now: datetime) -> tuple[Order, PaymentReversal]:
    """404 for whoever does not see the order, and for its seller, to whom the department's request is nothing."""
    order = fetch.seen_order(request, number, now)
    rows = pages.seen(PaymentReversal.objects.with_page(), person(request), order, clock.local_date(now))
    return order, get_object_or_404(rows, pk=pk, payment__invoice__order=order)


def _common(row: PaymentReversal, order: Order) -> dict[str, Any]:
    return {"order": order, "agency": order.agency, "row": row, "payment": row.payment, "invoice": row.payment.invoice}
