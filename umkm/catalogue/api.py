"""Products and categories for machines: open to anyone."""

from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny

from epeken.core.api.openapi import answers
from epeken.users.api_keys.api import HasScope
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import FoodKind, StockMode, Unit
from umkm.sellers.api import ShopCard


class CategoryOut(serializers.ModelSerializer[Category]):
    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.slug", allow_null=True, default=None
    )

    class Meta:
        model = Category
        fields = ["slug", "name", "parent", "is_food"]


class ProductCard(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    price = serializers.IntegerField(help_text="Whole rupiah.")
    unit = serializers.ChoiceField(Unit.choices)
    category = serializers.CharField(source="category.slug")
    is_halal = serializers.BooleanField(source="is_halal_certified")
    picture = serializers.SerializerMethodField()
    shop = ShopCard(source="seller")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_picture(self, product: Product) -> str | None:
        return default_storage.url(product.picture) if product.picture else None


class PhotoOut(serializers.Serializer[Any]):
    image = serializers.SerializerMethodField()
    small = serializers.SerializerMethodField()
    alt = serializers.CharField()

    @extend_schema_field(serializers.CharField())
    def get_image(self, photo: Any) -> str:
        return default_storage.url(photo.image)

    @extend_schema_field(serializers.CharField())
    def get_small(self, photo: Any) -> str:
        return default_storage.url(photo.small)


class ProductOut(ProductCard):
    description = serializers.CharField()
    step = serializers.DecimalField(12, 3, help_text="Quantities are whole multiples of this.")
    minimum = serializers.DecimalField(12, 3)
    stock_mode = serializers.ChoiceField(StockMode.choices)
    lead_days = serializers.IntegerField()
    food_kind = serializers.ChoiceField(FoodKind.choices)
    halal_number = serializers.CharField()
    pirt_number = serializers.CharField()
    photos = PhotoOut(many=True)


@extend_schema_view(
    get=extend_schema(operation_id="products_detail", responses=answers(ProductOut, 404), tags=["catalogue"])
)
class ProductDetail(generics.RetrieveAPIView[Product]):
    """One product on sale."""

    permission_classes = [AllowAny, HasScope]
    scope = "catalogue"
    serializer_class = ProductOut

    def get_queryset(self) -> QuerySet[Product]:
        return Product.objects.for_sale().with_card().prefetch_related("photos")


@extend_schema_view(
    get=extend_schema(operation_id="categories_list", responses=answers(CategoryOut(many=True)), tags=["catalogue"])
)
class CategoryList(generics.ListAPIView[Category]):
    """The whole tree, parents before children."""

    permission_classes = [AllowAny, HasScope]
    scope = "catalogue"
    serializer_class = CategoryOut
    pagination_class = None
    queryset = Category.objects.select_related("parent").order_by("parent__position", "position", "name")
