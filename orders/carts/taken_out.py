"""What was taken out of the cart last, kept in the session for a while so that it can be put back."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from orders.carts.models import Cart
from orders.carts.services import RestoredLine
from umkm.catalogue.models import Product

TAKEN_OUT_KEY = "cart_taken_out"  # in the visitor's session
KEPT = timedelta(hours=1)
MOST = 10


def remember(request: HttpRequest, rows: Iterable[RestoredLine], now: datetime) -> None:
    """Newest first; of the same goods the last amount."""
    fresh = [
        {"product": row.product, "quantity": str(row.quantity), "price": row.price, "at": now.isoformat()}
        for row in rows
    ]
    again = {row["product"] for row in fresh}
    if fresh:
        earlier = [row for row in _kept(request, now) if row["product"] not in again]
        request.session[TAKEN_OUT_KEY] = [*fresh, *earlier][:MOST]


def forget(request: HttpRequest, products: Collection[int], now: datetime) -> None:
    if TAKEN_OUT_KEY in request.session:
        request.session[TAKEN_OUT_KEY] = [row for row in _kept(request, now) if row["product"] not in products]


def wanted(request: HttpRequest, now: datetime) -> list[RestoredLine]:
    return [RestoredLine(row["product"], Decimal(row["quantity"]), row["price"]) for row in _kept(request, now)]


def offers(request: HttpRequest, cart: Cart | None, now: datetime) -> list[dict[str, Any]]:
    """Goods and amounts that can be put back: not what is in the cart again. Two statements, none without any."""
    rows = wanted(request, now)
    if not rows:
        return []
    inside = set(cart.lines.values_list("product", flat=True)) if cart is not None else set()
    goods = Product.objects.in_bulk([row.product for row in rows])
    return [
        {"product": goods[row.product], "quantity": row.quantity}
        for row in rows
        if row.product in goods and row.product not in inside
    ]


def _kept(request: HttpRequest, now: datetime) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = request.session.get(TAKEN_OUT_KEY, [])
    return [row for row in rows if now - datetime.fromisoformat(row["at"]) < KEPT]
