"""Which paper that goods rest on has ended. A paper holds through its last day. Pure over loaded rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from epeken.core.i18n.times import full_date
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, Keeps
from umkm.sellers import identifiers
from umkm.validity import rules
from umkm.verification.models import SellerDocument
from umkm.verification.states import SellerDocumentKind

HIDES = {
    SellerDocumentKind.NIB: rules.NIB_HIDES,
    SellerDocumentKind.PIRT: rules.PIRT_HIDES,
    SellerDocumentKind.HALAL: rules.HALAL_HIDES,
}
Papers = Mapping[str, SellerDocument]  # a shop's current ones of `HIDES`, by kind


@dataclass(frozen=True)
class Ended:
    kind: SellerDocumentKind
    last_day: date

    @property
    def words(self) -> str:
        return _("%(paper)s berakhir %(day)s. Ajukan yang baru; barang ini tampil lagi sesudah diperiksa.") % {
            "paper": self.kind.label,
            "day": full_date(self.last_day),
        }


def papers_of(documents: list[SellerDocument]) -> dict[str, SellerDocument]:
    """Of a shop's current documents, those that end."""
    return {one.kind: one for one in documents if one.kind in HIDES and one.expires_on is not None}


def ended_for(product: Product, papers: Papers, day: date) -> Ended | None:
    """The paper without which the goods may not be sold on `day`, by the rules of that day."""
    for kind, rule in HIDES.items():
        if not rule.on(day):
            continue
        last = _last_day(kind, product, papers)
        if last is not None and last < day:
            return Ended(kind, last)
    return None


def _last_day(kind: SellerDocumentKind, product: Product, papers: Papers) -> date | None:
    """None: the goods do not rest on a paper of this kind that is known to end."""
    paper = papers.get(kind)
    shops = paper.expires_on if paper is not None else None
    if kind == SellerDocumentKind.NIB:
        return shops
    if kind == SellerDocumentKind.HALAL:
        return shops if product.halal_number and _is_of(product.halal_number, paper) else None
    own = pirt_end(product.pirt_number)
    if own is not None:
        # The number on the goods says itself when it ends; the shop's paper of the same number may say it sooner.
        is_the_shops = paper is not None and paper.number and _is_of(product.pirt_number, paper)
        return min(own, shops) if shops is not None and is_the_shops else own
    return shops if needs_pirt(product) else None


def pirt_end(number: str) -> date | None:
    """The last day of the year that a P-IRT number names."""
    pirt = identifiers.read_pirt(number) if number else None
    return date(pirt.ends, 12, 31) if pirt is not None else None


def _is_of(number: str, paper: SellerDocument | None) -> bool:
    """Whether the goods' number is that of the shop's paper; a paper without a number stands for all of them."""
    return paper is not None and (not paper.number or is_number_of(number, paper))


def is_number_of(number: str, paper: SellerDocument) -> bool:
    """Whether the goods bear the very number of the paper, whatever stands between its signs."""
    return _bare(number) == _bare(paper.number)


def _bare(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())


def needs_pirt(product: Product) -> bool:
    """Packed food that keeps; food ready to eat and what is no food need none (DOMAIN: sellers)."""
    return product.category.is_food and product.food_kind == FoodKind.NONE and product.keeps == Keeps.DRY
