"""What the curator reads of a product, and is warned of."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core.i18n.times import clock_words
from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.ui import thumbnail
from umkm.catalogue.changed import ready_in
from umkm.catalogue.checks import AlikePhoto, CheckedFinding
from umkm.catalogue.findings import MESSAGES, label_of
from umkm.catalogue.models import Product
from umkm.catalogue.policies import cut_off_of
from umkm.catalogue.states import StockMode, Unit
from umkm.catalogue.tiers import words_of
from umkm.findings import CheckResult


def findings(rows: list[CheckedFinding], language: str) -> list[dict[str, Any]]:
    """What stops an approval first, then what wants a look; as `umkm/verification/pages.py` tells a verifier. All goods
    with one picture stand together and are noted `together`: it is one look at one picture."""
    order = {CheckResult.FAIL: 0, CheckResult.WARN: 1}
    together: dict[Any, list[CheckedFinding]] = {}
    for row in sorted(rows, key=lambda row: order[CheckResult(row.finding.result)]):
        alike = row.finding.named
        of_picture = isinstance(alike, AlikePhoto)
        together.setdefault((alike.own.pk, row.is_open) if of_picture else row.key, []).append(row)
    return [_finding(found, language) for found in together.values()]


def _finding(rows: list[CheckedFinding], language: str) -> dict[str, Any]:
    first, last = rows[0], rows[-1]
    pictures = [row.finding.named for row in rows if isinstance(row.finding.named, AlikePhoto)]
    return {
        "together": [row.key for row in rows],
        "label": _alike_words(pictures) if pictures else label_of(first.finding.code),
        "named": [_goods(first.finding.named)] if isinstance(first.finding.named, Product) else _named(pictures),
        "result": first.finding.result,
        "is_final": first.finding.result == CheckResult.FAIL,
        "word": CheckResult(first.finding.result).label,
        "text": "" if pictures else MESSAGES.words(first.finding.code, first.finding.parameters, language),
        "who": last.check.acknowledged_by if last.check else None,
        "when": last.check.acknowledged_at if last.check else None,
    }


def _alike_words(pictures: list[AlikePhoto]) -> str:
    """What looks like what: these goods, and those of other shops."""
    own, twin = pictures[0].own.product.name, pictures[0].twin.product
    if len(pictures) == 1:
        words = {"own": own, "name": twin.name, "shop": twin.seller.name}
        return _("Foto “%(own)s” sama atau mirip dengan foto “%(name)s”, %(shop)s") % words
    return _("Foto “%(own)s” sama atau mirip dengan foto %(count)d barang toko lain") % {
        "own": own,
        "count": len(pictures),
    }


def _named(pictures: list[AlikePhoto]) -> list[dict[str, str]]:
    """Its own picture, and the goods with the same, for a curator, who may open all goods."""
    if not pictures:
        return []
    return [
        {"name": _("Barang ini"), "url": "", "shown": thumbnail(pictures[0].own.small)},
        *(
            {
                "name": f"{one.twin.product.name}, {one.twin.product.seller.name}",
                "url": _page_of(one.twin.product_id),
                "shown": thumbnail(one.twin.small),
            }
            for one in pictures
        ),
    ]


def _goods(product: Product) -> dict[str, str]:
    """For a curator, who may open all goods."""
    shown = thumbnail(product.picture) if product.picture else ""
    return {"name": f"{product.name}, {product.get_state_display()}", "url": _page_of(product.pk), "shown": shown}


def _page_of(pk: int) -> str:
    return reverse("admin:umkm_product_change", args=[pk])


def facts(product: Product) -> list[tuple[str, str]]:
    """Label and value of what the seller states about a product."""
    category = product.category
    unit = Unit(product.unit)
    halal = [_("Dinyatakan halal") if product.is_halal else "–", product.halal_number]
    variant = zip(product.group.titles, (product.option_1, product.option_2), strict=False) if product.group else []
    rows = [
        *((title, value or "–") for title, value in variant),
        (_("Harga"), f"{rupiah(product.price)} / {product.get_unit_display()}"),
        *([(_("Harga grosir"), words_of(unit, product.tiers))] if product.tiers else []),
        (_("Kategori"), f"{category.parent.title}: {category.title}" if category.parent else category.title),
        (_("Pesanan paling sedikit"), unit.counted(product.minimum)),
        (_("Kelipatan"), unit.counted(product.step)),
        _stock(product),
        (_("Siap dalam"), ready_in(product.lead_days)),
        (_("Jam batas pesan"), clock_words(cut_off) if (cut_off := cut_off_of(product)) else "–"),
        (_("Jenis makanan"), product.get_food_kind_display()),
        (_("Daya tahan"), product.get_keeps_display()),
        (_("Halal"), " · ".join(word for word in halal if word)),
        ("P-IRT", product.pirt_number),
        (pgettext("barang", "Keterangan"), product.description or "–"),
    ]
    return [(label, value) for label, value in rows if label != "P-IRT" or value]


def _stock(product: Product) -> tuple[str, str]:
    unit = Unit(product.unit)
    if product.stock_mode == StockMode.DAILY and product.daily_capacity is not None:
        return _("Sanggup dibuat per hari"), unit.counted(product.daily_capacity)
    return _("Sisa"), unit.counted(product.on_hand)
