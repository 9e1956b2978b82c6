"""Which goods a page offers in a list of several shops, and whether sending it counts as attention for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import NamedTuple

from crawleruseragents import is_crawler
from django.http import HttpRequest, HttpResponse

from umkm.catalogue.models import Product
from umkm.discovery.places import Place
from umkm.exposure import buffer
from umkm.sellers.policies import own_shops

FIRST = 1000  # the weight of a first place
_ATTRIBUTE = "exposure"


class Impression(NamedTuple):
    """One card. `weight`: of its place, in thousandths of a first one."""

    seller: int
    category: int
    weight: int


@dataclass(frozen=True)
class Impressions:
    """The cards of one page. `kecamatan`: where it was looked for, '' in the whole city."""

    kecamatan: str
    cards: tuple[Impression, ...]


def place_weight(place: int) -> int:
    """How much attention the `place`-th card of a list gets, in thousandths of the first: 1 / log2(1 + place), the
    discount of DCG.

    Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20 (2002); used for
    exposure by Singh and Joachims, "Fairness of Exposure in Rankings", KDD 2018.
    """
    return round(FIRST / log2(1 + place))


def looked_for_in(kecamatan: str, place: Place | None) -> str:
    """The kecamatan a list is about: the one that was chosen, else the visitor's."""
    return kecamatan or (place.kecamatan if place else "")


def impressions_of(goods: Iterable[Product], *, kecamatan: str, before: int = 0) -> Impressions:
    """Goods in the order of their list. `before`: how many stand before them, at least."""
    return Impressions(
        kecamatan,
        tuple(
            Impression(product.seller_id, product.category_id, place_weight(place))
            for place, product in enumerate(goods, before + 1)
        ),
    )


def offering(response: HttpResponse, impressions: Impressions) -> HttpResponse:
    """The answer, which bears what it offers until it is sent (`offered_by`)."""
    setattr(response, _ATTRIBUTE, impressions)
    return response


def offered_by(response: HttpResponse) -> Impressions | None:
    return getattr(response, _ATTRIBUTE, None)


def count(request: HttpRequest, offered: Impressions | None) -> None:
    """The page goes to this visitor. A robot sees nothing, a page that a browser fetches before anybody asks for it is
    not seen yet, and people of a shop do not count for it. Waits for nothing and never raises."""
    if offered is None or not offered.cards or _is_machine(request):
        return
    own = {shop.pk for shop in own_shops(request.user)} if request.user.is_authenticated else set()
    buffer.exposure.add(offered.kecamatan, (card for card in offered.cards if card.seller not in own))


def _is_machine(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")[:400]
    early = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return not agent or "prefetch" in early or _is_robot(agent)


@lru_cache(2000)
def _is_robot(agent: str) -> bool:
    return bool(is_crawler(agent))
