"""Cancelling or asking to, answering, taking back; the evidence of a claim; the public figures."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.files import uploads
from epeken.core.i18n.times import working_days
from epeken.core.i18n.words import rupiah
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from epeken.users.models import User
from orders.cancellations import pages, policies, rules, services
from orders.cancellations.forms import CancelForm, ClaimAnswerForm, ReleaseForm
from orders.cancellations.models import Cancellation
from orders.cancellations.policies import Way
from orders.cancellations.states import CancellationState, reasons_of
from orders.orders import fetch
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.orders.next_step import waiting_of
from orders.orders.pages import pending


@require_safe
def cancellation_figures(request: HttpRequest) -> HttpResponse:
    """For anybody: how often accepted orders were cancelled, by whom, why and when. Numbers only."""
    return render(request, "orders/cancellations/cancellation_figures.html", {"figures": pages.figures(clock.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancellation_create(request: HttpRequest, number: str) -> HttpResponse:
    """In one step or with the other side's consent: the page says which, and what is posted holds only for that."""
    now = clock.now()
    user = person(request)
    order = _seen(request, number, now)
    post = request.method == "POST"
    own_way = policies.way_of(user, order, now)
    way = own_way or Way.ASK
    if not post and own_way is None and (waits := waiting_of(order)) is not None:
        if policies.may_answer(user, waits, order, now) or policies.may_lower(user, waits, order, now):
            return redirect("orders:cancellation-answer", number=order.number)
        messages.info(request, _("Permintaan pembatalan pesanan ini sudah ada dan menunggu jawaban; lihat di bawah."))
        return redirect("orders:order-detail", number=order.number)
    if not post:
        services.check_cancel(user, order, way, now)
    by_seller = orders_policies.is_seller_of(user, order)
    reasons = reasons_of(
        by_seller=by_seller, for_agency=order.agency_id is not None, is_late=orders_policies.is_late(order, now)
    )
    form = CancelForm(request.POST if post else None, reasons=reasons, initial={"way": way})
    if post and form.is_valid():
        given = dict(form.cleaned_data)
        direct = given.pop("way") == Way.DIRECT
        act: Callable[..., Any] = services.cancel_order if direct else services.ask_cancellation
        try:
            act(actor=user, order=order, now=now, **given)
        except DomainError as error:
            form.refuse(error)
        else:
            done = _("Pesanan dibatalkan. Penjual sudah diberi tahu.")
            asked = _("Permintaan pembatalan dikirim. Pesanan berlanjut sampai pihak lain setuju.")
            messages.success(request, done if direct else asked)
            return redirect("orders:order-detail", number=order.number)
    context = {
        **_common(user, order, now),
        "form": form,
        "by_seller": by_seller,
        "is_direct": way == Way.DIRECT,
        "unsent": [line for line in order.lines.all() if line.unsent_quantity > 0],
        "amount": policies.unsent_value(order),
        "days": working_days(rules.ANSWER.on(clock.local_date(now))),
        "pending": pending.change_notes(user, order, now, _("Bila pesanan batal, usulnya gugur.")),
    }
    return form_page(request, "orders/cancellations/cancellation_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancellation_answer(request: HttpRequest, number: str) -> HttpResponse:
    """The other side's answer, and the department's to a claim. The choices are those that are open now."""
    now = clock.now()
    user = person(request)
    order = _seen(request, number, now)
    row = _waiting(order)
    post = request.method == "POST"
    answers = policies.may_answer(user, row, order, now)
    lowers = policies.may_lower(user, row, order, now)
    if not post and not (answers or lowers):
        raise NotAllowed(_("Permintaan pembatalan ini menunggu jawaban pihak yang lain."))
    settles = row.state == CancellationState.CLAIMED and not orders_policies.is_seller_of(user, order)
    data, files = (request.POST, request.FILES) if post else (None, None)
    form: ReleaseForm
    if settles:
        form = ClaimAnswerForm(data, files, answers=_to_claim(row), initial={"shown": row.claimed})
    else:
        claims = order.agency_id is not None and not row.by_seller
        initial = {"amount": row.claimed, "spent_on": row.spent_on}
        form = ReleaseForm(data, files, answers=_to_request(row, claims=claims), claims=claims, initial=initial)
    if post and form.is_valid():
        try:
            said = _act(user, row, form.cleaned_data, now)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, said)
            return redirect("orders:order-detail", number=order.number)
    context = {
        **_common(user, order, now),
        "form": form,
        "card": pages.card_of(order, now),
        "settles": settles,
        "pays": pages.compensation_words(row, now) if order.agency_id is not None else "",
        "most": rupiah(row.amount if row.claimed is None else row.claimed - 1),
        "unsent": [line for line in order.lines.all() if line.unsent_quantity > 0],
    }
    return form_page(request, "orders/cancellations/cancellation_answer.html", context)


@require_POST
@login_required
def cancellation_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    services.withdraw_cancellation(actor=person(request), cancellation=_waiting(order), now=now)
    messages.success(request, _("Permintaan ditarik. Pesanan berlanjut seperti semula."))
    return redirect("orders:order-detail", number=order.number)


@require_safe
@login_required
def cancellation_evidence(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Evidence out of the private store, for those who see the order and for who decides about it in the city hall."""
    order = fetch.order_with_evidence(request, number)
    row = get_object_or_404(Cancellation.objects.exclude(evidence=""), pk=pk, order=order)
    ending = row.evidence.rpartition(".")[2]
    name = f"bukti-ganti-rugi-{order.number}.{ending}"
    return uploads.private_response(
        row.evidence, reader=request.user.pk, content_type=row.evidence_type, filename=name, inline=True
    )


def _seen(request: HttpRequest, number: str, now: datetime) -> Order:
    """With all that says who may cancel and how: each table once."""
    order = fetch.seen_order(request, number, now)
    prefetch_related_objects([order], "lines", "deliveries", "disputes", "cancellations__asked_by")
    return order


def _waiting(order: Order) -> Cancellation:
    row = waiting_of(order)
    if row is None:
        raise InvalidMove(_("Tidak ada permintaan pembatalan yang menunggu pada pesanan ini."))
    return row


def _to_claim(row: Cancellation) -> list[tuple[str, str]]:
    agree = _("Setujui ganti rugi %(amount)s dan batalkan pesanan") % {"amount": rupiah(row.claimed or 0)}
    return [("agree", agree), ("withdraw", _("Pesanan tetap jalan, tanpa ganti rugi"))]


def _to_request(row: Cancellation, *, claims: bool) -> list[tuple[str, str]]:
    if row.state == CancellationState.CLAIMED:
        return [("claim", _("Turunkan tuntutan")), ("consent", _("Setujui pembatalan tanpa ganti rugi"))]
    choices = [("consent", _("Setuju, batalkan tanpa ganti rugi") if claims else _("Setuju, batalkan"))]
    if claims:
        choices.append(("claim", _("Setuju dengan ganti rugi untuk yang sudah saya belanjakan")))
    return [*choices, ("refuse", _("Tidak setuju, pesanan tetap jalan"))]


def _act(user: User, row: Cancellation, given: dict[str, Any], now: datetime) -> str:
    """Does what was answered; what is then said."""
    answer = given["answer"]
    common: dict[str, Any] = {"actor": user, "cancellation": row, "now": now}
    if answer == "consent":
        services.consent(**common)
        return _("Pembatalan disetujui. Yang belum dikirim tidak ditunggu lagi.")
    if answer == "agree":
        services.agree_claim(amount=given["shown"], note=given["note"], **common)
        return _("Ganti rugi dicatat dan pesanan batal. Penjual sudah diberi tahu.")
    if answer == "claim":
        services.claim_compensation(
            amount=given["amount"] or 0, spent_on=given["spent_on"], evidence=given["evidence"], **common
        )
        return _("Tuntutan dikirim ke dinas. Pesanan berlanjut sampai dinas menjawab.")
    act = services.refuse if answer == "refuse" else services.withdraw_cancellation
    act(note=given["note"], **common)
    return _("Jawaban dikirim. Pesanan berlanjut seperti semula.")


def _common(user: User, order: Order, now: datetime) -> dict[str, Any]:
    layout = fetch.layout_for(user, order, now)
    return {"order": order, "layout": layout, "seller": order.seller, "agency": order.agency}
