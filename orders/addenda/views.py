"""Proposing a change of a surat pesanan, answering, taking it back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.i18n.times import working_days
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from epeken.users.models import User
from orders.addenda import pages, policies, rules, services, terms
from orders.addenda.forms import AddendumAnswerForm, DateChangeForm, ProposalForm
from orders.addenda.models import Addendum
from orders.orders import fetch
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.schedules.due import is_scheduled


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def addendum_create(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    user = person(request)
    order = _seen(request, number, now)
    post = request.method == "POST"
    if not post and order.amend_due_at is not None:
        messages.info(request, _("Usul perubahan pesanan ini sudah ada dan menunggu jawaban; lihat di bawah."))
        return redirect("orders:order-detail", number=order.number)
    if not post:
        services.check_propose(user, order, now)
    form = _proposal(request, order)
    if post and form.is_valid():
        try:
            services.propose_addendum(
                actor=user, order=order, wanted=form.wish, reason=form.cleaned_data["reason"], now=now,
                late_reason=form.cleaned_data["late_reason"],
            )  # fmt: skip
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Usul dikirim. Pesanan tetap seperti semula sampai pihak lain setuju."))
            return redirect("orders:order-detail", number=order.number)
    context = {
        **_common(user, order, now),
        "form": form,
        "by_seller": orders_policies.is_seller_of(user, order),
        "days": working_days(rules.ANSWER.on(clock.local_date(now))),
    }
    return form_page(request, "orders/addenda/addendum_form.html", context)


def _proposal(request: HttpRequest, order: Order) -> ProposalForm | DateChangeForm:
    """`tanggal` in the address: the date of the schedule that is chosen at first."""
    posted = request.POST if request.method == "POST" else None
    if is_scheduled(order):
        chosen = {"day": request.GET.get("tanggal", ""), "what": "move"}
        return DateChangeForm(posted, dates=pages.dates_of(order), initial=chosen)
    lines = list(order.lines.all())
    return ProposalForm(posted, lines=lines, method=order.method, standing=terms.of_order(order))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def addendum_answer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The other side's answer to this very proposal: what an older page showed is not agreed to."""
    now = clock.now()
    user = person(request)
    order = _seen(request, number, now)
    row = _row(order, pk)
    post = request.method == "POST"
    if not post and not policies.may_answer(user, row, order, now):
        raise NotAllowed(_("Usul perubahan ini tidak menunggu jawaban Anda."))
    form = AddendumAnswerForm(request.POST if post else None)
    if post and form.is_valid():
        try:
            said = _act(user, row, form.cleaned_data, now)
        except InvalidMove as error:
            messages.error(request, error.message)
            return redirect("orders:order-detail", number=order.number)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, said)
            return redirect("orders:order-detail", number=order.number)
    context = {**_common(user, order, now), "form": form, "card": pages.card_of(order, row)}
    return form_page(request, "orders/addenda/addendum_answer.html", context)


@require_POST
@login_required
def addendum_withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    services.withdraw_addendum(actor=person(request), addendum=_row(order, pk), now=now)
    messages.success(request, _("Usul ditarik. Pesanan tetap seperti semula."))
    return redirect("orders:order-detail", number=order.number)


def _act(user: User, row: Addendum, given: dict[str, Any], now: datetime) -> str:
    """Does what was answered; what is then said."""
    if given["answer"] == "agree":
        services.agree_addendum(actor=user, addendum=row, now=now, late_reason=given["late_reason"])
        return _("Surat pesanan diubah. Adendumnya terbit di berkas.")
    services.refuse_addendum(actor=user, addendum=row, note=given["note"], now=now)
    return _("Jawaban dikirim. Pesanan tetap seperti semula.")


def _seen(request: HttpRequest, number: str, now: datetime) -> Order:
    """With all that says who may propose and answer: each table once."""
    order = fetch.seen_order(request, number, now)
    prefetch_related_objects([order], "lines", "deliveries", "disputes", "cancellations")
    return order


def _row(order: Order, pk: int) -> Addendum:
    rows = Addendum.objects.select_related("asked_by", "kelurahan", "earlier_kelurahan", "due_day")
    return get_object_or_404(rows.prefetch_related("lines__order_line"), pk=pk, order=order)


def _common(user: User, order: Order, now: datetime) -> dict[str, Any]:
    layout = fetch.layout_for(user, order, now)
    return {"order": order, "layout": layout, "seller": order.seller, "agency": order.agency}
