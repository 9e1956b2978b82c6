"""What the curator reads of a product, and is warned of."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core.i18n.times import clock_words
from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.ui import media
from umkm.catalogue.changed import ready_in
from umkm.catalogue.checks import CheckedFinding
from umkm.catalogue.findings import MESSAGES, label_of
from umkm.catalogue.models import Product, ProductPhoto
from umkm.catalogue.policies import cut_off_of
from umkm.catalogue.states import StockMode, Unit
from umkm.findings import CheckResult, Finding


def findings(rows: list[CheckedFinding], language: str) -> list[dict[str, Any]]:
    """What stops an approval first, then what wants a look; as `umkm/verification/pages.py` tells a verifier."""
    order = {CheckResult.FAIL: 0, CheckResult.WARN: 1}
    return [
        {
            "key": row.key,
            "label": _label(row.finding),
            "named": _named(row.finding),
            "result": row.finding.result,
            "is_final": row.finding.result == CheckResult.FAIL,
            "word": CheckResult(row.finding.result).label,
            "text": MESSAGES.words(row.finding.code, row.finding.parameters, language),
            "who": row.check.acknowledged_by if row.check else None,
            "when": row.check.acknowledged_at if row.check else None,
        }
        for row in sorted(rows, key=lambda row: order[CheckResult(row.finding.result)])
    ]


def _label(finding: Finding) -> str:
    """Goods that are named tell findings of one check apart; they are others than those judged."""
    twin = finding.named
    if not isinstance(twin, ProductPhoto):
        return label_of(finding.code)
    return _("Foto seperti “%(name)s”, %(shop)s") % {"name": twin.product.name, "shop": twin.product.seller.name}


def _named(finding: Finding) -> list[dict[str, str]]:
    """The goods with the same picture, for a curator, who may open all goods."""
    twin = finding.named
    if not isinstance(twin, ProductPhoto):
        return []
    name = f"{twin.product.name}, {twin.product.seller.name}"
    return [
        {
            "name": name,
            "url": reverse("admin:umkm_product_change", args=[twin.product_id]),
            "shown": media(twin.small),
        }
    ]


def facts(product: Product) -> list[tuple[str, str]]:
    """Label and value of what the seller states about a product."""
    category = product.category
    unit = Unit(product.unit)
    halal = [_("Dinyatakan halal") if product.is_halal else "–", product.halal_number]
    variant = zip(product.group.titles, (product.option_1, product.option_2), strict=False) if product.group else []
    rows = [
        *((title, value or "–") for title, value in variant),
        (_("Harga"), f"{rupiah(product.price)} / {product.get_unit_display()}"),
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
