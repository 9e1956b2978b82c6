"""What search engines are shown: pages, shops, goods, food courts and categories anybody may read. No more."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from umkm.catalogue.models import Category, Product
from umkm.discovery.pages.cards import product_url
from umkm.sellers.models import FoodCourt, Seller


class PageSitemap(Sitemap):
    def items(self) -> list[str]:
        return ["home", "umkm:shop-list", "umkm:swk-list", "umkm:ranking", "for-agencies", "support", "privacy"]

    def location(self, item: str) -> str:
        return reverse(item)


class ShopSitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Seller]:
        goods = Product.objects.for_sale().filter(seller=OuterRef("pk"))
        return Seller.objects.active().filter(Exists(goods)).only("slug").order_by("pk")

    def location(self, item: Seller) -> str:
        return reverse("umkm:shop-detail", args=[item.slug])


class GoodsSitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Product]:
        found: QuerySet[Product] = Product.objects.for_sale().only("name", "published_at").order_by("pk")
        return found

    def location(self, item: Product) -> str:
        return product_url(item)

    def lastmod(self, item: Product) -> datetime | None:
        return item.published_at


class CourtSitemap(Sitemap):
    def items(self) -> QuerySet[FoodCourt]:
        return FoodCourt.objects.order_by("pk")

    def location(self, item: FoodCourt) -> str:
        return reverse("umkm:swk-detail", args=[item.slug])


class CategorySitemap(Sitemap):
    def items(self) -> QuerySet[Category]:
        return Category.objects.order_by("position", "pk")

    def location(self, item: Category) -> str:
        return reverse("umkm:category-detail", args=[item.slug])


SITEMAPS: dict[str, Any] = {
    "halaman": PageSitemap,
    "toko": ShopSitemap,
    "barang": GoodsSitemap,
    "sentra": CourtSitemap,
    "kategori": CategorySitemap,
}
