"""A department's budget for machines: read only, its own officers."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers

from epeken.core import clock
from epeken.core.api.openapi import Newest, answers
from epeken.users.fetch import person
from procurement.budgets.models import BudgetLine


class BudgetOut(serializers.ModelSerializer[BudgetLine]):
    """All amounts in whole rupiah."""

    agency = serializers.CharField(source="agency.short_name")
    account = serializers.CharField(source="account_id")
    pagu = serializers.IntegerField()
    reserved = serializers.IntegerField()
    committed = serializers.IntegerField()
    realised = serializers.IntegerField()
    available = serializers.IntegerField()

    class Meta:
        model = BudgetLine
        fields = [
            "id", "agency", "year", "activity_code", "activity_name", "account", "rup_id",
            "pagu", "reserved", "committed", "realised", "available",
        ]  # fmt: skip


@extend_schema_view(
    get=extend_schema(operation_id="agency_budgets_list", responses=answers(BudgetOut(many=True), 400), tags=["agency"])
)
class BudgetList(generics.ListAPIView[BudgetLine]):
    """Budget lines of the departments this person holds a membership in."""

    scope = "agency_read"
    serializer_class = BudgetOut
    pagination_class = Newest
    queryset = BudgetLine.objects.none()

    def get_queryset(self) -> QuerySet[BudgetLine]:
        return BudgetLine.objects.visible_to(person(self.request), clock.today()).select_related("agency")
