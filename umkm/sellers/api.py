"""Shops and food courts for machines: open to anyone."""

from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny

from epeken.core.api.openapi import ByName, answers
from epeken.users.api_keys.api import HasScope
from umkm.sellers.models import FoodCourt, Seller
from umkm.sellers.states import SellerKind


class WardOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    kecamatan = serializers.CharField(source="kecamatan.name")


class CourtOut(serializers.ModelSerializer[FoodCourt]):
    kecamatan = serializers.CharField(source="kecamatan.name", allow_null=True, default=None)

    class Meta:
        model = FoodCourt
        fields = ["slug", "name", "kecamatan", "stalls", "opens_at", "closes_at"]


class ShopCard(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(SellerKind.choices)
    place = serializers.CharField(help_text="Kelurahan or food court.")


class ShopOut(serializers.ModelSerializer[Seller]):
    """A shop as its page shows it. Nothing about the person behind it."""

    kelurahan = WardOut(allow_null=True)
    food_court = serializers.CharField(source="food_court.slug", allow_null=True, default=None)
    picture = serializers.SerializerMethodField()
    delivery_fee = serializers.IntegerField(help_text="Whole rupiah.")

    class Meta:
        model = Seller
        fields = [
            "slug", "name", "kind", "about", "kelurahan", "food_court", "stall_number", "picture", "open_days",
            "opens_at", "closes_at", "closed_until", "order_until", "offers_pickup", "offers_delivery", "delivery_fee",
        ]  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_picture(self, shop: Seller) -> str | None:
        return default_storage.url(shop.picture.name) if shop.picture else None


@extend_schema_view(
    get=extend_schema(operation_id="shops_list", responses=answers(ShopOut(many=True), 400), tags=["catalogue"])
)
class ShopList(generics.ListAPIView[Seller]):
    """Shops that sell today, by name."""

    permission_classes = [AllowAny, HasScope]
    scope = "catalogue"
    serializer_class = ShopOut
    pagination_class = ByName

    def get_queryset(self) -> QuerySet[Seller]:
        return Seller.objects.active().select_related("kelurahan__kecamatan", "food_court")


@extend_schema_view(get=extend_schema(operation_id="shops_detail", responses=answers(ShopOut, 404), tags=["catalogue"]))
class ShopDetail(generics.RetrieveAPIView[Seller]):
    """One shop."""

    permission_classes = [AllowAny, HasScope]
    scope = "catalogue"
    serializer_class = ShopOut
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Seller]:
        return Seller.objects.active().select_related("kelurahan__kecamatan", "food_court")


@extend_schema_view(
    get=extend_schema(operation_id="food_courts_list", responses=answers(CourtOut(many=True)), tags=["catalogue"])
)
class FoodCourtList(generics.ListAPIView[FoodCourt]):
    """The city's food courts (Sentra Wisata Kuliner)."""

    permission_classes = [AllowAny, HasScope]
    scope = "catalogue"
    serializer_class = CourtOut
    pagination_class = None
    queryset = FoodCourt.objects.select_related("kecamatan")
