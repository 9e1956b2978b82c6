"""What the curator reads of a product, and is warned of."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import quantity as quantities
from epeken.core.i18n.words import rupiah
from umkm.catalogue import banned
from umkm.catalogue.models import ChangeProposal, Product, ProductPhoto
from umkm.catalogue.pages.product import usual_price
from umkm.catalogue.states import StockMode
from umkm.sellers.states import SellerKind, SellerState


@dataclass(frozen=True)
class Warning:
    level: str  # "refuse" or "alert"
    text: str


def curation_warnings(product: Product, day: date) -> list[Warning]:
    """What a curator should look at: words, kind of seller, odd price, picture seen elsewhere. Four statements."""
    found = [
        Warning(word.level, _("Kata “%(word)s”: %(reason)s") % {"word": word.word, "reason": word.reason})
        for word in banned.found_in(f"{product.name} {product.description}", day)
    ]
    if not product.category.allows(product.seller.kind):
        found.append(
            Warning("refuse", _("Kategori ini bukan untuk %(kind)s.") % {"kind": product.seller.get_kind_display()})
        )
    if product.seller.state != SellerState.ACTIVE:
        found.append(Warning("alert", _("Toko ini sedang tidak aktif.")))
    usual = usual_price(product)
    if usual and not usual[0] <= product.price <= usual[1]:
        low, high = usual
        found.append(
            Warning(
                "alert",
                _("Harga %(price)s di luar kebiasaan kategori ini per %(unit)s (%(low)s sampai %(high)s).")
                % {
                    "price": rupiah(product.price),
                    "unit": product.get_unit_display(),
                    "low": rupiah(low),
                    "high": rupiah(high),
                },
            )
        )
    hashes = [photo.sha256 for photo in product.photos.all()]
    prints = [photo.dhash for photo in product.photos.all() if photo.dhash]
    twins = (
        ProductPhoto.objects.filter(Q(sha256__in=hashes) | Q(dhash__in=prints))
        .exclude(product__seller=product.seller)
        .select_related("product__seller")[:3]
    )
    found += [
        Warning(
            "alert",
            _("Foto yang sama dipakai %(shop)s untuk “%(name)s”.")
            % {"shop": twin.product.seller.name, "name": twin.product.name},
        )
        for twin in twins
    ]
    if product.seller.kind == SellerKind.UMKM and product.category.for_kelontong and not product.category.is_food:
        found.append(
            Warning("alert", _("UMKM hanya menjual barang buatan sendiri. Pastikan ini bukan barang kulakan."))
        )
    return found


def facts(product: Product) -> list[tuple[str, str]]:
    """Label and value of what the seller states about a product."""
    category = product.category
    halal = [_("dinyatakan halal") if product.is_halal else "–", product.halal_number]
    rows = [
        (_("Harga"), f"{rupiah(product.price)} / {product.get_unit_display()}"),
        (_("Kategori"), f"{category.parent.name}: {category.name}" if category.parent else category.name),
        (_("Paling sedikit dan kelipatan"), f"{quantities.plain(product.minimum)}, {quantities.plain(product.step)}"),
        (_("Sisa"), _stock(product)),
        (_("Siap dalam"), _("%(n)s hari") % {"n": product.lead_days}),
        (_("Jenis makanan"), product.get_food_kind_display()),
        (_("Daya tahan"), product.get_keeps_display()),
        (_("Halal"), " · ".join(word for word in halal if word)),
        ("P-IRT", product.pirt_number),
        (pgettext("barang", "Keterangan"), product.description or "–"),
    ]
    return [(label, value) for label, value in rows if label != "P-IRT" or value]


def _stock(product: Product) -> str:
    if product.stock_mode == StockMode.DAILY and product.daily_capacity is not None:
        return _("%(n)s per hari") % {"n": quantities.plain(product.daily_capacity)}
    return quantities.plain(product.on_hand)


def proposed_changes(proposal: ChangeProposal, product: Product) -> list[dict[str, str]]:
    """What would change (`label old new`); `product` as it is now."""
    rows = []
    if proposal.name != product.name:
        rows.append((_("Nama"), product.name, proposal.name))
    if proposal.category_id != product.category_id:
        rows.append((_("Kategori"), product.category.name, proposal.category.name))
    if proposal.price != product.price:
        rows.append((_("Harga"), rupiah(product.price), rupiah(proposal.price)))
    if proposal.halal_number != product.halal_number:
        rows.append((_("Nomor sertifikat halal"), product.halal_number or "–", proposal.halal_number or "–"))
    return [{"label": label, "old": old, "new": new} for label, old, new in rows]
