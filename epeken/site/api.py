"""/api/v1/: every address for machines, its schema, and a page that explains them."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from orders.orders import api as orders
from procurement.budgets import api as budgets_api
from procurement.requests import api as requests_api
from umkm.catalogue import api as catalogue_api
from umkm.discovery import api as discovery_api
from umkm.sellers import api as sellers_api

TAGS = [
    ("catalogue", __("Katalog"), __("Terbuka untuk siapa saja.")),
    ("seller", __("Penjual"), __("Pesanan toko Anda sendiri.")),
    ("agency", __("Dinas"), __("Pembelian dinas tempat Anda bertugas.")),
]


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI document; it depends on the code alone."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@require_GET
def documentation(request: HttpRequest) -> HttpResponse:
    """The schema as a page of ours: no script from elsewhere, no loosened policy."""
    return render(
        request, "site/api_documentation.html", {"groups": _groups(schema()), "version": schema()["info"]["version"]}
    )


def _groups(document: dict[str, Any]) -> list[dict[str, Any]]:
    groups = []
    for tag, title, lead in TAGS:
        operations = [
            _operation(document, address, method, found)
            for address, methods in sorted(document["paths"].items())
            for method, found in methods.items()
            if tag in found.get("tags", [])
        ]
        groups.append({"title": title, "lead": lead, "id": tag, "operations": operations})
    return groups


def _operation(document: dict[str, Any], address: str, method: str, found: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = next((body for code, body in found["responses"].items() if code.startswith("2")), {})
    return {
        "id": found["operationId"],
        "method": method.upper(),
        "address": address,
        "text": found.get("description", ""),
        "parameters": [
            {
                "name": p["name"],
                "where": p["in"],
                "text": p.get("description", ""),
                "type": _kind(document, p["schema"]),
            }
            for p in found.get("parameters", [])
        ],
        "body": _fields(document, _shape(found.get("requestBody", {}))),
        "fields": _fields(document, _shape(answer)),
        "refusals": [{"code": c, "text": b["description"]} for c, b in found["responses"].items() if c >= "400"],
    }


def _shape(body: dict[str, Any]) -> dict[str, Any]:
    """The schema of a request or response body; {} when it has none."""
    for content in body.get("content", {}).values():
        found: dict[str, Any] = content.get("schema", {})
        return found
    return {}


def _resolve(document: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in shape:
        shape = document["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    return shape


def _fields(document: dict[str, Any], shape: dict[str, Any]) -> list[dict[str, str]]:
    """Fields of an answer; of the rows when the answer is a list or a page."""
    shape = _resolve(document, shape)
    results = shape.get("properties", {}).get("results")
    if shape.get("type") == "array":
        shape = _resolve(document, shape["items"])
    elif results is not None and results.get("type") == "array":
        shape = _resolve(document, results["items"])
    return [
        {"name": name, "type": _kind(document, field), "text": field.get("description", "")}
        for name, field in shape.get("properties", {}).items()
    ]


def _kind(document: dict[str, Any], field: dict[str, Any]) -> str:
    if "allOf" in field:
        field = {**field, **field["allOf"][0]}
    if "oneOf" in field:
        field = field["oneOf"][0]
    field = _resolve(document, field)
    kind = field.get("type", "object")
    if isinstance(kind, list):
        kind = " / ".join(kind)
    if "enum" in field:
        return ", ".join(str(value) for value in field["enum"] if value not in ("", None))
    return f"{kind} ({field['format']})" if "format" in field else str(kind)


app_name = "api"

urlpatterns = [
    path("products/", discovery_api.ProductList.as_view(), name="product-list"),
    path("products/<int:pk>/", catalogue_api.ProductDetail.as_view(), name="product-detail"),
    path("shops/", sellers_api.ShopList.as_view(), name="shop-list"),
    path("shops/<slug:slug>/", sellers_api.ShopDetail.as_view(), name="shop-detail"),
    path("categories/", catalogue_api.CategoryList.as_view(), name="category-list"),
    path("food-courts/", sellers_api.FoodCourtList.as_view(), name="food-court-list"),
    path("seller/orders/", orders.SellerOrderList.as_view(), name="seller-order-list"),
    path("seller/orders/<str:number>/", orders.SellerOrderDetail.as_view(), name="seller-order-detail"),
    path("seller/orders/<str:number>/accept/", orders.SellerOrderAccept.as_view(), name="seller-order-accept"),
    path("seller/orders/<str:number>/decline/", orders.SellerOrderDecline.as_view(), name="seller-order-decline"),
    path("agency/budgets/", budgets_api.BudgetList.as_view(), name="agency-budget-list"),
    path("agency/requests/", requests_api.RequestList.as_view(), name="agency-request-list"),
    path("agency/requests/<str:number>/", requests_api.RequestDetail.as_view(), name="agency-request-detail"),
    path("agency/orders/", orders.AgencyOrderList.as_view(), name="agency-order-list"),
    path("agency/orders/<str:number>/", orders.AgencyOrderDetail.as_view(), name="agency-order-detail"),
    path("openapi.yaml", SpectacularAPIView.as_view(permission_classes=[AllowAny]), name="schema"),
    path("dokumentasi/", documentation, name="documentation"),
]
