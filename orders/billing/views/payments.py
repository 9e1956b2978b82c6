"""The treasurer's list, checklist and payment; the seller's cash."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock, exports
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.i18n.times import working_days
from epeken.core.idempotency import new_key
from epeken.core.web.answers import form_page
from epeken.core.web.sorting import heads, in_order
from epeken.users.fetch import person
from epeken.users.models import User
from orders.billing import checklist, nearby, pages, payee, policies, tax_papers
from orders.billing import treasurer as office
from orders.billing.forms import InvoiceFilter, PaymentForm, ReissueForm, VerifyForm
from orders.billing.models import Invoice, Payment
from orders.billing.querysets import InvoiceQuerySet
from orders.billing.services import correction, payments
from orders.compensations.models import Compensation
from orders.documents import completeness
from orders.orders import fetch
from orders.orders.pages.steps import invoice_steps
from orders.tax_decisions import pages as tax_decisions
from procurement.agencies.models import Agency
from procurement.agencies.querysets import INSPECT
from procurement.agencies.states import OfficerRole
from umkm.sellers import services as sellers
from umkm.verification.states import LookPurpose

PAGE_SIZE = 25
LATELY = 10  # payments below the list


@require_safe
@login_required
def treasurer(request: HttpRequest) -> HttpResponse:
    """Invoices of this person's departments, those to be paid first, and what was paid lately."""
    now = clock.now()
    user = person(request)
    day = clock.local_date(now)
    inspects = user.has_perm(INSPECT)
    agencies = list((Agency.objects.all() if inspects else Agency.objects.of_officer(user, day)).order_by("short_name"))
    if not agencies:
        raise NotAllowed(_("Halaman ini untuk pejabat dinas. Masuk dengan akun dinas Anda."))
    form, columns = InvoiceFilter(request.GET, agencies=agencies), pages.list_columns()
    chosen = dict(form.read())
    wanted = chosen.pop("dinas", None)
    read = [one for one in agencies if wanted in (None, "", str(one.pk))]
    mine = Invoice.objects.filter(order__agency__in=read)
    found = in_order(request, pages.filtered(mine, chosen, now).with_list(), columns, "due_at", "pk")
    kind = request.GET.get("unduh")
    if kind in ("csv", "xlsx"):
        form.check_file()
        return exports.as_file(kind, _("tagihan-dinas"), pages.file_head(), found, pages.file_cells(found, now))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    is_filtered = any(chosen.values())
    paid = [] if is_filtered or page.number > 1 else _paid_lately(read)
    accepted = [policies.accepted_at(payment.invoice) for payment in paid]
    holidays = pages.holidays_of([*page, *(payment.invoice for payment in paid)], now, *accepted)
    context = {
        "form": form,
        "head": heads(request, columns),
        "page": page,
        "rows": pages.list_rows(page, now, holidays),
        "ageing": (ageing := pages.ageing(mine, now)),
        "ageing_said": pages.ageing_words(ageing, pages.payment_days(day)),
        "paid": [{"payment": p, "order": p.invoice.order, "days": pages.paid_in(p.invoice, p, holidays)} for p in paid],
        "days": working_days(pages.payment_days(day)),
        "several": len(read) > 1,
        "title": _list_title(agencies, read, inspects=inspects),
        "is_filtered": is_filtered,
        "elsewhere": _elsewhere(mine, chosen, now) if is_filtered and not page.paginator.count else 0,
        "sum": pages.sum_of(found) if is_filtered else 0,
        "layout": "layouts/inspector.html" if inspects else "layouts/agency.html",
        "to_approve": _to_approve(user, day),
        "to_pay": _to_pay(user, day),
        "compensations": [] if is_filtered or page.number > 1 else _compensations(read, now, inspects=inspects),
    }
    return render(request, "orders/billing/invoice_list.html", context)


def _elsewhere(mine: InvoiceQuerySet, chosen: Mapping[str, Any], now: datetime) -> int:
    """How many bills a search finds that stand elsewhere than where it looked."""
    return pages.filtered(mine, {**chosen, "keadaan": "semua"}, now).distinct().count() if chosen.get("q") else 0


def _list_title(agencies: list[Agency], read: list[Agency], *, inspects: bool) -> str:
    if len(read) == 1 and len(agencies) > 1:
        return _("Pembayaran %(agency)s") % {"agency": read[0].short_name}
    if inspects:
        return _("Pembayaran semua dinas")
    return _("Pembayaran semua dinas Anda") if len(read) > 1 else _("Pembayaran")


def _to_approve(user: User, day: date) -> int:
    """How many wait for this person's approval."""
    agencies = Agency.objects.of_officer(user, day, policies.approver_role(day))
    return Invoice.objects.to_approve().filter(order__agency__in=agencies).count()


def _to_pay(user: User, day: date) -> int:
    """How many approved ones this person pays, as treasurer."""
    agencies = Agency.objects.of_officer(user, day, OfficerRole.TREASURER)
    return Invoice.objects.to_pay().filter(order__agency__in=agencies).count()


def _compensations(agencies: Iterable[Agency], now: datetime, *, inspects: bool) -> list[Compensation]:
    """What is to be paid beside the bills, the first to fall due at the top; to the inspectorate also what its head has
    yet to name a budget line for."""
    unpaid = Compensation.objects.unpaid() if inspects else Compensation.objects.to_pay()
    found = unpaid.filter(order__agency__in=agencies).with_late(now)
    return list(found.select_related("order__seller").order_by("due_at", "pk"))


def _paid_lately(agencies: Iterable[Agency]) -> list[Payment]:
    found = Payment.objects.standing().filter(invoice__order__agency__in=agencies)
    return list(
        found.select_related("invoice__order__seller", "invoice__order__agency", "invoice__delivery").order_by(
            "-recorded_at"
        )[:LATELY]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invoice_verify(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    """The checklist with which the treasurer calls an invoice complete."""
    now, user = clock.now(), person(request)
    order = fetch.seen_order_page(request, number, now)
    found = fetch.invoice_of_order(order, invoice)
    office.require_role(user, order, now)
    if request.method != "POST" and not invoice_steps(user, order, now)[found.pk].verify:
        return redirect("orders:order-detail", number=order.number)
    lacks = completeness.lacks_of(order, found)
    near = nearby.of_invoice(order, found)
    lines = checklist.lines_of(checklist.facts_of(order, found, lacks, now, near))
    form = VerifyForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            payments.verify_invoice(actor=user, invoice=found, ticked=form.cleaned_data["ticked"], now=now)
        except DomainError as error:
            form.refuse(error)
        else:
            said = _("Berkas tagihan dinyatakan lengkap dan menunggu persetujuan bayar. Penjual sudah diberi tahu.")
            messages.success(request, said)
            return redirect("orders:order-detail", number=order.number)
    context = {
        "form": form, "order": order, "invoice": found, "lines": lines,
        "part": {"lacks": lacks, "way_out": completeness.way_out(lacks)},
        "agency": order.agency, "tax_papers": tax_papers.told(found),
        "tax_facts": tax_decisions.facts_of(found, near),
    }  # fmt: skip
    return form_page(request, "orders/billing/invoice_verify.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payment_create(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    """How, when and with which proof the invoice was paid."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    found = fetch.invoice_of_order(order, invoice)
    day = clock.local_date(now)
    if not policies.can_pay(user, order, day):
        raise NotAllowed(_("Pembayaran dicatat oleh bendahara yang bukan pemesan, penyetuju, atau penerima barang."))
    if request.method != "POST" and not invoice_steps(user, order, now)[found.pk].pay:
        return redirect("orders:order-detail", number=order.number)
    post = request.method == "POST"
    account = payee.account_words(found)
    form = PaymentForm(
        request.POST if post else None,
        request.FILES if post else None,
        initial=pages.payment_initial(found, day),
        is_part_paid=found.paid > 0,
        asks_account=bool(account),
        is_year_over=order.request is not None and payments.takes_basis(found, order.request.line, day),
    )
    if post and form.is_valid():
        try:
            payments.record_payment(actor=user, invoice=found, now=now, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Pembayaran dicatat. Penjual sudah diberi tahu."))
            return redirect("orders:order-detail", number=order.number)
    if post and form.errors:
        form.tell_excess(found.outstanding)
    tax_rows = pages.tax_lines(found)
    context = {
        "form": form,
        "order": order,
        "invoice": found,
        "taxes": tax_rows,
        "decisions": tax_decisions.told(found, [row.line for row in tax_rows], tax_decisions.decisions_of(found)),
        "tax_papers": tax_papers.told(found),
        "clock": pages.payment_clock(found, now),
        "by_card": pages.by_card(found),
        "verb": _("Catat pembayaran") if found.correcting_id is None else _("Catat ulang pembayaran"),
        "account": account,
        "agency": order.agency,
    }
    if found.to_send:  # the page names the account the money goes to
        sellers.log_view(
            actor=user, seller=order.seller, what="bank_account", reference=found.number, purpose=LookPurpose.PAYMENT,
            now=now,
        )  # fmt: skip
    return form_page(request, "orders/billing/payment_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invoice_reissue(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    """A wrong invoice is replaced by one with today's facts of the seller."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    found = fetch.invoice_of_order(order, invoice)
    if not policies.can_pay(user, order, clock.local_date(now)):
        raise NotAllowed(_("Tagihan diganti oleh bendahara yang bukan pemesan, penyetuju, atau penerima barang."))
    if request.method != "POST" and not invoice_steps(user, order, now)[found.pk].reissue:
        return redirect("orders:order-detail", number=order.number)
    form = ReissueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = correction.reissue_invoice(actor=user, invoice=found, reason=form.cleaned_data["reason"], now=now)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Tagihan %(number)s terbit sebagai gantinya.") % {"number": made.number})
            return redirect("orders:order-detail", number=order.number)
    context = {"form": form, "order": order, "invoice": found, "agency": order.agency}
    return form_page(request, "orders/billing/invoice_reissue.html", context)


@require_POST
@login_required
def cash_create(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    """The seller has the cash."""
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    key = request.POST.get("key") or new_key()
    payments.record_cash(actor=person(request), invoice=fetch.invoice_of_order(order, invoice), key=key[:64], now=now)
    messages.success(request, _("Uang tunai dicatat."))
    return redirect("orders:order-detail", number=order.number)
