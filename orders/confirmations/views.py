"""The seller confirms or objects with one tap, and the treasurer answers about money that did not come."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.i18n.times import working_days
from epeken.core.i18n.words import rupiah
from epeken.core.ids import read_id
from epeken.core.web.answers import form_page
from epeken.core.web.forms import HouseForm
from epeken.users.fetch import person
from orders.billing import treasurer
from orders.confirmations import policies, rules, services
from orders.confirmations.forms import PaidObjectionForm, ReceiptAnswerForm, ReceiptDenyForm
from orders.confirmations.models import SellerConfirmation
from orders.disputes import rules as dispute_rules
from orders.disputes.forms import ComplaintForm
from orders.orders import fetch
from orders.orders.models import Order


@require_POST
@login_required
def confirmation_create(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One tap on the desk or the order's page. `edition` is the document that page named."""
    order, row = _found(request, number, pk, clock.now())
    edition = read_id(request.POST.get("edition", ""))
    services.confirm(actor=person(request), row=row, edition=edition, now=clock.now())
    said = _("Uang dinyatakan masuk. Kuitansi menyebut nama Anda.") if row.payment_id else _("BAST Anda konfirmasi.")
    messages.success(request, said)
    return redirect("orders:order-detail", number=order.number)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def confirmation_object(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """What of the BAST is not so: the seller's complaint, or once all is paid their word on the paper."""
    now, user = clock.now(), person(request)
    order, row = _found(request, number, pk, now)
    if row.delivery is None:
        return redirect("orders:receipt-deny", number=order.number, pk=row.pk)
    services.check_seller(user, order)
    if request.method != "POST":
        _check_page(policies.objection_refusal(row, order))
    is_complaint = policies.is_complaint(order)
    form_class = ComplaintForm if is_complaint else PaidObjectionForm
    form = form_class(*((request.POST, request.FILES) if request.method == "POST" else ()))
    lead = (
        _(
            "Keberatan Anda menjadi keluhan. Dinas punya %(days)s untuk menjawab, dan pembayaran menunggu "
            "sampai keluhannya selesai."
        )
        % {"days": working_days(dispute_rules.ANSWER.on(clock.local_date(now)))}
        if is_complaint
        else _(
            "Pesanan ini sudah dibayar: keberatan Anda tertulis di BAST dan tidak mengubah uangnya. Penerima barang, "
            "bendahara, kepala dinas, dan inspektorat membacanya. Bila pembayarannya dibatalkan, Anda bisa mengajukan "
            "keluhan."
        )
    )
    words = {
        "title": _("Keberatan atas %(bast)s") % {"bast": row.delivery.bast_number},
        "lead": lead,
        "verb": _("Kirim keberatan"),
    }

    def act(values: dict[str, Any]) -> None:
        services.object_to_bast(
            actor=user, row=row, complaint=values["complaint"], photos=values.get("photos", ()), now=now
        )  # fmt: skip

    return _page(
        request, order, form, words, act, _("Keberatan dikirim. Dinas sudah diberi tahu."),
        "orders/disputes/dispute_form.html",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def receipt_deny(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The money is not on the account."""
    now, user = clock.now(), person(request)
    order, row = _receipt(request, number, pk, now)
    services.check_seller(user, order)
    if request.method != "POST":
        _check_page(policies.objection_refusal(row, order))
    form = ReceiptDenyForm(request.POST if request.method == "POST" else None)
    assert row.payment is not None
    words = {
        "title": _("%(amount)s belum masuk") % {"amount": rupiah(row.payment.amount)},
        "lead": _(
            "Bendahara memeriksanya di bank dan menjawab dalam %(days)s. Kepala dinas dan inspektorat melihatnya."
        )
        % {"days": working_days(rules.TRACE.on(clock.local_date(now)))},
        "verb": _("Nyatakan belum masuk"),
    }
    return _page(
        request, order, form, words,
        lambda values: services.deny_receipt(actor=user, row=row, note=values["note"], now=now),
        _("Bendahara, kepala dinas, dan inspektorat sudah diberi tahu."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def receipt_answer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The treasurer looked for the money: it was sent, and how."""
    now, user = clock.now(), person(request)
    order, row = _receipt(request, number, pk, now)
    treasurer.require_role(user, order, now)
    if request.method != "POST":
        is_asked = policies.can_answer(user, row, order, clock.local_date(now))
        _check_page("" if is_asked else _("Pembayaran ini tidak ditanyakan lagi. Muat ulang halaman."))
    form = ReceiptAnswerForm(request.POST if request.method == "POST" else None)
    words = {
        "title": _("Jawab: uang belum masuk"),
        "lead": _(
            "Tulis apa yang ditemukan di bank; penjual diminta memeriksa rekeningnya lagi. Bila pembayarannya keliru "
            "atau uangnya kembali, minta pembatalannya dari halaman pesanan."
        ),
        "verb": _("Kirim jawaban"),
    }
    return _page(
        request, order, form, words,
        lambda values: services.answer_missing(actor=user, row=row, note=values["note"], now=now),
        _("Jawaban dikirim. Penjual diminta memeriksa rekeningnya lagi."),
    )  # fmt: skip


def _found(request: HttpRequest, number: str, pk: int, now: datetime) -> tuple[Order, SellerConfirmation]:
    """404 for whoever does not see the order."""
    order = fetch.seen_order(request, number, now)
    rows = SellerConfirmation.objects.select_related("delivery", "payment__invoice")
    return order, get_object_or_404(rows, pk=pk, order=order)


def _receipt(request: HttpRequest, number: str, pk: int, now: datetime) -> tuple[Order, SellerConfirmation]:
    """404 also for the confirmation of a handover."""
    order, row = _found(request, number, pk, now)
    if row.payment is None:
        raise Http404
    return order, row


def _check_page(refusal: str) -> None:
    """Nobody writes into a page that cannot be sent."""
    if refusal:
        raise InvalidMove(refusal)


def _page(
    request: HttpRequest,
    order: Order,
    form: HouseForm,
    words: dict[str, Any],
    act: Callable[[dict[str, Any]], Any],
    said: str,
    template: str = "orders/confirmations/confirmation_form.html",
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except NotAllowed:
            raise
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, said)
            return redirect("orders:order-detail", number=order.number)
    layout = fetch.layout_for(person(request), order, clock.now())
    context = {"form": form, "order": order, "layout": layout, "seller": order.seller, "agency": order.agency, **words}
    return form_page(request, template, context)
