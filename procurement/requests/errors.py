"""Refusals of requests that carry more than a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.i18n.words import rupiah


@dataclass(frozen=True)
class PriceNews:
    """What a line (or a seller's delivery) costs now and cost when it was put in."""

    name: str
    old: int
    new: int

    @property
    def sentence(self) -> str:
        return _("%(name)s: %(old)s menjadi %(new)s") % {
            "name": self.name,
            "old": rupiah(self.old),
            "new": rupiah(self.new),
        }


@dataclass(frozen=True)
class MethodNews:
    """A shop began or stopped delivering since its goods were put in."""

    name: str
    delivers: bool

    @property
    def sentence(self) -> str:
        words = _("%(name)s sekarang mengantar") if self.delivers else _("%(name)s tidak mengantar lagi")
        return words % {"name": self.name}


class PricesChanged(RuleBroken):
    """Prices moved since the goods were put in; nothing was sent. `news` says which, and the new price;
    `before_sending` says so of a draft that nobody tried to send."""

    code = "price_changed"

    def __init__(self, news: Sequence[PriceNews | MethodNews]) -> None:
        self.news = list(news)
        words = {"news": "; ".join(item.sentence for item in self.news)}
        self.before_sending = _("Harga berubah sejak barang dipilih: %(news)s. Periksa sebelum mengirim.") % words
        super().__init__(
            _("Harga berubah sejak barang dipilih: %(news)s. Periksa jumlahnya, lalu kirim sekali lagi.") % words
        )


class OwnShop(NotAllowed):
    """The officer is tied to a seller of the purchase; another one takes over."""

    code = "own_shop"

    def __init__(self, shop: object) -> None:
        super().__init__(
            _("Anda pengurus %(shop)s atau toko lain pemiliknya, jadi pembelian ini ditangani pejabat lain.")
            % {"shop": shop}
        )


class SamePerson(NotAllowed):
    """One person may not hold two sides of one purchase."""

    code = "same_person"
