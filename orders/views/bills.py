"""The treasurer's list and payment; the seller's cash."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.idempotency import new_key
from orders import policies, reports
from orders.forms.bills import PaymentForm
from orders.models import Bill, Payment
from orders.services import bills, taxes
from orders.states import BillState, PaymentMethod
from orders.views import doors
from procurement.models import Agency
from procurement.querysets import INSPECT


@require_safe
@login_required
def treasurer(request: HttpRequest) -> HttpResponse:
    """Unpaid bills of this person's departments by age, and what was paid lately."""
    now = clock.now()
    user = doors.person(request)
    day = clock.local_date(now)
    agencies = Agency.objects.all() if user.has_perm(INSPECT) else Agency.objects.of_officer(user, day)
    if not agencies.exists():
        raise NotAllowed(_("Halaman ini untuk pejabat dinas. Masuk dengan akun dinas Anda."))
    mine = Bill.objects.filter(order__agency__in=agencies)
    ageing = reports.ageing(mine, now)
    groups = [
        {
            "id": code,
            "title": title,
            "kind": kind,
            "rows": [{"bill": b, "order": b.order, "left": reports.days_left_words(b, now)} for b in waiting],
        }
        for code, title, kind, waiting in (
            ("late", _("Lewat batas"), "no", ageing.late),
            ("today", _("Batas hari ini"), "now", ageing.today),
            ("later", _("Masih ada waktu"), "", ageing.later),
        )
    ]
    paid = (
        Payment.objects.filter(bill__order__agency__in=agencies)
        .select_related("bill__order__seller")
        .order_by("-recorded_at")[:10]
    )
    context = {
        "groups": groups,
        "ageing": ageing,
        "paid": [{"payment": p, "order": p.bill.order, "days": reports.paid_in(p.bill, p)} for p in paid],
        "days": reports.payment_days(day),
    }
    return render(request, "orders/bill_list.html", context)


@require_POST
@login_required
def bill_verify(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    order = doors.seen_order(request, number, now)
    bills.verify_bill(actor=doors.person(request), bill=order.bill, now=now)
    messages.success(request, _("Berkas dinyatakan lengkap. Penjual sudah diberi tahu."))
    return redirect("orders:order-detail", number=order.number)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payment_create(request: HttpRequest, number: str) -> HttpResponse:
    """How, when and with which proof the bill was paid."""
    now = clock.now()
    user = doors.person(request)
    order = doors.seen_order(request, number, now)
    bill = order.bill
    day = clock.local_date(now)
    if not policies.can_pay(user, order, day):
        raise NotAllowed(_("Pembayaran dicatat oleh bendahara yang bukan pemesan, penyetuju, atau penerima barang."))
    if bill.net is None:
        raise InvalidMove(_("Pesanan ini belum ditagih. Tagihan terbit bersama BAST."))
    if bill.state != BillState.VERIFIED and request.method != "POST":
        return redirect("orders:order-detail", number=order.number)
    post = request.method == "POST"
    form = PaymentForm(request.POST if post else None, request.FILES if post else None, initial={"paid_on": day})
    if post and form.is_valid():
        data = form.cleaned_data
        try:
            payment = bills.record_payment(
                actor=user,
                bill=bill,
                method=data["method"],
                reference=data["reference"],
                paid_on=data["paid_on"],
                proof=data["proof"],
                key=data["key"],
                now=now,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Pembayaran dicatat. Penjual sudah diberi tahu."))
            assert payment.bill_id == bill.pk
            return redirect("orders:order-detail", number=order.number)
    by_card = bills.tax_input(
        order, day=clock.local_date(bill.billed_at) if bill.billed_at else day, method=PaymentMethod.KKPD
    )
    card_tax = taxes.total(taxes.compute(by_card, taxes.rates_on(by_card.day)))
    context = {
        "form": form,
        "order": order,
        "bill": bill,
        "taxes": reports.tax_lines(bill),
        "clock": reports.payment_clock(bill, now),
        "card_net": bill.gross - card_tax if bill.gross is not None else None,
        "agency": order.agency,
    }
    return doors.form_page(request, "orders/payment_form.html", context)


@require_POST
@login_required
def cash_create(request: HttpRequest, number: str) -> HttpResponse:
    """The seller has the cash."""
    now = clock.now()
    order = doors.seen_order(request, number, now)
    key = request.POST.get("key") or new_key()
    bills.record_cash(actor=doors.person(request), bill=order.bill, key=key[:64], now=now)
    messages.success(request, _("Uang tunai dicatat. Pesanan selesai."))
    return redirect("orders:order-detail", number=order.number)
