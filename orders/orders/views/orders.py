"""One order for every side; placing, answering, closing."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.files import uploads
from epeken.core.i18n.times import left_words, short_end
from epeken.core.idempotency import new_key
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from epeken.users.models import User
from orders.addenda import pages as addenda_pages
from orders.billing import pages
from orders.billing.models import Payment
from orders.cancellations import pages as cancellation_pages
from orders.cancellations import policies as cancellation_policies
from orders.confirmations import pages as confirmation_pages
from orders.deliveries.forms import BastForm
from orders.deliveries.models import InspectionPhoto
from orders.disputes import stops
from orders.disputes import terms as dispute_terms
from orders.disputes.models import Dispute
from orders.drafts.pages import person_token
from orders.orders import fetch, policies, status
from orders.orders.forms import CloseForm
from orders.orders.models import Order
from orders.orders.next_step import dispute_of, is_in_parts, sends_by, sent_deliveries_of, steps_of
from orders.orders.pages import lists as lists_pages
from orders.orders.pages import parts, pending
from orders.orders.pages import steps as steps_pages
from orders.orders.pages.contact import awaiting, contact_of, lacks_phone
from orders.orders.pages.timeline import timeline
from orders.orders.services import agreement, completion
from orders.orders.states import CloseReason, DeliveryMethod, OrderState
from orders.remedies import pages as remedies_pages
from orders.schedules import due
from orders.schedules import pages as schedules_pages
from procurement.agencies.querysets import INSPECT
from procurement.negotiations.models import Negotiation
from procurement.requests import unfilled
from procurement.requests.models import PurchaseRequest
from umkm.sellers import hours

PAGE_SIZE = 15


@require_safe
@login_required
def order_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The same page for buyer, seller, officers and inspectorate; what they may do differs."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order_page(request, number, now)
    if due.is_scheduled(order):
        prefetch_related_objects([order], "due_days__amounts__order_line")
    dispute = dispute_of(order)
    day = clock.local_date(now)
    insider = policies.is_officer_of(user, order, day) or user.has_perm(INSPECT)
    cards = confirmation_pages.cards_of(order, user, now)
    shown, billed = (
        parts.delivery_parts(order, user, now, cards),
        parts.invoice_parts(order, user, now, cards, inspects=user.has_perm(INSPECT)),
    )
    in_parts = bool(shown) and is_in_parts(order)
    schedule = schedules_pages.rows(order, now)
    goods_now = sum(line.expected_amount for line in order.lines.all())
    costs = [part.invoice.delivery_cost for part in billed]
    context = {
        "order": order,
        "in_parts": in_parts,
        "is_sent_in_part": bool(sent_deliveries_of(order)),
        "deliveries": shown,
        "invoices": billed,
        "replaced": parts.replaced_parts(order, user, now, cards),
        "dispute": dispute,
        "dispute_stops": stops.words_of(order) if dispute is not None else "",
        "dispute_silence": stops.silence_words(dispute) if dispute is not None else "",
        "offered": dispute_terms.offered_words(order.seller.name, dispute) if dispute is not None else "",
        "decisions": remedies_pages.decisions_of(order, user, now),
        "cancellation": cancellation_pages.card_of(order, now),
        "addenda": addenda_pages.cards_of(order),
        "before_sending": pending.sending_words(order, now),
        "status": status.of(order, now, reversing=_reversing(billed), missing=confirmation_pages.missing_of(cards)),
        "sends_by": sends_by(order, now),
        "schedule": schedule,
        "trips": schedules_pages.trips(order),
        "next_date": next((row for row in schedule if row["is_next"]), None),
        "lines": order.lines.all(),
        "columns": 2 + in_parts + bool(billed),  # before the amount, in the table of goods
        "sum": sum(part.invoice.gross for part in billed) if billed else order.total_now,
        "goods_now": goods_now,
        "delivery_cost": sum(costs) if billed else order.total_now - goods_now,
        "to_bill": parts.to_bill(shown),
        "counted": parts.counted(shown),
        "refused_since": parts.refused_since(shown),
        "billed_trips": sum(cost > 0 for cost in costs),
        "returned": status.returned(order),
        "deducted": sum(part.invoice.deduction for part in billed),
        "events": timeline(order, steps_of(order, now), for_agency=insider),
        "expected_taxes": pages.expected_taxes(order, day) if not billed and policies.is_live(order) else [],
        "payment_days": pages.payment_days(day),
        "steps": steps_pages.steps_for(user, order, dispute, now),
        "left": left_words(order.answer_due_at, now),
        "bast_form": BastForm(initial={"office_number": request.GET.get("nomor_bast", "")}),  # a number refused
        "offline": person_token(user) if any(part.pin or part.steps.type_pin for part in shown) else "",
        "key": new_key(),
        "is_seller": policies.is_seller_of(user, order),
        "insider": insider,
        "agency": order.agency if insider else None,
        "seller": order.seller,
        "shop_closed": hours.holiday_words(order.seller, now) if policies.is_live(order) else "",
        "unfilled": _unfilled(user, order, now) if insider else [],
        "contact": contact_of(order, user, now),
        "recipient_phone": policies.buyer_phone(order) if policies.may_call(user, order, day) else "",
        "lacks_phone": lacks_phone(order, user),
        "receiver": dict(zip(("name", "phone"), awaiting(order, user, now), strict=True)),
        "layout": fetch.layout_for(user, order, now),
    }
    return render(request, "orders/orders/order_detail.html", context)


@require_safe
@login_required
def negotiated_order(request: HttpRequest, number: str) -> HttpResponse:
    """`number`: of a negotiation. On to the order that came of it."""
    user, day = person(request), clock.today()
    negotiation = get_object_or_404(Negotiation.objects.visible_to(user, day), number=number)
    found = Order.objects.visible_to(user, day).with_negotiation().filter(negotiation_number=negotiation.number)
    order = found.order_by("-pk").first()
    if order is None:
        messages.info(request, _("Belum ada surat pesanan dari negosiasi ini."))
        return redirect("procurement:negotiation-detail", number=negotiation.number)
    return redirect("orders:order-detail", number=order.number)


def _reversing(billed: list[parts.InvoicePart]) -> Payment | None:
    """The payment whose reversal waits, where this person reads that."""
    return next((row.payment for part in billed for row in part.payments if row.waits), None)


def _unfilled(user: User, order: Order, now: datetime) -> list[unfilled.UnfilledPart]:
    """What the department may do about an order that was closed without goods."""
    if order.request is None or order.state != OrderState.CLOSED:
        return []
    parts = order.request.sellers.with_continuation().filter(unfilled_order=order.number)
    return unfilled.unfilled_parts(order.request, parts, user, now)


@require_safe
@login_required
def order_list(request: HttpRequest) -> HttpResponse:
    """What this person bought."""
    now = clock.now()
    mine = lists_pages.with_status(Order.objects.of_buyer(person(request))).order_by("-pk")
    page = Paginator(mine, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {"order": order, "status": status.of(order, now), "unfetched": lists_pages.unfetched_words(order, now)}
        for order in page
    ]
    return render(request, "orders/orders/order_list.html", {"page": page, "rows": rows})


@require_POST
@login_required
def order_issue(request: HttpRequest, number: str) -> HttpResponse:
    """One click on an approved request, whose page says what it makes: a surat pesanan for every seller."""
    now = clock.now()
    found = get_object_or_404(PurchaseRequest.objects.visible_to(person(request), clock.local_date(now)), number=number)
    key = request.POST.get("key") or f"issue-{found.pk}"
    try:
        made = agreement.issue_orders(
            actor=person(request), request=found, key=key[:64], now=now, shown=request.POST.get("shown", "")
        )
    except RuleBroken as error:
        # The way out lies on the request's own page.
        messages.error(request, error.message)
        return redirect("procurement:request-detail", number=found.number)
    except InvalidMove:
        issued = list(found.orders.order_by("pk"))
        if not issued:
            raise
        # Pressed in another tab before, or by a colleague.
        said = _("Surat pesanannya sudah terbit: %(numbers)s.")
        messages.info(request, said % {"numbers": ", ".join(order.number for order in issued)})
        return _to_issued(found, issued)
    said = ngettext(
        "%(count)s surat pesanan terbit. Penjual sudah diberi tahu.",
        "%(count)s surat pesanan terbit. Penjual sudah diberi tahu.",
        len(made),
    )
    messages.success(request, said % {"count": len(made)})
    return _to_issued(found, made)


def _to_issued(found: PurchaseRequest, orders: list[Order]) -> HttpResponse:
    """The surat pesanan of the request, or the list of them."""
    if len(orders) == 1:
        return redirect("orders:order-detail", number=orders[0].number)
    return redirect(f"{reverse('orders:agency-orders')}?q={found.number}")


@require_POST
@login_required
def order_accept(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    agreement.accept_order(actor=person(request), order=order, now=now)
    words = {"day": short_end(order.awaited_at)}
    said = (
        _("Pesanan disanggupi. Siapkan supaya bisa diambil %(day)s.")
        if order.method == DeliveryMethod.PICKUP
        else _("Pesanan disanggupi. Siapkan supaya tiba %(day)s.")
    )
    messages.success(request, said % words)
    return redirect("orders:order-detail", number=order.number)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def order_close(request: HttpRequest, number: str) -> HttpResponse:
    """The seller declines; what is cancelled later has its own page (`cancellations.views`)."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    reason = CloseReason.SELLER_DECLINED
    if request.method != "POST":
        agreement.check_close(user, order, reason, now)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            agreement.close_order(actor=user, order=order, reason=reason, note=form.cleaned_data["note"], now=now)
        except InvalidMove as error:
            # Another tab accepted it: this form can be sent no more, another one can.
            order.refresh_from_db()
            if cancellation_policies.way_of(user, order, now) is None:
                raise
            kept = _("Alasan yang Anda tulis: “%(note)s”.") % {"note": form.cleaned_data["note"]}
            messages.error(request, f"{error.message} {kept}")
            return redirect("orders:cancellation-create", number=order.number)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Pesanan ditolak. Pemesan sudah diberi tahu."))
            return redirect("orders:order-detail", number=order.number)
    context = {"form": form, "order": order, "layout": fetch.layout_for(user, order, now)}
    return form_page(request, "orders/orders/order_close.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rest_close(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer's side no longer waits for what was not sent."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    if not policies.buys(user, order, clock.local_date(now)):
        raise NotAllowed(_("Sisa pesanan ditutup oleh pembelinya; untuk dinas oleh PP atau PPK."))
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            completion.close_rest(actor=user, order=order, note=form.cleaned_data["note"], now=now)
        except DomainError as error:
            form.refuse(error)
        else:
            said = _("Sisanya tidak ditunggu lagi. Penjual sudah diberi tahu.")
            if due.is_scheduled(order):
                said = _("Tanggal yang terlewat tidak ditunggu lagi. Penjual sudah diberi tahu.")
            messages.success(request, said)
            return redirect("orders:order-detail", number=order.number)
    may = steps_pages.steps_for(user, order, dispute_of(order), now).close_rest
    rest = schedules_pages.rest_of(order, now) if may else []
    if not rest and request.method != "POST":
        return redirect("orders:order-detail", number=order.number)
    fate = _("Bila sisanya ditutup, usulnya gugur.")
    if due.is_scheduled(order):
        fate = _("Bila tanggal itu ditutup, usulnya gugur.")
    context = {
        "form": form,
        "order": order,
        "rest": rest,
        "pending": pending.change_notes(user, order, now, fate),
        "layout": fetch.layout_for(user, order, now),
    }
    return form_page(request, "orders/orders/rest_close.html", context)


@require_safe
@login_required
def inspection_photo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Evidence out of the private store, for those who see the order, and for who decides about a complaint of it."""
    is_disputed = Dispute.objects.filter(order__number=number).exists()
    order = (
        fetch.order_with_evidence(request, number) if is_disputed else fetch.seen_order(request, number, clock.now())
    )
    photo = get_object_or_404(InspectionPhoto, pk=pk, delivery__order=order)
    return uploads.private_response(
        photo.file,
        reader=request.user.pk,
        content_type=photo.content_type,
        filename=f"{photo.delivery.number}-{photo.pk}.jpg",
        inline=True,
    )
