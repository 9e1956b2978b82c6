"""Recording and checking what a decision gave: one page each; the seller's proof."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.files import uploads
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.deliveries import services as deliveries
from orders.orders import fetch
from orders.orders.models import Order
from orders.orders.next_step import is_to_fulfil
from orders.orders.states import DeliveryMethod
from orders.remedies import pages, policies, services
from orders.remedies.forms import CheckForm, RefundForm, SendAgainForm
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remedy_fulfil(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The seller sends goods again, or has returned the money."""
    now = clock.now()
    user = person(request)
    order, remedy = _seen(request, number, pk)
    post, is_goods = request.method == "POST", remedy.kind == RemedyKind.REPLACEMENT
    if not post and not policies.can_fulfil(user, order):
        raise NotAllowed(_("Hanya penjual pesanan ini yang mencatat pengganti atau uang yang dikembalikan."))
    if not post and not is_to_fulfil(remedy):
        raise InvalidMove()
    sent = (request.POST, request.FILES) if post else ()
    is_fetched = order.method == DeliveryMethod.PICKUP
    form = SendAgainForm(*sent, is_fetched=is_fetched) if is_goods else RefundForm(*sent)
    if post and form.is_valid():
        act = deliveries.ship_again if is_goods else services.record_refund
        try:
            act(actor=user, remedy=remedy, now=now, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            said = _("Surat jalan terbit. Pembeli menghitung dan memeriksanya seperti kiriman lain.")
            messages.success(request, said if is_goods else _("Dicatat. Pembeli diminta memeriksanya."))
            return redirect("orders:order-detail", number=order.number)
    words = {
        "title": _("Kirim barang pengganti") if is_goods else _("Kembalikan uang pembeli"),
        "verb": _("Kirim pengganti") if is_goods else _("Uangnya sudah saya kembalikan"),
    }
    return form_page(request, "orders/remedies/remedy_form.html", _context(request, order, remedy, form) | words)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remedy_check(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The buyer's side says whether it came."""
    now = clock.now()
    user = person(request)
    order, remedy = _seen(request, number, pk)
    post = request.method == "POST"
    if not post and not policies.can_confirm(user, order):
        raise NotAllowed(_("Uang kembali dibenarkan oleh pembelinya."))
    if not post and not policies.waits_for_buyer(remedy):
        raise InvalidMove()
    form = CheckForm(request.POST if post else None)
    if post and form.is_valid():
        values = form.cleaned_data
        try:
            if values["answer"] == CheckForm.YES:
                services.confirm(actor=user, remedy=remedy, now=now)
                said = _("Terima kasih. Keputusannya terpenuhi.")
            else:
                services.contest(actor=user, remedy=remedy, objection=values["objection"], now=now)
                said = _("Bantahan dikirim. Petugas kota memutus.")
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, said)
            return redirect("orders:order-detail", number=order.number)
    words = {"title": _("Periksa yang dicatat penjual"), "verb": _("Kirim jawaban")}
    return form_page(request, "orders/remedies/remedy_form.html", _context(request, order, remedy, form) | words)


@require_safe
@login_required
def remedy_proof(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The seller's proof out of the private store, for those who see the order and for who rules in the city hall."""
    order = fetch.order_with_evidence(request, number)
    remedy = get_object_or_404(Remedy.objects.exclude(proof=""), pk=pk, order=order)
    name = f"bukti-keputusan-{number}.{remedy.proof.rpartition('.')[2]}"
    return uploads.private_response(
        remedy.proof, reader=request.user.pk, content_type=remedy.proof_type, filename=name, inline=True
    )


def _seen(request: HttpRequest, number: str, pk: int) -> tuple[Order, Remedy]:
    order = fetch.seen_order(request, number, clock.now())
    found = Remedy.objects.select_related("delivery", "order_line", "dispute")
    return order, get_object_or_404(found, pk=pk, order=order)


def _context(request: HttpRequest, order: Order, remedy: Remedy, form: Any) -> dict[str, Any]:
    return {
        "form": form,
        "order": order,
        "remedy": remedy,
        "words": pages.words_of(remedy, order.seller.name),
        "state": pages.state_words(remedy),
        "layout": fetch.layout_for(person(request), order, clock.now()),
        "seller": order.seller,
        "agency": order.agency,
    }
