"""What a product page says: pictures, prices compared, other goods of the shop."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from umkm.catalogue.models import Category, Product, ProductPhoto
from umkm.catalogue.states import ProductState


@dataclass(frozen=True)
class NextAct:
    """What the seller can do next with the state of a product; `id`, `kind`, `icon` and `large` are of its markup."""

    id: str
    title: str
    text: str
    verb: str
    url: str
    icon: str
    kind: str = ""
    large: bool = False


def next_act(product: Product) -> NextAct | None:
    if product.state in (ProductState.DRAFT, ProductState.SENT_BACK):
        return NextAct(
            id="kirim",
            title=_("Siap dijual?"),
            text=_("Kurator melihat foto, nama, dan harga paling lama dua hari."),
            verb=_("Kirim ke kurator"),
            url=reverse("umkm:product-submit", args=[product.pk]),
            icon="send",
            large=True,
        )
    if product.state == ProductState.PUBLISHED:
        return NextAct(
            id="tayang",
            title=_("Barang ini tayang"),
            text=_("Sedang tidak bisa menjualnya? Sembunyikan dahulu, tampilkan lagi kapan saja."),
            verb=_("Sembunyikan dari pembeli"),
            url=reverse("umkm:product-hide", args=[product.pk]),
            icon="eye-off",
            kind="quiet",
        )
    if product.state == ProductState.HIDDEN:
        return NextAct(
            id="sembunyi",
            title=_("Disembunyikan"),
            text=_("Pembeli tidak menemukan barang ini."),
            verb=_("Tampilkan lagi"),
            url=reverse("umkm:product-show", args=[product.pk]),
            icon="eye",
        )
    return None


def photos_of(product: Product, *, waiting: bool = False) -> list[ProductPhoto]:
    rows = product.photos.all() if waiting else product.photos.filter(is_waiting=False)
    return list(rows)


def photo_acts(product: Product, photo: ProductPhoto, *, is_first: bool) -> list[dict[str, Any]]:
    """What the seller can do with a photo: `verb url removes`."""
    args = [product.pk, photo.pk]
    first: dict[str, Any] = {
        "verb": _("Jadikan utama"),
        "url": reverse("umkm:photo-first", args=args),
        "removes": False,
    }
    remove: dict[str, Any] = {"verb": _("Hapus"), "url": reverse("umkm:photo-remove", args=args), "removes": True}
    return [remove] if is_first or photo.is_waiting else [first, remove]


# --- Catalogue --------------------------------------------------------------------------------------------------------
def category_tree() -> list[Category]:
    """Every category in order, parents before children. One statement."""
    return list(Category.objects.order_by("position", "name"))


def usual_price(product: Product) -> tuple[int, int] | None:
    """A third to three times the median of the same category and unit, when at least five others are on show."""
    prices = list(
        Product.objects.for_sale()
        .filter(category=product.category, unit=product.unit)
        .exclude(pk=product.pk)
        .order_by("-published_at")
        .values_list("price", flat=True)[:200]
    )
    if len(prices) < 5:
        return None
    median = sorted(prices)[len(prices) // 2]
    return max(median // 3, 1), median * 3


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
