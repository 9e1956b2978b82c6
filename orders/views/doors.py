"""What the views of this app share: fetching an order a person may see, and answering with a form."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from epeken.core import clock
from epeken.core.errors import InvalidMove
from epeken.users.models import User
from orders import policies
from orders.models import Dispute, Order, Receipt
from orders.states import ReceiptState
from procurement.querysets import INSPECT


def person(request: HttpRequest) -> User:
    """The signed-in person; views are `login_required`."""
    assert isinstance(request.user, User)
    return request.user


def seen_order(request: HttpRequest, number: str, now: datetime) -> Order:
    """404 unless this person is on one of its sides."""
    orders = Order.objects.visible_to(request.user, clock.local_date(now)).with_card()
    order: Order = get_object_or_404(orders.select_related("request__requester", "seller__food_court"), number=number)
    return order


def receipt_of(order: Order) -> Receipt | None:
    """The live shipment, else the rejected one."""
    receipts = sorted(order.receipts.all(), key=lambda r: (r.state != ReceiptState.REJECTED, r.pk))
    return receipts[-1] if receipts else None


def live_receipt(order: Order) -> Receipt:
    """Raises InvalidMove when nothing was sent."""
    receipt = receipt_of(order)
    if receipt is None:
        raise InvalidMove()
    return receipt


def dispute_of(order: Order) -> Dispute | None:
    """The undecided one."""
    found: Dispute | None = order.disputes.undecided().select_related("opened_by").first()
    return found


def layout_for(user: Any, order: Order, now: datetime) -> str:
    """The desk from which this person looks at the order."""
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
