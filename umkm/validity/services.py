"""Goods leave the shelf when a paper or a requirement they rest on has ended, and are back when it is met again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from epeken.core import clock
from epeken.core.services import service
from epeken.core.states import move
from epeken.core.sweeps import sweep
from umkm.catalogue.models import Product
from umkm.catalogue.states import ProductState
from umkm.requirements.lapses import Lapses, lapses_of, shops_to_follow
from umkm.sellers.models import Seller
from umkm.sellers.states import RUNNING, SellerState
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.policies import leaves_none
from umkm.validity import notices, periods, rules
from umkm.verification.models import SellerDocument

WATCHED = (ProductState.PUBLISHED, ProductState.LAPSED)


@service
def follow_papers(*, seller: Seller, now: datetime) -> int:
    """Of the shop's goods those whose paper ended are off the shelf, those that lapsed and have one again are on it.

    Returns how many changed. Locks: Product.
    """
    day = clock.local_date(now)
    grounds = grounds_of(seller, day)
    goods = Product.objects.filter(seller=seller, state__in=WATCHED).select_related("category").order_by("pk")
    wrong = [product.pk for product in goods.iterator(chunk_size=500) if _is_wrong(product, grounds, day)]
    moved = [_follow(product, now) for product in Product.objects.filter(pk__in=wrong).locked()]
    notices.goods_lapsed(seller, [one for one in moved if one.state == ProductState.LAPSED], now=now)
    notices.goods_back(seller, [one for one in moved if one.state == ProductState.PUBLISHED], now=now)
    return len(moved)


@service
def follow_product(*, product: Product, now: datetime) -> None:
    """`follow_papers` for one of the goods, just judged by a curator. Locks: Product (held by the caller)."""
    day = clock.local_date(now)
    if product.state in WATCHED and _is_wrong(product, grounds_of(product.seller, day), day):
        _follow(product, now)
        if product.state == ProductState.LAPSED:
            notices.goods_lapsed(product.seller, [product], now=now)


@dataclass(frozen=True)
class Grounds:
    """What the goods of a shop rest on: its papers that end, and the requirements it does not meet."""

    papers: periods.Papers
    lapses: Lapses = ()


def grounds_of(seller: Seller, day: date) -> Grounds:
    """What the shop's goods rest on, on the day. Three queries where no requirement is watched."""
    papers = periods.papers_of(list(seller.documents.current().filter(expires_on__isnull=False)))
    return Grounds(papers, lapses_of(seller, day))


def lapsed_words(product: Product, grounds: Grounds, day: date) -> str:
    """Why the goods may not be sold on the day, in the reader's language; "" when nothing keeps them off the shelf."""
    ended = periods.ended_for(product, grounds.papers, day)
    if ended is not None:
        return ended.words
    return next((lapse.words for lapse in grounds.lapses if lapse.is_of(product)), "")


def _is_wrong(product: Product, grounds: Grounds, day: date) -> bool:
    ended = bool(lapsed_words(product, grounds, day))
    return ended == (product.state == ProductState.PUBLISHED)


def _follow(product: Product, now: datetime) -> Product:
    move(product, "lapse" if product.state == ProductState.PUBLISHED else "renew", actor=None, now=now)
    return product


def watch(*, now: datetime) -> int:
    """Every night: what ends soon is announced, once for each of the days of the rules; what ended is acted on. Each
    shop by itself. Returns how many shops were followed."""
    day = clock.local_date(now)
    days = sorted(rule.on(day) for rule in rules.NOTICES)
    last = day + timedelta(days=max(days))
    ending = SellerDocument.objects.current().filter(kind__in=periods.HIDES, seller__state=SellerState.ACTIVE)
    for paper in ending.filter(expires_on__gte=day, expires_on__lte=last).select_related("seller"):
        assert paper.expires_on is not None
        notices.paper_ends(paper, days=told_at((paper.expires_on - day).days, days), now=now)
    # Of tax papers the end is told and nothing more: goods rest on none, and invoices ask for the day themselves.
    taxing = TaxPaper.objects.ending(day, last).filter(seller__state__in=RUNNING)
    for taxed in taxing.select_related("seller").prefetch_related("seller__tax_papers"):
        if taxed.valid_until is None or not leaves_none(taxed, taxed.seller.tax_papers.all()):
            continue
        notices.tax_paper_ends(taxed, days=told_at((taxed.valid_until - day).days, days), now=now)
    numbered = Product.objects.filter(state__in=WATCHED, seller__state=SellerState.ACTIVE).exclude(pirt_number="")
    for seller, number in _ending_numbers(numbered.values_list("seller_id", "pirt_number").distinct(), day, last):
        end = periods.pirt_end(number)
        assert end is not None
        notices.number_ends(seller, number, end, days=told_at((end - day).days, days), now=now)
    return sweep(
        Seller.objects.active().filter(pk__in=_shops_to_follow(day)).order_by("pk"),
        lambda shop: follow_papers(seller=shop, now=now),
        failure="Papers of shop %s could not be followed",
        most=None,
    )


def told_at(left: int, days: list[int]) -> int:
    """The nearest of the days of the rules that is reached: a night that was missed is made up for."""
    return next(one for one in days if left <= one)


def _ending_numbers(pairs: Iterable[tuple[int, str]], day: date, last: date) -> list[tuple[Seller, str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for seller, number in pairs:
        end = periods.pirt_end(number)
        if end is not None and day <= end <= last:
            found[seller].add(number)
    shops = Seller.objects.in_bulk(found)
    return [(shops[pk], number) for pk, numbers in sorted(found.items()) for number in sorted(numbers)]


def _shops_to_follow(day: date) -> set[int]:
    """Shops with a paper or a number that has ended, with goods that lapsed, or with a requirement to look at."""
    over = SellerDocument.objects.current().filter(kind__in=periods.HIDES, expires_on__lt=day)
    lapsed = Product.objects.filter(state=ProductState.LAPSED)
    numbered = Product.objects.filter(state=ProductState.PUBLISHED).exclude(pirt_number="")
    ended = {
        seller
        for seller, number in numbered.values_list("seller_id", "pirt_number").distinct()
        if (end := periods.pirt_end(number)) is not None and end < day
    }
    papers = {*over.values_list("seller_id", flat=True), *lapsed.values_list("seller_id", flat=True), *ended}
    return papers | shops_to_follow(day)


def reason_of(product: Product, day: date) -> str:
    """`lapsed_words` of one of the goods, read here."""
    return lapsed_words(product, grounds_of(product.seller, day), day)
