"""What the views of this app share: an order a person may see, or 404."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from epeken.core import clock
from epeken.core.queries import built_once, written_once
from epeken.users.fetch import person
from epeken.users.models import User
from orders.billing.models import Invoice, Payment
from orders.cancellations.models import Cancellation
from orders.confirmations.models import SellerConfirmation
from orders.deliveries.models import Delivery, DeliveryLine, InspectionPhoto
from orders.disputes import policies as disputes_policies
from orders.disputes.models import Dispute
from orders.documents.models import Document
from orders.documents.querysets import OrderDocumentQuerySet
from orders.orders import policies
from orders.orders.models import Order
from orders.orders.querysets import sides
from orders.remedies.models import Remedy
from orders.tax_decisions.models import TaxDecision
from procurement.agencies.querysets import INSPECT


def seen_order(request: HttpRequest, number: str, now: datetime) -> Order:
    """404 unless this person is on one of its sides."""
    user = person(request)
    ask = _order_of_inspector if user.has_perm(INSPECT) else _order_of_side
    found = ask(number, user.pk, clock.local_date(now))
    if not found:
        raise Http404
    order: Order = found[0]
    return order


@written_once
def _order_of_side(number: Any, user: Any, day: Any) -> Any:
    return _with_what_views_read().filter(sides(user, day, inspects=False), number=number)


@written_once
def _order_of_inspector(number: Any, user: Any, day: Any) -> Any:
    return _with_what_views_read().filter(sides(user, day, inspects=True), number=number)


def _with_what_views_read() -> Any:
    orders = Order.objects.with_card().with_negotiation().with_draw()
    return orders.select_related("request__requester", "seller__food_court")


def order_with_evidence(request: HttpRequest, number: str) -> Order:
    """For a file of the order: as `seen_order`, and for who decides about it in the city hall, who may see no order."""
    if disputes_policies.can_decide(person(request)):
        return get_object_or_404(Order, number=number)
    return seen_order(request, number, clock.now())


def seen_order_page(request: HttpRequest, number: str, now: datetime) -> Order:
    """As `seen_order`, with all that the order's page says: each table once."""
    orders = _with_all_it_says().visible_to(person(request), clock.local_date(now))
    page = orders.prefetch_related(
        "lines",
        Prefetch("deliveries", _deliveries()),
        Prefetch("deliveries__lines", DeliveryLine.objects.select_related("order_line")),
        Prefetch("deliveries__photos", InspectionPhoto.objects.select_related("place")),
        "deliveries__drafted_acts",
        Prefetch("invoices", _invoices()),
        Prefetch("invoices__payments", Payment.objects.with_reversal()),
        Prefetch(
            "disputes", Dispute.objects.select_related("opened_by", "offer__delivery", "offer__order_line__product")
        ),
        "disputes__photos",
        Prefetch("cancellations", Cancellation.objects.select_related("asked_by", "compensation")),
        Prefetch("remedies", Remedy.objects.select_related("delivery", "order_line")),
        Prefetch("documents", OrderDocumentQuerySet(Document).with_failure()),
        "attachments",
        Prefetch("confirmations", SellerConfirmation.objects.with_edition()),
    )
    order: Order = get_object_or_404(page, number=number)
    return order


@built_once
def _with_all_it_says() -> Any:
    orders = Order.objects.with_card().with_total_now().with_negotiation().with_draw().with_slots()
    return orders.select_related("request__requester", "seller__food_court", "delivery_kelurahan", "buyer_party")


@built_once
def _deliveries() -> Any:
    decided = TaxDecision.objects.filter(delivery=OuterRef("pk"))
    return Delivery.objects.with_arrival_record().annotate(has_tax_decisions=Exists(decided))


@built_once
def _invoices() -> Any:
    return Invoice.objects.with_tax_papers().with_lacks().select_related("delivery")


def delivery_of_order(order: Order, number: str) -> Delivery:
    """One delivery of an order the person sees, by its number; else 404."""
    delivery: Delivery = get_object_or_404(Delivery, order=order, number=number)
    return delivery


def invoice_of_order(order: Order, number: str) -> Invoice:
    """One invoice of an order the person sees, by its number; else 404. A void one is found too: acts refuse it."""
    invoice: Invoice = get_object_or_404(Invoice, order=order, number=number)
    return invoice


def layout_for(user: User, order: Order, now: datetime) -> str:
    """The layout in which this person looks at the order."""
    if policies.is_officer_of(user, order, clock.local_date(now)) or user.has_perm(INSPECT):
        return "layouts/agency.html"
    if policies.is_seller_of(user, order):
        return "layouts/seller.html"
    return "layouts/public.html"
