"""What the views of this app share: fetching an order a person may see, and answering with a form."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove
from epeken.users.fetch import person
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.billing.states import InvoiceState
from orders.deliveries.models import Delivery, DeliveryLine
from orders.disputes.models import Dispute
from orders.orders import policies
from orders.orders.models import Order
from orders.orders.next_step import delivery_of
from procurement.agencies.querysets import INSPECT


def seen_order(request: HttpRequest, number: str, now: datetime) -> Order:
    """404 unless this person is on one of its sides."""
    orders = Order.objects.visible_to(person(request), clock.local_date(now)).with_card()
    order: Order = get_object_or_404(orders.select_related("request__requester", "seller__food_court"), number=number)
    return order


def seen_order_page(request: HttpRequest, number: str, now: datetime) -> Order:
    """As `seen_order`, with all that the order's page says: each table once."""
    orders = Order.objects.visible_to(person(request), clock.local_date(now)).with_card()
    page = orders.select_related("request__requester", "seller__food_court", "delivery_kelurahan").prefetch_related(
        "lines",
        Prefetch("deliveries__lines", DeliveryLine.objects.select_related("order_line")),
        "deliveries__photos",
        "invoices__payments",
        Prefetch("disputes", Dispute.objects.select_related("opened_by")),
        "documents",
        "attachments",
    )
    order: Order = get_object_or_404(page, number=number)
    return order


def live_delivery(order: Order) -> Delivery:
    """Raises InvalidMove when nothing was sent."""
    delivery = delivery_of(order)
    if delivery is None:
        raise InvalidMove()
    return delivery


def invoice_of(order: Order) -> Invoice | None:
    """The latest invoice that is not void."""
    found = [invoice for invoice in order.invoices.all() if invoice.state != InvoiceState.VOID]
    return found[-1] if found else None


def invoiced(order: Order) -> Invoice:
    """Raises InvalidMove when nothing was invoiced."""
    invoice = invoice_of(order)
    if invoice is None:
        raise InvalidMove(_("Pesanan ini belum ditagih. Tagihan terbit bersama BAST."))
    return invoice


def layout_for(user: User, order: Order, now: datetime) -> str:
    """The layout in which this person looks at the order."""
    if policies.is_officer_of(user, order, clock.local_date(now)) or user.has_perm(INSPECT):
        return "layouts/agency.html"
    if policies.is_seller_of(user, order):
        return "layouts/seller.html"
    return "layouts/public.html"


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; 422 when its form was refused."""
    form = context.get("form")
    wrong = form is not None and form.is_bound and bool(form.errors)
    return render(request, template, context, status=422 if wrong else 200)
