"""What a seller reads of the price of goods: what others ask, what the city's offices pay at most, and how theirs
stands to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from umkm.catalogue import checks
from umkm.catalogue.findings import MESSAGES
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit
from umkm.market_prices.references import MarketPrice, reference_of
from umkm.price_standards.standards import standards_for, standards_of, words_of
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class PriceNotes:
    """`warnings`: why an office may not simply buy it, and that a price is far from the usual. `usual`: what holds
    where the price passes nothing."""

    warnings: list[str]
    usual: list[str]


def price_notes(product: Product, day: date) -> PriceNotes:
    """Three queries."""
    market, (standard, other) = reference_of(product, day), standards_for(product, day)
    found = [checks.standard_finding(product, standard, other), checks.market_finding(product, market, day)]
    usual = [
        _standard_words(standard, product.unit) if standard is not None and found[0] is None else "",
        _market_words(market, product.category, product.unit) if market is not None and found[1] is None else "",
    ]
    language = get_language() or ""
    warnings = [MESSAGES.words(one.code, one.parameters, language) for one in found if one]
    return PriceNotes(warnings, [text for text in usual if text])


def usual_prices(seller: Seller, category: Category, unit: str, day: date) -> list[str]:
    """Of goods that are about to be offered. Three queries."""
    asked = Product(seller=seller, category=category, unit=unit, price=0)
    market, standard = reference_of(asked, day), standards_of([asked], day).get(asked.pk)
    found = [
        _standard_words(standard, unit) if standard is not None else "",
        _market_words(market, category, unit) if market is not None else "",
    ]
    return [text for text in found if text]


def _market_words(market: MarketPrice, category: Category, unit: str) -> str:
    return _(
        "Harga tengah %(owners)d penjual lain untuk %(goods)s: %(median)s per %(unit)s (separuhnya %(low)s sampai "
        "%(high)s)."
    ) % {
        "owners": market.owners,
        "goods": category.title,
        "unit": Unit(unit).label,
        **{name: rupiah(getattr(market, name)) for name in ("median", "low", "high")},
    }


def _standard_words(row: Any, unit: str) -> str:
    words = words_of(row)
    return _(
        "Standar harga kota untuk %(standard)s: %(limit)s per %(unit)s (%(decree)s). Di atasnya dinas hanya membeli "
        "dengan alasan."
    ) % {**words, "limit": rupiah(words["limit"]), "unit": Unit(unit).label}
