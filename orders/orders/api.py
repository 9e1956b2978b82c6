"""Orders for machines: a shop's own, and those of a department; through the same services as the pages."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from epeken.core import clock
from epeken.core.api.openapi import Newest, answers
from epeken.users.fetch import person
from orders.billing.models import Invoice, Payment
from orders.billing.states import CommitmentState, InvoiceState, PaymentMethod
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.orders import policies
from orders.orders.models import Order, OrderLine
from orders.orders.services import agreement
from orders.orders.states import Channel, CloseReason, DeliveryMethod, OrderState
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState
from umkm.catalogue.states import Unit


class OrderLineOut(serializers.ModelSerializer[OrderLine]):
    unit = serializers.ChoiceField(Unit.choices)
    price = serializers.IntegerField()
    tier_from = serializers.DecimalField(
        12,
        3,
        allow_null=True,
        help_text="From which quantity on the shop asks this price; null: the price of one, or another agreement.",
    )
    quantity = serializers.DecimalField(12, 3)
    amount = serializers.IntegerField()
    accepted_quantity = serializers.DecimalField(12, 3, allow_null=True)
    accepted_amount = serializers.IntegerField(allow_null=True)

    class Meta:
        model = OrderLine
        fields = [
            "name", "unit", "price", "tier_from", "quantity", "amount", "note", "accepted_quantity", "accepted_amount",
        ]  # fmt: skip


class PaymentOut(serializers.ModelSerializer[Payment]):
    method = serializers.ChoiceField(PaymentMethod.choices)
    amount = serializers.IntegerField()
    reversed_at = serializers.DateTimeField(
        allow_null=True, help_text="When the department took it back; it counts no longer, and is recorded anew."
    )

    class Meta:
        model = Payment
        fields = ["method", "reference", "paid_on", "amount", "late_year_basis", "reversed_at"]


class InvoiceOut(serializers.ModelSerializer[Invoice]):
    """One accepted delivery; `paid` is the sum of its payments without the reversed ones."""

    state = serializers.ChoiceField(InvoiceState.choices)
    delivery = serializers.CharField(source="delivery.number")
    goods_total = serializers.IntegerField()
    delivery_cost = serializers.IntegerField()
    deduction = serializers.IntegerField(help_text="What decided disputes took off; gross is what is left.")
    gross = serializers.IntegerField()
    withheld = serializers.IntegerField()
    net = serializers.IntegerField()
    paid = serializers.IntegerField()
    payments = PaymentOut(many=True)

    class Meta:
        model = Invoice
        fields = [
            "number", "state", "delivery", "goods_total", "delivery_cost", "deduction", "gross", "withheld", "net",
            "paid", "issued_at", "due_at", "paid_at", "payments",
        ]  # fmt: skip


class RemedyOut(serializers.ModelSerializer[Remedy]):
    """What the seller owes by the decision of a dispute. `amount`: rupiah decided, or what the goods that come again
    cost, of which so much was `refused` before and is on no invoice, and so much `came` right since; `applied`: what
    came off the invoice."""

    kind = serializers.ChoiceField(RemedyKind.choices)
    state = serializers.ChoiceField(RemedyState.choices)
    delivery = serializers.CharField(source="delivery.number")
    name = serializers.CharField(source="order_line.name", allow_null=True, default=None)
    quantity = serializers.DecimalField(12, 3, allow_null=True)
    refused = serializers.DecimalField(12, 3)
    came = serializers.DecimalField(12, 3)
    amount = serializers.IntegerField()
    applied = serializers.IntegerField(allow_null=True)

    class Meta:
        model = Remedy
        fields = [
            "kind", "state", "delivery", "name", "quantity", "refused", "came", "amount", "applied", "granted_at",
            "due_at", "recorded_at", "ended_at",
        ]  # fmt: skip


class DeliveryLineOut(serializers.ModelSerializer[DeliveryLine]):
    name = serializers.CharField(source="order_line.name")
    sent = serializers.DecimalField(12, 3)
    arrived = serializers.DecimalField(12, 3, allow_null=True)
    accepted = serializers.DecimalField(12, 3, allow_null=True)
    decided = serializers.DecimalField(
        12, 3, help_text="Counted as accepted by the decision of a dispute, beside `accepted`."
    )
    rejected = serializers.DecimalField(
        12, 3, help_text="Refused by the decision of a dispute after it was accepted, and on no bill."
    )
    returned = serializers.DecimalField(
        12, 3, help_text="The same of goods a bill bears: their price is deducted or returned."
    )
    amount = serializers.IntegerField(allow_null=True)
    added_amount = serializers.IntegerField(
        help_text="Billed besides `amount` by such a decision, or less than it (negative)."
    )

    class Meta:
        model = DeliveryLine
        fields = [
            "name", "sent", "arrived", "accepted", "decided", "rejected", "returned", "amount", "added_amount",
            "remark",
        ]  # fmt: skip


class DeliveryOut(serializers.ModelSerializer[Delivery]):
    state = serializers.ChoiceField(DeliveryState.choices)
    lines = DeliveryLineOut(many=True)

    class Meta:
        model = Delivery
        fields = [
            "number", "state", "carrier", "shipped_at", "arrived_at", "inspected_at", "accepted_at", "rejected_at",
            "bast_number", "lines",
        ]  # fmt: skip


class OrderCard(serializers.ModelSerializer[Order]):
    """Amounts in whole rupiah."""

    channel = serializers.ChoiceField(Channel.choices)
    state = serializers.ChoiceField(OrderState.choices)
    shop = serializers.CharField(source="seller.slug")
    agency = serializers.CharField(source="agency.short_name", allow_null=True, default=None)
    title = serializers.CharField(source="subject", read_only=True)
    total = serializers.IntegerField()
    commitment_state = serializers.ChoiceField(CommitmentState.choices, source="commitment.state")

    class Meta:
        model = Order
        fields = [
            "number", "channel", "state", "shop", "agency", "title", "total", "commitment_state",
            "deliver_at", "placed_at", "answer_due_at",
        ]  # fmt: skip


class OrderOut(OrderCard):
    method = serializers.ChoiceField(DeliveryMethod.choices)
    close_reason = serializers.ChoiceField(CloseReason.choices, allow_blank=True)
    goods_total = serializers.IntegerField()
    delivery_cost = serializers.IntegerField()
    lines = OrderLineOut(many=True)
    deliveries = DeliveryOut(many=True)
    invoices = InvoiceOut(many=True)
    remedies = RemedyOut(many=True)
    recipient_phone = serializers.SerializerMethodField(
        help_text="For the two sides of the order, until it is finished or closed; else empty."
    )

    def get_recipient_phone(self, order: Order) -> str:
        day = clock.local_date(clock.now())
        return policies.buyer_phone(order) if policies.may_call(person(self.context["request"]), order, day) else ""

    class Meta(OrderCard.Meta):
        fields = [
            *OrderCard.Meta.fields, "method", "recipient", "recipient_phone", "delivery_place", "note",
            "goods_total", "delivery_cost", "lines", "deliveries", "invoices", "remedies", "accepted_at", "finished_at",
            "closed_at", "close_reason", "close_note",
        ]  # fmt: skip


PARTS = (
    "lines",
    "deliveries__lines__order_line",
    "invoices__delivery",
    Prefetch("invoices__payments", Payment.objects.with_reversal()),
    "remedies__delivery",
    "remedies__order_line",
)


class DeclineIn(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300, help_text="Why; the buyer reads it.")


class StateIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(OrderState.choices, required=False)


def _only_state(found: QuerySet[Order], request: Request) -> QuerySet[Order]:
    given = StateIn(data=request.query_params.dict())
    given.is_valid(raise_exception=True)
    return found.filter(**given.validated_data)


def _sold_by(request: Request) -> QuerySet[Order]:
    found: QuerySet[Order] = Order.objects.of_seller_member(person(request)).with_card().prefetch_related("lines")
    return found


def _bought_by_agency(request: Request) -> QuerySet[Order]:
    day = clock.local_date(clock.now())
    found: QuerySet[Order] = Order.objects.of_agency_officer(person(request), day).with_card()
    return found.prefetch_related("lines")


@extend_schema_view(
    get=extend_schema(
        operation_id="seller_orders_list",
        parameters=[StateIn],
        responses=answers(OrderCard(many=True), 400),
        tags=["seller"],
    )
)
class SellerOrderList(generics.ListAPIView[Order]):
    """Orders of the shops this person may act for."""

    scope = "seller_orders"
    serializer_class = OrderCard
    pagination_class = Newest
    queryset = Order.objects.none()

    def get_queryset(self) -> QuerySet[Order]:
        return _only_state(_sold_by(self.request), self.request)


@extend_schema_view(
    get=extend_schema(operation_id="seller_orders_detail", responses=answers(OrderOut, 404), tags=["seller"])
)
class SellerOrderDetail(generics.RetrieveAPIView[Order]):
    """One of them."""

    scope = "seller_orders"
    serializer_class = OrderOut
    lookup_field = "number"
    queryset = Order.objects.none()

    def get_queryset(self) -> QuerySet[Order]:
        return _sold_by(self.request).prefetch_related(*PARTS)


NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH)


class SellerOrderAccept(APIView):
    scope = "seller_orders"

    @extend_schema(
        operation_id="seller_orders_accept",
        parameters=[NUMBER],
        request=None,
        responses=answers(OrderOut, 404, 409, 422),
        tags=["seller"],
    )
    def post(self, request: Request, number: str) -> Response:
        """Take the order on."""
        return _answer(request, number, clock.now(), note=None)


class SellerOrderDecline(APIView):
    scope = "seller_orders"

    @extend_schema(
        operation_id="seller_orders_decline",
        parameters=[NUMBER],
        request=DeclineIn,
        responses=answers(OrderOut, 400, 404, 409, 422),
        tags=["seller"],
    )
    def post(self, request: Request, number: str) -> Response:
        """Refuse the order and say why."""
        given = DeclineIn(data=request.data)
        given.is_valid(raise_exception=True)
        return _answer(request, number, clock.now(), note=given.validated_data["note"])


def _answer(request: Request, number: str, now: datetime, *, note: str | None) -> Response:
    order = get_object_or_404(_sold_by(request), number=number)
    if note is None:
        agreement.accept_order(actor=person(request), order=order, now=now)
    else:
        agreement.close_order(
            actor=person(request), order=order, reason=CloseReason.SELLER_DECLINED, note=note, now=now
        )
    changed = _sold_by(request).prefetch_related(*PARTS).get(pk=order.pk)
    return Response(OrderOut(changed, context={"request": request}).data)


@extend_schema_view(
    get=extend_schema(
        operation_id="agency_orders_list",
        parameters=[StateIn],
        responses=answers(OrderCard(many=True), 400),
        tags=["agency"],
    )
)
class AgencyOrderList(generics.ListAPIView[Order]):
    """Orders of the departments this person holds a membership in."""

    scope = "agency_read"
    serializer_class = OrderCard
    pagination_class = Newest
    queryset = Order.objects.none()

    def get_queryset(self) -> QuerySet[Order]:
        return _only_state(_bought_by_agency(self.request), self.request)


@extend_schema_view(
    get=extend_schema(operation_id="agency_orders_detail", responses=answers(OrderOut, 404), tags=["agency"])
)
class AgencyOrderDetail(generics.RetrieveAPIView[Order]):
    """One of them."""

    scope = "agency_read"
    serializer_class = OrderOut
    lookup_field = "number"
    queryset = Order.objects.none()

    def get_queryset(self) -> QuerySet[Order]:
        return _bought_by_agency(self.request).prefetch_related(*PARTS)
