"""What an agreed compensation is and whose turn; the head names its budget line, the treasurer records its payment,
and a payment that was wrong is reversed."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock
from epeken.core.files import uploads
from epeken.core.web.answers import carried_out, form_page
from epeken.users.fetch import person
from epeken.users.models import User
from orders.billing import policies as billing_policies
from orders.compensations import pages, policies
from orders.compensations.forms import CompensationChargeForm, CompensationPaymentForm, CompensationReversalForm
from orders.compensations.models import Compensation, CompensationPayment, CompensationReversal
from orders.compensations.services import payments, reversing
from orders.orders import fetch
from orders.orders.models import Order
from orders.reversals import pages as reversal_pages
from orders.reversals.anew import recorded_before
from orders.reversals.forms import ReversalAnswerForm, ReversalWithdrawForm
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
        lambda: payments.charge_compensation(actor=user, compensation=row, line=form.cleaned_data["line"], now=now),
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
    if carried_out(form, lambda: payments.pay_compensation(actor=user, compensation=row, now=now, **form.cleaned_data)):
        messages.success(request, _("Pembayaran ganti rugi dicatat. Penjual sudah diberi tahu."))
        return redirect("orders:compensation-detail", number=row.number)
    return _page(request, row, now, pay=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compensation_reverse(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The treasurer says what is wrong with a payment."""
    now, row, user = clock.now(), _seen(request, number), person(request)
    payment = get_object_or_404(CompensationPayment, pk=pk, compensation=row)
    files = request.FILES if request.method == "POST" else None
    form = CompensationReversalForm(_sent(request), files, auto_id="batalkan-%s")
    if carried_out(
        form,
        lambda: reversing.ask_compensation_reversal(actor=user, payment=payment, now=now, **form.cleaned_data),
    ):
        messages.success(request, _("Permintaan dikirim ke kepala dinas. Sampai diputus, pembayaran ini berlaku."))
        return redirect("orders:compensation-detail", number=row.number)
    return _page(request, row, now, ask=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compensation_reversal_answer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The head releases or refuses."""
    now, row, user = clock.now(), _seen(request, number), person(request)
    found = _reversal(request, row, pk, now)
    form = ReversalAnswerForm(_sent(request), auto_id="putuskan-%s")

    def decide() -> None:
        given: dict[str, Any] = {"actor": user, "reversal": found, "now": now}
        if form.cleaned_data["answer"] == "release":
            reversing.release_compensation_reversal(key=form.cleaned_data["key"], **given)
            messages.success(request, _("Pembayaran dibatalkan. Penjual dan bendahara sudah diberi tahu."))
        else:
            reversing.refuse_compensation_reversal(note=form.cleaned_data["note"], **given)
            messages.success(request, _("Jawaban dikirim. Pembayarannya tetap tercatat."))

    if carried_out(form, decide):
        return redirect("orders:compensation-detail", number=row.number)
    return _page(request, row, now, answer=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compensation_reversal_withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The treasurer takes the request back."""
    now, row, user = clock.now(), _seen(request, number), person(request)
    found = _reversal(request, row, pk, now)
    form = ReversalWithdrawForm(_sent(request), auto_id="tarik-%s")
    if carried_out(
        form,
        lambda: reversing.withdraw_compensation_reversal(
            actor=user, reversal=found, note=form.cleaned_data["note"], now=now
        ),
    ):
        messages.success(request, _("Permintaan ditarik. Pembayarannya tetap tercatat."))
        return redirect("orders:compensation-detail", number=row.number)
    return _page(request, row, now, withdraw=form)


@require_safe
@login_required
def compensation_proof(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """For both sides of the order and the inspectorate; also of a payment that was reversed."""
    row = _seen(request, number)
    payment = get_object_or_404(CompensationPayment, pk=pk, compensation=row)
    return _file(request, payment, f"bukti-ganti-rugi-{row.number}-{payment.pk}")


@require_safe
@login_required
def compensation_reversal_proof(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """What the treasurer put beside the request; for the department and the inspectorate."""
    row = _seen(request, number)
    found = _reversal(request, row, pk, clock.now())
    if not found.proof:
        raise Http404(number)
    return _file(request, found, f"bukti-pembatalan-{row.number}-{found.pk}")


def _file(request: HttpRequest, row: CompensationPayment | CompensationReversal, name: str) -> HttpResponse:
    return uploads.private_response(
        row.proof, reader=request.user.pk, content_type=row.proof_type,
        filename=f"{name}.{row.proof.rpartition('.')[2]}", inline=True,
    )  # fmt: skip


def _reversal(request: HttpRequest, row: Compensation, pk: int, now: datetime) -> CompensationReversal:
    """404 for the seller, to whom the department's request is nothing."""
    rows = CompensationReversal.objects.with_page().filter(payment__compensation=row)
    seen = reversal_pages.seen(rows, person(request), row.order, clock.local_date(now))
    found: CompensationReversal = get_object_or_404(seen, pk=pk)
    return found


def _page(request: HttpRequest, row: Compensation, now: datetime, **refused: Any) -> HttpResponse:
    """The forms of what this person may do now; one that was refused stands in the place of its empty one."""
    user, order, day = person(request), row.order, clock.local_date(now)
    charges, pays = policies.may_charge(user, row, order, day), policies.may_pay(user, row, order, day)
    sends = pays and row.correcting_id is None  # where money went already, nobody needs the account
    waiting = _waiting(row) if reversal_pages.sees(user, order, day) else None
    forms: dict[str, Any] = {
        "charge": _charge_form(row, now) if charges else None,
        "pay": _payment_form(row, day) if pays else None,
        "ask": None,
        **_reversal_forms(user, row, waiting, day),
    }
    payment = row.standing_payment
    # What was refused for a payment or a request that stands no longer has no place on the page.
    gone = {"ask": payment is None, "answer": waiting is None, "withdraw": waiting is None}
    forms |= {name: form for name, form in refused.items() if form.is_bound and not gone.get(name)}
    layout = fetch.layout_for(user, order, now)
    context = {
        "row": row, "order": order, "agency": order.agency, "seller": order.seller, "layout": layout, **forms,
        "form": next((form for form in refused.values() if form.is_bound), None),
        "facts": pages.facts_of(row, reads_budget=layout == "layouts/agency.html"),
        "turn": pages.late_words(row, now), "is_late": pages.is_late(row, now),
        "account": pages.account_of(order.seller) if sends else [],
        "waiting": waiting, "asked": pages.reversal_facts(row, waiting) if waiting is not None else [],
        "effects": pages.effects(row, waiting, _others(row)) if waiting is not None else [],
        "payment": payment, "others": _others(row) if forms["ask"] is not None else [],
    }  # fmt: skip
    if sends:
        sellers.log_view(
            actor=user, seller=order.seller, what="bank_account", reference=row.number, purpose=LookPurpose.PAYMENT,
            now=now,
        )  # fmt: skip
    return form_page(request, "orders/compensations/compensation_detail.html", context)


def _others(row: Compensation) -> list[str]:
    """What else the number of its payment paid."""
    payment = row.standing_payment
    return reversal_pages.paid_with(payment) if payment is not None else []


def _waiting(row: Compensation) -> CompensationReversal | None:
    """The request the head has to decide on."""
    payment = row.standing_payment
    return payment.reversal if payment is not None else None


def _reversal_forms(user: User, row: Compensation, waiting: CompensationReversal | None, day: date) -> dict[str, Any]:
    if waiting is None:
        asks = policies.may_ask_reversal(user, row, row.order, day)
        return {"ask": CompensationReversalForm(auto_id="batalkan-%s") if asks else None}
    decides = policies.may_decide_reversal(user, row, waiting, row.order, day)
    withdraws = billing_policies.can_pay(user, row.order, day)
    return {
        "answer": ReversalAnswerForm(auto_id="putuskan-%s") if decides else None,
        "withdraw": ReversalWithdrawForm(auto_id="tarik-%s") if withdraws else None,
    }


def _payment_form(row: Compensation, day: date) -> CompensationPaymentForm:
    """Money that was sent is recorded anew: what was written of it, without what was wrong."""
    sent = row.correcting
    if sent is None:
        return CompensationPaymentForm(auto_id="bayar-%s", initial={"paid_on": day})
    return CompensationPaymentForm(auto_id="bayar-%s", initial=recorded_before(sent))


def _charge_form(row: Compensation, now: datetime, data: Any = None) -> CompensationChargeForm:
    lines = BudgetLine.objects.bearing(row.order.agency_id, clock.local_date(now), row.amount)
    lines = lines.filter(year=clock.local_date(now).year).select_related("account")
    main = row.order.request.line_id if row.order.request is not None else None
    paid_from = (line.charged_to_id or main for line in row.order.lines.all())
    charged = {pk for pk in paid_from if pk is not None}
    return CompensationChargeForm(data, auto_id="anggaran-%s", lines=lines, of_order=charged)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _seen(request: HttpRequest, number: str) -> Compensation:
    """404 unless this person is on one of the order's sides."""
    orders = Order.objects.visible_to(person(request), clock.local_date(clock.now()))
    found: Compensation = get_object_or_404(Compensation.objects.with_page(), number=number, order__in=orders)
    return found
