"""Search for machines: the same search as the pages."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from epeken.core import clock
from epeken.core.api.fields import WholeField
from epeken.core.api.openapi import answers
from epeken.users.api_keys.api import HasScope
from umkm.catalogue.api import ProductCard
from umkm.catalogue.models import Category
from umkm.discovery.places import places
from umkm.discovery.search import Query, fits_cursor, search
from umkm.sellers.states import SellerKind

SORTS = {"relevance": "cocok", "newest": "baru", "cheapest": "murah", "dearest": "mahal"}


class SearchIn(serializers.Serializer[Any]):
    """Conditions are joined by "and"."""

    q = serializers.CharField(required=False, max_length=100, help_text="Words; small typing errors are mended.")
    category = serializers.SlugRelatedField(slug_field="slug", queryset=Category.objects.all(), required=False)
    kelurahan = serializers.CharField(required=False, help_text="Kemendagri code, e.g. 11.01.01.2001.")
    kind = serializers.ChoiceField(SellerKind.choices, required=False)
    price_from = WholeField(required=False, min_value=0, max_value=10**12)
    price_to = WholeField(required=False, min_value=0, max_value=10**12)
    halal = serializers.BooleanField(required=False, default=False, help_text="Goods whose certificate a verifier saw.")
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
    permission_classes = [AllowAny, HasScope]
    scope = "catalogue"

    @extend_schema(
        operation_id="products_list", parameters=[SearchIn], responses=answers(SearchOut, 400), tags=["catalogue"]
    )
    def get(self, request: Request) -> Response:
        """Search the catalogue."""
        given = SearchIn(data=request.query_params.dict())
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
        if not fits_cursor(query):
            raise serializers.ValidationError({"cursor": _("Halaman ini tidak ada pada urutan hasil ini.")})
        categories = list(Category.objects.all()) if query.words else None
        found = search(query, now=clock.now(), categories=categories)
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
