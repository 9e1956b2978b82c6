"""Labels with name, price and a code that opens the page of the goods, to be printed and cut out."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from orders.documents import render
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import words_of
from umkm.sellers.models import Seller

MOST = 480  # twenty sheets


def goods_of(seller: Seller) -> list[Product]:
    """What is on show, by name; at most MOST."""
    return list(Product.objects.for_sale().filter(seller=seller).order_by("name", "pk")[:MOST])


def make(seller: Seller, goods: Sequence[Product], now: datetime) -> bytes:
    """The PDF, in the city's language: it hangs where everybody reads it."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = [
            {
                "name": product.name,
                "price": rupiah(product.price),
                "unit": f"/ {Unit(product.unit).label}",
                "tiers": words_of(product.unit, product.tiers),
                "shop": seller.name,
                "scan": _("Pindai untuk memesan"),
                "url": _address(product),
                "qr": f"{product.pk}.svg",
            }
            for product in goods
        ]
    files = {f"{product.pk}.svg": render.qr_svg(_address(product)) for product in goods}
    return render.labels(rows, files, title=f"Label harga {seller.name}", moment=now)


def _address(product: Product) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse('umkm:product-short', args=[product.pk])}"
