"""The page of an unpaid invoice, its letters, and sending one."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import InvalidMove
from epeken.core.files import uploads
from epeken.users.fetch import person
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.ladder import letter, pages, policies, services, steps
from orders.ladder.states import LateLevel
from orders.orders import fetch

CITY_HALL = (LateLevel.OFFICE, LateLevel.INSPECTORATE)


@require_safe
@login_required
def seller_invoice(request: HttpRequest, invoice: str) -> HttpResponse:
    """For its seller: who holds the money, since when, what comes next."""
    now, user = clock.now(), person(request)
    row = _own(user, invoice, now)
    return _page(request, row, now, is_seller=True)


@require_safe
@login_required
def late_invoice(request: HttpRequest, number: str, invoice: str) -> HttpResponse:
    """The same for the department, the inspectorate, and the city hall once the invoice came there."""
    now, user = clock.now(), person(request)
    row = _seen(user, number, invoice, now)
    return _page(request, row, now, is_seller=policies.can_send(user, row.order))


@require_POST
@login_required
def letter_send(request: HttpRequest, invoice: str) -> HttpResponse:
    """The seller sends the letter whose day has come."""
    now, user = clock.now(), person(request)
    row = _own(user, invoice, now)
    level = request.POST.get("level", "")
    if level not in LateLevel:
        raise InvalidMove()
    services.send_letter(actor=user, invoice=row, level=level, now=now)
    desk = steps.addressee(level, str(row.order.agency), clock.local_date(now))
    messages.success(request, _("Surat dikirim ke %(desk)s.") % {"desk": desk})
    return redirect("orders:seller-invoice", invoice=row.number)


@require_safe
@login_required
def late_letter(request: HttpRequest, number: str, invoice: str, level: str) -> HttpResponse:
    """The letter of a step that was taken; for the seller also the next one, ready from its day on."""
    now, user = clock.now(), person(request)
    row = _seen(user, number, invoice, now)
    if level not in LateLevel:
        raise Http404(level)
    taken = steps.steps_of_wait(row)
    step = next((step for step in taken if step.level == level), None)
    if step is not None:
        said = letter.of_step(step)
    else:
        said = letter.before_sending(row, LateLevel(level), now)
        _require_ready(user, row, LateLevel(level), now)
    content = letter.make(row, said, taken)
    name = f"surat-{row.number}-{level}.pdf"
    return uploads.file_response(content, content_type="application/pdf", filename=name, inline="lihat" in request.GET)


def _require_ready(user: User, row: Invoice, level: LateLevel, now: datetime) -> None:
    """404 for whoever is not its seller. Raises: InvalidMove before its day."""
    if not policies.can_send(user, row.order):
        raise Http404(level)
    if refusal := steps.letter_refusal(row, steps.rungs_of(row, steps.steps_of_wait(row)), level, now):
        raise InvalidMove(refusal)


def _page(request: HttpRequest, row: Invoice, now: datetime, *, is_seller: bool) -> HttpResponse:
    order = row.order
    context: dict[str, Any] = {
        "order": order,
        "agency": order.agency,
        "invoice": row,
        "is_seller": is_seller,
        "sees_order": is_seller or not policies.can_follow(person(request)),
        "layout": fetch.layout_for(person(request), order, now),
        "late": None,
    }
    if Invoice.objects.payable().filter(pk=row.pk).exists():
        context["late"] = pages.late_page(row, now, is_seller=is_seller)
    return render(request, "orders/ladder/late_invoice.html", context)


def _rows() -> Any:
    related = ("order__seller", "order__agency", "order__buyer_party", "delivery", "seller_party")
    found = Invoice.objects.live().filter(order__agency__isnull=False, due_at__isnull=False).select_related(*related)
    return found.prefetch_related("order__disputes", "order__remedies", "order__lines", "order__deliveries")


def _own(user: User, number: str, now: datetime) -> Invoice:
    """404 for whoever is not its seller."""
    row: Invoice = get_object_or_404(_rows(), number=number)
    if not policies.can_send(user, row.order):
        raise Http404(number)
    return row


def _seen(user: User, number: str, invoice: str, now: datetime) -> Invoice:
    """404 unless the person sees its order, or looks after late invoices and it came to the city hall."""
    rows = _rows().filter(order__number=number, number=invoice)
    if not policies.can_follow(user):
        return _one(rows.visible_to(user, clock.local_date(now)))
    seen = rows.visible_to(user, clock.local_date(now)).first()
    return seen if seen is not None else _one(rows.filter(delivery__late_steps__level__in=CITY_HALL).distinct())


def _one(rows: Any) -> Invoice:
    row: Invoice = get_object_or_404(rows)
    return row
