"""What a product page says: pictures, prices compared, other goods of the shop."""

from django.db.models import F

from umkm.catalogue.models import Category, Product, ProductPhoto


def photos_of(product: Product, *, waiting: bool = False) -> list[ProductPhoto]:
    rows = product.photos.all() if waiting else product.photos.filter(is_waiting=False)
    return list(rows)


def category_tree() -> list[Category]:
    """Every category in order, parents before children. One statement."""
    return list(Category.objects.order_by("position", "name"))


def other_goods(product: Product, limit: int = 4) -> list[Product]:
    """More of the same shop, newest first."""
    return list(
        Product.objects.for_sale()
        .filter(seller=product.seller_id)
        .exclude(pk=product.pk)
        .as_cards()
        .order_by("-published_at", "-pk")[:limit]
    )


def price_comparison(product: Product) -> tuple[int, int, int] | None:
    """Lowest, highest and number of prices of the same category and unit in the same kecamatan; None under three."""
    if product.seller.kelurahan_id is None:
        return None
    district = product.seller.kelurahan_id.rsplit(".", 1)[0] + "."
    prices = list(
        Product.objects.for_sale()
        .filter(category=product.category_id, unit=product.unit, seller__kelurahan__code__startswith=district)
        .exclude(seller=product.seller_id)
        .order_by(F("published_at").desc())
        .values_list("price", flat=True)[:50]
    )
    return (min(prices), max(prices), len(prices)) if len(prices) >= 3 else None
