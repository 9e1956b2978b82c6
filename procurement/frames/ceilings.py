"""Whether the highest price a frame allows stands far above what the city's standard and the market say of its goods.

What a frame allows is bought without another approval, so who proposes such a price says why, and the head reads both
before signing. The limits are those of a request: no price above the standard of the day, and none above the red limit
of the market (`market.red_above`). Nothing is written here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from procurement.frames.models import FrameGoods
from procurement.frames.states import CeilingBasis
from umkm.catalogue.models import Category
from umkm.catalogue.states import Unit
from umkm.market_prices import references, rules
from umkm.market_prices.references import Points, PriceLevel
from umkm.price_standards.models import StandardPrice
from umkm.price_standards.standards import standards_of, standards_of_kinds


@dataclass(frozen=True)
class Excess:
    """`reference`: what the ceiling stands above, whole rupiah of one unit; None where the market has no price."""

    basis: CeilingBasis
    reference: int | None


def excesses(goods: Sequence[FrameGoods], day: date) -> list[Excess | None]:
    """Of each row, with its category and product; None where its price is no news. Six queries at most.

    A row for a category is for all below it: it is judged by the goods that bear the highest price, since the ceiling
    has to be high enough for them.
    """
    below: dict[int, list[Category]] = defaultdict(list)
    for category in Category.objects.filter(parent__in=[row.category_id for row in goods if row.product is None]):
        below[category.parent_id or 0].append(category)
    kinds = {
        (category, row.unit)
        for row in goods
        for category in [row.category, *(below[row.category_id] if row.product is None else ())]
    }
    points = references.points_of({(category.pk, unit) for category, unit in kinds}, day)
    standards = standards_of_kinds(kinds, day)
    own = standards_of([row.product for row in goods if row.product is not None], day)
    return [_excess(row, below[row.category_id], points, standards, own, day) for row in goods]


def _excess(
    row: FrameGoods,
    below: Iterable[Category],
    points: Mapping[references.Goods, Points],
    standards: dict[tuple[int, str], StandardPrice],
    own: dict[int, StandardPrice],
    day: date,
) -> Excess | None:
    limit, product = row.price_limit, row.product
    if product is not None:
        asked = references.others_of(product, points.get((product.category_id, product.unit), []))
        found = _judged(limit, own.get(product.pk), asked, day)
        if found is not None and found.basis == CeilingBasis.NONE:
            return _above(limit, product.price, CeilingBasis.OWN, day)
        return found
    every = [(category.pk, row.unit) for category in (row.category, *below)]
    sold = [kind for kind in every if kind in points or kind in standards]
    judged = [_judged(limit, standards.get(kind), points.get(kind, []), day) for kind in sold]
    if any(excess is None for excess in judged):
        return None
    told = [excess for excess in judged if excess is not None]
    return max(told, key=lambda excess: excess.reference or 0, default=Excess(CeilingBasis.NONE, None))


def _judged(limit: int, standard: StandardPrice | None, points: Points, day: date) -> Excess | None:
    if standard is not None and not standard.allows(limit):
        return Excess(CeilingBasis.STANDARD, standard.per_unit)
    market = references.market_of(points, day)
    if market is not None:
        is_red = market.level(limit, day) == PriceLevel.RED
        return Excess(CeilingBasis.MARKET, market.median) if is_red else None
    if standard is not None:
        return None
    if not points:
        return Excess(CeilingBasis.NONE, None)
    return _above(limit, max(price for _owner, price in points), CeilingBasis.FEW, day)


def _above(limit: int, reference: int, basis: CeilingBasis, day: date) -> Excess | None:
    return Excess(basis, reference) if limit > reference * (1 + rules.RED_ABOVE.on(day)) else None


def sentences(goods: Iterable[FrameGoods]) -> Iterator[str]:
    """What the proposer and the head are told of each row that says `basis`."""
    for row in goods:
        if row.basis:
            yield sentence(row)


def sentence(row: FrameGoods) -> str:
    words = {
        "goods": row.product.name if row.product else row.category.title,
        "unit": Unit(row.unit).label,
        "limit": rupiah(row.price_limit),
    }
    if row.reference is None:
        text = _("%(goods)s: paling tinggi %(limit)s per %(unit)s, dan belum ada harga di pasar untuk dibandingkan.")
        return text % words
    told = {
        CeilingBasis.STANDARD: _("standar harga kota paling tinggi %(reference)s"),
        CeilingBasis.MARKET: _("harga tengah di pasar %(reference)s"),
        # Of each owner the middle of its prices counts: single goods may be dearer.
        CeilingBasis.FEW: _("harga tengah pemilik yang termahal di pasar %(reference)s"),
        CeilingBasis.OWN: _("harga barang itu sekarang %(reference)s"),
    }
    words["what"] = told[CeilingBasis(row.basis)] % {"reference": rupiah(row.reference)}
    words["more"] = rupiah(row.price_limit - row.reference)
    text = _("%(goods)s: paling tinggi %(limit)s per %(unit)s, sedangkan %(what)s. Lebihnya %(more)s tiap satuan.")
    return text % words
