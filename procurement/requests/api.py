"""A department's requests for machines: its own officers read them and start drafts."""

from hashlib import sha256

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from epeken.core import clock
from epeken.core.api.openapi import Newest, answers
from epeken.users.fetch import person
from procurement.agencies.models import Agency
from procurement.budgets.api import BudgetOut
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.services import drafts
from procurement.requests.states import RequestState
from umkm.catalogue.states import Unit

ONCE = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Any text of your own, another for each draft."
)


class RequestLineOut(serializers.ModelSerializer[RequestLine]):
    shop = serializers.CharField(source="seller.name")
    price = serializers.IntegerField()
    tier_from = serializers.DecimalField(
        12,
        3,
        allow_null=True,
        help_text="From which quantity on the shop asks this price; null: the price of one, or another agreement.",
    )
    quantity = serializers.DecimalField(12, 3)
    amount = serializers.IntegerField()
    is_dropped = serializers.SerializerMethodField()
    charged_to = BudgetOut(allow_null=True, help_text="Null: the request's own budget line.")

    class Meta:
        model = RequestLine
        fields = [
            "name", "shop", "unit", "price", "tier_from", "quantity", "amount", "note", "is_dropped", "charged_to",
        ]  # fmt: skip
        extra_kwargs = {"unit": {"choices": Unit.choices}}

    def get_is_dropped(self, line: RequestLine) -> bool:
        return line.dropped_at is not None


class RequestCard(serializers.ModelSerializer[PurchaseRequest]):
    agency = serializers.CharField(source="agency.short_name")
    state = serializers.ChoiceField(RequestState.choices)
    total = serializers.IntegerField(help_text="Whole rupiah; 0 while a draft.")

    class Meta:
        model = PurchaseRequest
        fields = ["number", "agency", "state", "title", "event_at", "deliver_at", "total", "created_at", "due_at"]


class RequestIn(serializers.ModelSerializer[PurchaseRequest]):
    agency = serializers.SlugRelatedField(slug_field="short_name", queryset=Agency.objects.all())
    deliver_at = serializers.DateTimeField(required=False)
    event_at = serializers.DateTimeField(required=False)

    class Meta:
        model = PurchaseRequest
        fields = [
            "agency", "title", "purpose", "event_kind", "event_at", "event_place", "deliver_at", "delivery_place",
        ]  # fmt: skip


class RequestOut(RequestCard):
    budget = BudgetOut(source="line", allow_null=True)
    lines = RequestLineOut(many=True)

    class Meta(RequestCard.Meta):
        fields = [
            *RequestCard.Meta.fields, "purpose", "event_kind", "event_place", "attendees", "delivery_place", "budget",
            "lines",
        ]  # fmt: skip


@extend_schema_view(
    get=extend_schema(
        operation_id="agency_requests_list", responses=answers(RequestCard(many=True), 400), tags=["agency"]
    )
)
class RequestList(generics.ListAPIView[PurchaseRequest]):
    """Requests of the departments this person holds a membership in."""

    scope = "agency_read"
    write_scope = "agency_write"
    serializer_class = RequestCard
    pagination_class = Newest
    queryset = PurchaseRequest.objects.none()

    def get_queryset(self) -> QuerySet[PurchaseRequest]:
        return PurchaseRequest.objects.visible_to(person(self.request), clock.today()).select_related("agency")

    @extend_schema(
        operation_id="agency_requests_create",
        request=RequestIn,
        parameters=[ONCE],
        responses=answers(RequestCard, 400, 409, 422, status=201),
        tags=["agency"],
    )
    def post(self, request: Request) -> Response:
        """A draft, for a planning program; goods, approval and order stay with people.

        A program that had no answer sends the same again with the same `Idempotency-Key`: there is one draft.
        """
        given = RequestIn(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        agency = values.pop("agency")
        key = request.headers.get("Idempotency-Key", "")
        made = drafts.create_request(
            actor=person(request), agency=agency, values=values, now=clock.now(),
            key=f"api:{sha256(key.encode()).hexdigest()[:60]}" if key else "",
        )  # fmt: skip
        return Response(RequestCard(made).data, status=201)


@extend_schema_view(
    get=extend_schema(operation_id="agency_requests_detail", responses=answers(RequestOut, 404), tags=["agency"])
)
class RequestDetail(generics.RetrieveAPIView[PurchaseRequest]):
    """One request with its lines."""

    scope = "agency_read"
    serializer_class = RequestOut
    lookup_field = "number"
    queryset = PurchaseRequest.objects.none()

    def get_queryset(self) -> QuerySet[PurchaseRequest]:
        found = PurchaseRequest.objects.visible_to(person(self.request), clock.today())
        return found.select_related("agency", "line__agency").prefetch_related(
            "lines__seller", "lines__charged_to__agency"
        )
