"""What differs between two versions of goods, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from epeken.core import editing
from epeken.core.i18n.messages import in_each, in_this
from epeken.core.i18n.times import clock_words
from epeken.core.i18n.words import rupiah
from umkm.catalogue.checks import PROPOSED
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.states import FoodKind, Keeps, ProposalState, StockMode, Unit
from umkm.catalogue.tiers import words_of


def ready_in(days: int) -> str:
    return ngettext("%(n)s hari", "%(n)s hari", days) % {"n": days} if days else _("hari itu juga")


def proposed_changes(proposal: ChangeProposal, product: Product) -> list[dict[str, str]]:
    """What would change (`name label old new`); `product` as it is now."""
    old = {name: getattr(product, name) for name in PROPOSED}
    return changes(Unit(product.unit), old, {name: getattr(proposal, name) for name in PROPOSED})


def kept_changes(proposal: ChangeProposal, product: Product) -> dict[str, list[dict[str, str]]]:
    """`proposed_changes` at the decision, in each language: what is on show moves on afterwards."""
    return in_each(lambda: proposed_changes(proposal, product))


def shown_changes(proposal: ChangeProposal, product: Product) -> list[dict[str, str]]:
    """What would change, or what was proposed when it was decided."""
    if proposal.state == ProposalState.WAITING:
        return proposed_changes(proposal, product)
    return in_this(proposal.decided_changes) if proposal.decided_changes else []


def changes(unit: Unit, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    """`name label old new` of the fields of goods that are in both and differ."""
    words: dict[str, tuple[str, Callable[[Any], str]]] = {
        "name": (_("Nama"), str),
        "option_1": (_("Pilihan varian"), str),
        "option_2": (_("Pilihan varian kedua"), str),
        "category": (_("Kategori"), lambda category: category.title),
        "price": (_("Harga"), rupiah),
        "tiers": (_("Harga grosir"), lambda tiers: words_of(unit, tiers)),
        "unit": (_("Satuan"), lambda unit: str(Unit(unit).label)),
        "stock_mode": (_("Cara menghitung sisa"), lambda mode: str(StockMode(mode).label)),
        "daily_capacity": (_("Sanggup dibuat per hari"), unit.counted),
        "minimum": (_("Pesanan paling sedikit"), unit.counted),
        "step": (_("Kelipatan"), unit.counted),
        "lead_days": (_("Siap dalam"), ready_in),
        "order_until": (_("Jam batas pesan"), clock_words),
        "food_kind": (_("Jenis makanan"), lambda kind: str(FoodKind(kind).label)),
        "keeps": (_("Daya tahan"), lambda keeps: str(Keeps(keeps).label)),
        "is_halal": (_("Halal"), lambda halal: _("Dinyatakan halal") if halal else ""),
        "halal_number": (_("Nomor sertifikat halal"), str),
        "pirt_number": (_("Nomor P-IRT"), str),
        "description": (pgettext("barang", "Keterangan"), str),
    }
    return [
        {"name": name, "label": label, "old": _told(told, old[name]), "new": _told(told, new[name])}
        for name, (label, told) in words.items()
        if name in old and name in new and not editing.is_same(old[name], new[name])
    ]


def _told(words: Callable[[Any], str], value: Any) -> str:
    return ("" if value is None else words(value)) or "–"
