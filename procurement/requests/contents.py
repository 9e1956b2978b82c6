"""What a request holds, read once: goods by seller, room left this month, sellers compared. Nothing is written here."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, reduce
from hashlib import sha256
from operator import or_

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import require
from procurement.requests import policies, rules
from procurement.requests.errors import MethodNews, PriceNews
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.sourcing.models import Comparison
from umkm.catalogue.feasibility import Fault, room_faults
from umkm.catalogue.models import Product
from umkm.owners.services import Room, rooms_of
from umkm.sellers.models import Seller

# Of a seller only what a page shows is read: nothing personal is decrypted.
PERSONAL = ("nik", "npwp", "bank_account")


@dataclass(frozen=True)
class SellerPart:
    """One seller's share of the request."""

    seller: Seller
    lines: list[RequestLine]
    delivery_cost: int
    is_delivered: bool
    room: Room

    @property
    def kept(self) -> list[RequestLine]:
        return [line for line in self.lines if line.dropped_at is None]

    @property
    def goods(self) -> int:
        return sum(line.amount for line in self.kept)

    @property
    def total(self) -> int:
        """What the seller's surat pesanan would say: nothing when every line was dropped."""
        return self.goods + self.delivery_cost if self.kept else 0

    @property
    def fee_now(self) -> int:
        return self.seller.delivery_price

    @property
    def method_is_gone(self) -> bool:
        """The shop no longer brings (or no longer hands out) what the requester saw brought (or fetched)."""
        return not (self.seller.offers_delivery if self.is_delivered else self.seller.offers_pickup)


@dataclass(frozen=True)
class ComparedGoods:
    """Goods of one category and unit, beside the offers of the same goods that were looked at and not chosen."""

    lines: list[RequestLine]
    offers: list[Comparison]
    sellers: int  # owners not chosen who sell the same today
    asked: int  # owners not chosen whom the amount of the request asks for

    @property
    def name(self) -> str:
        product = self.lines[0].product
        return _("%(category)s per %(unit)s") % {"category": product.category, "unit": product.get_unit_display()}

    @cached_property
    def chosen(self) -> set[int | None]:
        return {line.seller.owner_id for line in self.lines}

    @cached_property
    def owners(self) -> set[int | None]:
        """Looked at and not chosen: two sellers of one purchase are no comparison, two shops of one owner are one."""
        return {row.seller.owner_id for row in self.offers} - self.chosen

    @property
    def needed(self) -> int:
        """As many as the amount asks for; where fewer sell the same, all of them."""
        return min(self.asked, self.sellers)

    @property
    def is_compared(self) -> bool:
        return len(self.owners) >= self.needed

    @property
    def cheaper(self) -> list[Comparison]:
        """Offers below the dearest of the chosen."""
        dearest = max(line.price for line in self.lines)
        return [row for row in self.offers if row.price < dearest]


@dataclass(frozen=True)
class RequestContents:
    parts: list[SellerPart]
    comparisons: list[Comparison]
    two_above: int
    three_above: int
    sellers: dict[tuple[int, str], int]  # by goods: owners not chosen who sell them today; read when asked for

    @cached_property
    def lines(self) -> list[RequestLine]:
        return [line for part in self.parts for line in part.lines]

    @cached_property
    def kept(self) -> list[RequestLine]:
        return [line for part in self.parts for line in part.kept]

    @cached_property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def asked(self) -> int:
        """Owners to be looked at and not chosen, for each of the goods; 0 means no comparison is asked for.

        Source: SIPLah's comparison rule, kept as dated data.
        """
        return asked_for(self.total, two_above=self.two_above, three_above=self.three_above)

    @cached_property
    def compared(self) -> list[ComparedGoods]:
        """All that is wanted, by goods, those of the most money first."""
        found = [
            ComparedGoods(
                lines=lines,
                offers=[row for row in self.comparisons if goods_of(row.product) == goods],
                sellers=self.sellers.get(goods, 0),
                asked=self.asked,
            )
            for goods, lines in _by_goods(self.kept).items()
        ]
        return sorted(found, key=lambda goods: -sum(line.amount for line in goods.lines))

    @cached_property
    def full(self) -> dict[int, Fault]:
        """By seller pk: what the owner may not sell this month, over all its shops of the request."""
        return room_faults({part.seller: part.total for part in self.parts}, {p.seller.pk: p.room for p in self.parts})

    @cached_property
    def news(self) -> list[PriceNews | MethodNews]:
        """Prices, delivery costs and ways of delivery that moved since the goods were put in."""
        moved: list[PriceNews | MethodNews] = [
            PriceNews(line.name, line.price, line.product.price)
            for line in self.kept
            if line.price != line.product.price
        ]
        return (
            moved
            + [
                PriceNews(part.seller.name, part.delivery_cost, part.fee_now)
                for part in self.parts
                if part.delivery_cost != part.fee_now
            ]
            + [
                MethodNews(part.seller.name, part.seller.offers_delivery)
                for part in self.parts
                if part.is_delivered != part.seller.offers_delivery
            ]
        )

    @property
    def shown(self) -> str:
        """A digest of what a page shows and a decision rests on: quantities, prices, costs, ways of delivery."""
        goods = [(line.pk, f"{line.quantity:.3f}", line.price, line.amount) for line in self.kept]
        costs = [(part.seller.pk, part.delivery_cost, part.is_delivered) for part in self.parts if part.kept]
        return sha256(repr((sorted(goods), sorted(costs))).encode()).hexdigest()


def check_shown(held: RequestContents, shown: str | None) -> None:
    """Raises RuleBroken `request_changed` when the page that posts showed something else. None: no page showed it."""
    require(
        shown is None or shown == held.shown,
        _("Isi permintaan berubah sejak halaman ini dibuka. Periksa barang dan jumlahnya, lalu kirim sekali lagi."),
        code="request_changed",
    )


def asked_for(total: int, *, two_above: int, three_above: int) -> int:
    if total > three_above:
        return 3
    return 2 if total > two_above else 0


def goods_of(product: Product) -> tuple[int, str]:
    """What may be compared by price: the same category in the same unit."""
    return product.category_id, product.unit


def offered_elsewhere(lines: list[RequestLine]) -> Q:
    """The same goods as these lines, which are all of one category and unit, from owners not chosen for them."""
    category, unit = goods_of(lines[0].product)
    owners = {line.seller.owner_id for line in lines} - {None}
    return Q(category=category, unit=unit) & ~Q(seller__owner__in=owners)


def _by_goods(lines: list[RequestLine]) -> dict[tuple[int, str], list[RequestLine]]:
    found: dict[tuple[int, str], list[RequestLine]] = defaultdict(list)
    for line in lines:
        found[goods_of(line.product)].append(line)
    return found


def kind_of(product: Product) -> int:
    """Goods are of one kind when their categories share a parent."""
    return product.category.parent_id or product.category_id


def read(request: PurchaseRequest, now: datetime) -> RequestContents:
    """Six queries whatever the number of lines, one more above the amount from which offers are compared, and one more
    while the request holds cap room.

    Sellers in the order in which their first line was put in.
    """
    day = clock.local_date(now)
    lines = list(
        request.lines.select_related(
            "product__category", "product__seller", "seller__kelurahan", "seller__food_court"
        ).defer(
            *(f"{path}__{name}" for path in ("seller", "product__seller") for name in PERSONAL), "product__description"
        )
    )
    rows = {row.seller_id: row for row in request.sellers.all()}
    by_seller: dict[int, list[RequestLine]] = {}
    for line in lines:
        by_seller.setdefault(line.seller_id, []).append(line)
    sellers = [wanted[0].seller for wanted in by_seller.values()]
    comparisons = list(
        request.comparisons.select_related("product__category", "seller__kelurahan", "seller__food_court").defer(
            *(f"seller__{name}" for name in PERSONAL), "product__description"
        )
    )
    rooms = _rooms(request, sellers, day) if sellers else {}
    parts = [
        SellerPart(
            seller=wanted[0].seller,
            lines=wanted,
            delivery_cost=rows[seller_id].delivery_cost if seller_id in rows else 0,
            is_delivered=rows[seller_id].is_delivered if seller_id in rows else wanted[0].seller.offers_delivery,
            room=rooms[seller_id],
        )
        for seller_id, wanted in by_seller.items()
    ]
    two_above, three_above = rules.TWO_ABOVE.on(day), rules.THREE_ABOVE.on(day)
    total = sum(part.total for part in parts)
    asks = asked_for(total, two_above=two_above, three_above=three_above) > 0
    return RequestContents(
        parts=parts,
        comparisons=comparisons,
        two_above=two_above,
        three_above=three_above,
        sellers=_other_owners([line for part in parts for line in part.kept]) if asks else {},
    )


def _rooms(request: PurchaseRequest, sellers: list[Seller], day: date) -> dict[int, Room]:
    """In the month of `day`, or in that of the hold: there its room was taken."""
    if policies.holds(request) and request.submitted_at is not None:
        return rooms_of(sellers, clock.local_date(request.submitted_at), held_by=request.number)
    return rooms_of(sellers, day)


def _other_owners(lines: list[RequestLine]) -> dict[tuple[int, str], int]:
    """How many owners sell the goods of these lines today without being chosen for them. One query."""
    rows = (
        Product.objects.for_sale()
        .filter(reduce(or_, [offered_elsewhere(same) for same in _by_goods(lines).values()]))
        .order_by()
        .values_list("category_id", "unit")
        .annotate(Count("seller__owner", distinct=True))
    )
    return {(category, unit): owners for category, unit, owners in rows}
