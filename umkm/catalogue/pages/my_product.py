"""What a seller's own product is shown as: in the list of the shop's goods and on its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import grouped
from umkm.catalogue import checks
from umkm.catalogue.changed import proposed_changes
from umkm.catalogue.forms import AltForm
from umkm.catalogue.models import ChangeProposal, Product, ProductPhoto
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.pages.prices import price_notes
from umkm.catalogue.policies import is_for_sale
from umkm.catalogue.services import photos
from umkm.catalogue.states import CLOSED, DELETABLE, ProductState, StockMode, Unit
from umkm.catalogue.tiers import words_of
from umkm.discovery.pages import cards as cards_pages
from umkm.returns import services as returns
from umkm.returns.forms import RefusedGoodsForm
from umkm.validity import services as validity

TAGS = {
    ProductState.DRAFT: "",
    ProductState.SUBMITTED: "info",
    ProductState.PUBLISHED: "done",
    ProductState.SENT_BACK: "now",
    ProductState.REJECTED: "no",
    ProductState.HIDDEN: "",
    ProductState.LAPSED: "now",
    ProductState.WITHDRAWN: "",
}


def left(product: Product) -> str:
    unit = Unit(product.unit)
    if product.stock_mode == StockMode.DAILY:
        return _("Sanggup %(n)s per hari") % {"n": unit.counted(product.daily_capacity or Decimal(0))}
    held = _(", %(n)s ditahan pesanan") % {"n": grouped(product.held)} if product.held else ""
    if product.refused:
        held += _(", %(n)s tidak diterima pembeli") % {"n": grouped(product.refused)}
    return _("Sisa %(n)s%(held)s") % {"n": unit.counted(product.on_hand), "held": held}


def waiting_words(goods: Iterable[Product]) -> dict[int, str]:
    """Of those of which a change waits for a curator: what waits, by their pk."""
    prices = {one.pk: one.price for one in goods}
    rows = ChangeProposal.objects.waiting().filter(product__in=prices).values_list("product", "price")
    asked = _("Harga %(price)s menunggu kurator; pembeli masih membaca %(now)s.")
    return {
        pk: asked % {"price": rupiah(price), "now": rupiah(prices[pk])}
        if price != prices[pk]
        else _("Perubahan lain menunggu kurator; harga yang lebih tinggi dapat diusulkan sesudahnya.")
        for pk, price in rows
    }


def is_open(product: Product) -> bool:
    """Whether the seller may change it now."""
    return product.state not in CLOSED


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
    if product.state == ProductState.SUBMITTED:
        return NextAct(
            id="tarik",
            title=_("Ada yang keliru?"),
            text=_("Tarik kembali ke draf untuk membetulkannya, lalu kirim lagi."),
            verb=_("Tarik kembali ke draf"),
            url=reverse("umkm:product-recall", args=[product.pk]),
            icon="undo-2",
            kind="quiet",
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


def alt_form(photo: ProductPhoto, data: Any = None) -> AltForm:
    return AltForm(data, photo=photo, auto_id=f"id_%s_{photo.pk}")


def returns_of(product: Product, answered: RefusedGoodsForm | None = None) -> list[dict[str, Any]]:
    """What receivers refused and the seller has not said anything about: `number amount form`, by order. `answered`:
    a form as it was sent, with what is wrong."""
    if not product.refused:
        return []
    return [
        {
            "number": number,
            "amount": Unit(product.unit).counted(asked),
            "form": answered
            if answered is not None and answered.reference == number
            else RefusedGoodsForm(product=product, reference=number, asked=asked),
        }
        for number, asked in returns.waiting_returns(product).items()
    ]


def facts(
    product: Product, *, refused: AltForm | None = None, answered: RefusedGoodsForm | None = None
) -> dict[str, Any]:
    """Everything of the page but its own forms. `refused`: a photo's text as it was sent, with what is wrong;
    `answered`: the same of an answer about refused goods."""
    pictures = product_pages.photos_of(product, waiting=True)
    waiting = ChangeProposal.objects.waiting().filter(product=product).select_related("category").first()
    counts_stock = product.stock_mode == StockMode.STOCK
    return {
        "product": product,
        "seller": product.seller,
        "tag": TAGS[ProductState(product.state)],
        "photos": [
            {
                "photo": p,
                "form": refused if refused and refused.photo == p else alt_form(p),
                "acts": photo_acts(product, p, is_first=p == pictures[0]),
            }
            for p in pictures
        ],
        "can_add_photo": is_open(product) and len(pictures) < photos.MOST,
        "editable": is_open(product),
        "act": next_act(product),
        "deletable": product.state in DELETABLE,
        "lapsed": validity.reason_of(product, clock.today()) if product.state == ProductState.LAPSED else "",
        "counts_stock": counts_stock,
        "left": left(product),
        "returns": returns_of(product, answered),
        "waiting": waiting,
        "price_notes": price_notes(checks.as_proposed(product, waiting) if waiting else product, clock.today()),
        "changes": proposed_changes(waiting, product) if waiting else [],
        "new_pictures": sum(p.is_waiting for p in pictures),
        "public_url": cards_pages.product_url(product) if is_for_sale(product) else "",
        "prices": list(product.price_changes.order_by("-pk")[:5]),
        "tier_changes": [
            {"until": change.at, "words": words_of(product.unit, change.old)}
            for change in product.tier_changes.order_by("-pk")[:5]
            if change.old and change.old != product.tiers
        ],
        "entries": list(product.stock_entries.order_by("-pk")[:8]) if counts_stock else [],
    }
