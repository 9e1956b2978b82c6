"""The catalogue for machines: open to anyone, the same search as the pages."""

from typing import Any
from urllib.parse import urlencode

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from epeken.core import clock
from epeken.core.openapi import ByName, answers
from umkm.models import Category, FoodCourt, Product, Seller
from umkm.places import places
from umkm.search import Query, search
from umkm.states import FoodKind, SellerKind, StockMode, Unit

SORTS = {"relevance": "cocok", "newest": "baru", "cheapest": "murah", "dearest": "mahal"}


class WardOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    kecamatan = serializers.CharField(source="kecamatan.name")


class CourtOut(serializers.ModelSerializer[FoodCourt]):
    kecamatan = serializers.CharField(source="kecamatan.name", allow_null=True, default=None)

    class Meta:
        model = FoodCourt
        fields = ["slug", "name", "kecamatan", "stalls", "opens_at", "closes_at"]


class CategoryOut(serializers.ModelSerializer[Category]):
    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.slug", allow_null=True, default=None
    )

    class Meta:
        model = Category
        fields = ["slug", "name", "parent", "is_food"]


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
            "opens_at", "closes_at", "closed_until", "offers_pickup", "offers_delivery", "delivery_fee",
        ]  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_picture(self, shop: Seller) -> str | None:
        return default_storage.url(shop.picture.name) if shop.picture else None


class ProductCard(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    price = serializers.IntegerField(help_text="Whole rupiah.")
    unit = serializers.ChoiceField(Unit.choices)
    category = serializers.CharField(source="category.slug")
    is_halal = serializers.BooleanField()
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


class SearchIn(serializers.Serializer[Any]):
    """Conditions are joined by "and"."""

    q = serializers.CharField(required=False, max_length=100, help_text="Words; small typing errors are mended.")
    category = serializers.SlugRelatedField(slug_field="slug", queryset=Category.objects.all(), required=False)
    kelurahan = serializers.CharField(required=False, help_text="Kemendagri code, e.g. 35.78.03.1001.")
    kind = serializers.ChoiceField(SellerKind.choices, required=False)
    price_from = serializers.IntegerField(required=False, min_value=0, max_value=10**12)
    price_to = serializers.IntegerField(required=False, min_value=0, max_value=10**12)
    halal = serializers.BooleanField(required=False, default=False)
    sort = serializers.ChoiceField(list(SORTS), required=False, default="relevance")
    cursor = serializers.CharField(required=False, max_length=120, help_text="From `next` of the page before.")

    def validate_kelurahan(self, code: str) -> str:
        if code not in places():
            raise serializers.ValidationError("Kode kelurahan ini tidak dikenal.")
        return code

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        low, high = data.get("price_from"), data.get("price_to")
        if low is not None and high is not None and low > high:
            raise serializers.ValidationError({"price_to": "Harga tertinggi lebih kecil dari harga terendah."})
        return data


class SearchOut(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="How many fit, at most 1000 and a bit: see count_is_capped.")
    count_is_capped = serializers.BooleanField()
    mended = serializers.CharField(help_text="The words looked for instead of those typed; empty when as typed.")
    next = serializers.CharField(allow_null=True, help_text="Address of the next page.")
    results = ProductCard(many=True)


class ProductList(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="products_list", parameters=[SearchIn], responses=answers(SearchOut, 400), tags=["catalogue"]
    )
    def get(self, request: Request) -> Response:
        """Search the catalogue."""
        given = SearchIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        ward = values.get("kelurahan")
        query = Query(
            text=values.get("q", ""),
            category=values.get("category"),
            wards=(ward,) if ward else (),
            kinds=(values["kind"],) if "kind" in values else (),
            price_from=values.get("price_from"),
            price_to=values.get("price_to"),
            halal=values["halal"],
            sort=SORTS[values["sort"]],
            after=values.get("cursor", ""),
        )
        categories = list(Category.objects.all()) if query.words else None
        found = search(query, day=clock.local_date(clock.now()), categories=categories)
        following = None
        if found.next:
            kept = {name: value for name, value in request.query_params.items() if name != "cursor"}
            following = request.build_absolute_uri(f"{request.path}?{urlencode({**kept, 'cursor': found.next})}")
        page = {
            "count": found.count,
            "count_is_capped": found.is_capped,
            "mended": found.mended,
            "next": following,
            "results": [hit.product for hit in found.hits],
        }
        return Response(SearchOut(page).data)


@extend_schema_view(
    get=extend_schema(operation_id="products_detail", responses=answers(ProductOut, 404), tags=["catalogue"])
)
class ProductDetail(generics.RetrieveAPIView[Product]):
    """One product on sale."""

    permission_classes = [AllowAny]
    serializer_class = ProductOut

    def get_queryset(self) -> QuerySet[Product]:
        return Product.objects.published().with_card().prefetch_related("photos")


@extend_schema_view(
    get=extend_schema(operation_id="shops_list", responses=answers(ShopOut(many=True)), tags=["catalogue"])
)
class ShopList(generics.ListAPIView[Seller]):
    """Shops that sell today, by name."""

    permission_classes = [AllowAny]
    serializer_class = ShopOut
    pagination_class = ByName

    def get_queryset(self) -> QuerySet[Seller]:
        return Seller.objects.active().select_related("kelurahan__kecamatan", "food_court")


@extend_schema_view(get=extend_schema(operation_id="shops_detail", responses=answers(ShopOut, 404), tags=["catalogue"]))
class ShopDetail(generics.RetrieveAPIView[Seller]):
    """One shop."""

    permission_classes = [AllowAny]
    serializer_class = ShopOut
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Seller]:
        return Seller.objects.active().select_related("kelurahan__kecamatan", "food_court")


@extend_schema_view(
    get=extend_schema(operation_id="categories_list", responses=answers(CategoryOut(many=True)), tags=["catalogue"])
)
class CategoryList(generics.ListAPIView[Category]):
    """The whole tree, parents before children."""

    permission_classes = [AllowAny]
    serializer_class = CategoryOut
    pagination_class = None
    queryset = Category.objects.select_related("parent").order_by("parent__position", "position", "name")


@extend_schema_view(
    get=extend_schema(operation_id="food_courts_list", responses=answers(CourtOut(many=True)), tags=["catalogue"])
)
class FoodCourtList(generics.ListAPIView[FoodCourt]):
    """The city's food courts (Sentra Wisata Kuliner)."""

    permission_classes = [AllowAny]
    serializer_class = CourtOut
    pagination_class = None
    queryset = FoodCourt.objects.select_related("kecamatan")
