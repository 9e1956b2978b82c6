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
from umkm.catalogue.policies import cut_off_of
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
    group = serializers.IntegerField(
        source="group_id",
        allow_null=True,
        help_text="The same for variants of one product; a search gives one of them.",
    )
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


class OptionsOut(serializers.Serializer[Any]):
    options = serializers.SerializerMethodField(help_text="Values of what variants differ in.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_options(self, product: Product) -> list[str]:
        return [value for value in (product.option_1, product.option_2) if value]


class TierOut(serializers.Serializer[Any]):
    from_quantity = serializers.DecimalField(12, 3)
    price = serializers.IntegerField(help_text="Whole rupiah for each, from this quantity on.")


class VariantOut(OptionsOut):
    id = serializers.IntegerField()
    name = serializers.CharField()
    price = serializers.IntegerField(help_text="Whole rupiah.")
    tiers = TierOut(many=True)


class ProductOut(ProductCard, OptionsOut):
    description = serializers.CharField()
    tiers = TierOut(many=True, help_text="Lower prices for larger quantities, the least quantity first.")
    step = serializers.DecimalField(12, 3, help_text="Quantities are whole multiples of this.")
    minimum = serializers.DecimalField(12, 3)
    stock_mode = serializers.ChoiceField(StockMode.choices)
    lead_days = serializers.IntegerField()
    order_until = serializers.SerializerMethodField(
        help_text="From this hour on, in the city's time, an order counts as of the next day."
    )
    food_kind = serializers.ChoiceField(FoodKind.choices)
    halal_number = serializers.CharField()
    pirt_number = serializers.CharField()
    photos = PhotoOut(many=True)
    variants = serializers.SerializerMethodField(help_text="On sale, itself included; empty where it stands alone.")

    @extend_schema_field(VariantOut(many=True))
    def get_variants(self, product: Product) -> list[dict[str, Any]]:
        rows = (
            list(Product.objects.for_sale().filter(group=product.group_id).order_by("pk")) if product.group_id else []
        )
        return list(VariantOut(rows, many=True).data) if len(rows) > 1 else []

    @extend_schema_field(serializers.TimeField(allow_null=True))
    def get_order_until(self, product: Product) -> str | None:
        cut_off = cut_off_of(product)
        return cut_off.isoformat() if cut_off else None


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
