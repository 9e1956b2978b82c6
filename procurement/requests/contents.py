"""What a request holds, read once: goods by seller, and room left this month. Nothing is written here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import require
from procurement.budgets import charges
from procurement.budgets.charges import Charge, Charges
from procurement.budgets.models import BudgetLine
from procurement.requests import policies, rules
from procurement.requests.errors import MethodNews, PriceNews
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.unfilled import gone_without
from procurement.schedules import reading as schedules
from umkm.catalogue.feasibility import Fault, room_faults
from umkm.catalogue.models import Product
from umkm.market_prices.references import MarketPrice, PriceLevel, references_of
from umkm.owners.services import Room, rooms_of
from umkm.price_standards.standards import Standards, standards_with_others
from umkm.sellers.models import Seller

# Of a seller only what a page shows is read: nothing personal is decrypted.
PERSONAL = ("nik", "npwp", "bank_account")
NOT_MOVED: Mapping[int, int] = {}


@dataclass(frozen=True)
class SellerPart:
    """One seller's share of the request."""

    seller: Seller
    lines: list[RequestLine]
    delivery_cost: int
    is_delivered: bool
    room: Room
    deliver_at: datetime | None = None  # as negotiated; None: as the request says
    quoted_cost: int | None = None  # as offered in a request for quotation
    times: int = 1  # how often something is brought, by the request's schedule

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

    def charges(self, main: int, moved: Mapping[int, int] = NOT_MOVED) -> Charges:
        """What it puts on which budget line; `main`: the request's own; `moved`: of `RequestContents.charges_if`."""
        goods = [(moved.get(line.pk) or line.charged_to_id or main, line.amount) for line in self.kept]
        return charges.of_part(goods, self.delivery_cost, main=main)

    @property
    def fee_now(self) -> int:
        today = self.seller.delivery_price * self.times
        return today if self.quoted_cost is None else min(today, self.quoted_cost)

    @property
    def method_is_gone(self) -> bool:
        """The shop no longer brings (or no longer hands out) what the requester saw brought (or fetched)."""
        return not (self.seller.offers_delivery if self.is_delivered else self.seller.offers_pickup)


@dataclass(frozen=True)
class RequestContents:
    parts: list[SellerPart]
    two_above: int
    three_above: int
    gone: dict[int, RequestSeller]  # of `gone_without`
    day: date
    main: int | None = None  # the request's own budget line, by its pk
    compared: int = 0  # what the comparison is asked over, where that is more than the request itself

    def compared_over(self, amount: int) -> "RequestContents":
        """As if its comparison were asked over this amount; what its goods are compared with is read once."""
        found = replace(self, compared=amount)
        vars(found).update(market=self.market, standards=self.standards)
        return found

    def without(self, product_pk: int) -> "RequestContents":
        """As if the request did not ask for these goods."""
        parts = [
            replace(part, lines=[line for line in part.lines if line.product_id != product_pk]) for part in self.parts
        ]
        return replace(self, parts=parts)

    @cached_property
    def lines(self) -> list[RequestLine]:
        return [line for part in self.parts for line in part.lines]

    @cached_property
    def kept(self) -> list[RequestLine]:
        return [line for part in self.parts for line in part.kept]

    @cached_property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @cached_property
    def charges(self) -> Charges:
        """What it puts on which budget line; nothing while the request has none of its own."""
        return self.charges_if(NOT_MOVED)

    def charges_if(self, moved: Mapping[int, int]) -> Charges:
        """The same, were these goods charged to other budget lines; `moved`: by pk of the request's line."""
        return charges.added(part.charges(self.main, moved) for part in self.parts) if self.main else {}

    def charged(self, main: BudgetLine | None) -> list[Charge]:
        """The same with the lines as they are; `main`: the request's own, first."""
        if main is None:
            return []
        lines = {line.charged_to.pk: line.charged_to for line in self.kept if line.charged_to} | {main.pk: main}
        found = [Charge(lines[pk], amount) for pk, amount in self.charges.items()]
        return sorted(found, key=lambda charge: charge.line.pk != main.pk)

    def after_dropping(self, dropped: Collection[int]) -> "RequestContents":
        """What is left when these lines fall out: a seller of whom nothing is left brings nothing."""
        parts = [replace(part, lines=[line for line in part.lines if line.pk not in dropped]) for part in self.parts]
        return replace(self, parts=parts)

    @property
    def asked(self) -> int:
        """Owners to be looked at and not chosen, for each of the goods; 0 means no comparison is asked for.

        Source: SIPLah's comparison rule, kept as dated data.
        """
        amount = max(self.total, self.compared)
        if amount > self.three_above:
            return 3
        return 2 if amount > self.two_above else 0

    @property
    def compares_above(self) -> int:
        """The dated amount above which as many as `asked` are looked at."""
        return self.three_above if self.asked == 3 else self.two_above

    @cached_property
    def full(self) -> dict[int, Fault]:
        """By seller pk: what the owner may not sell this month, over all its shops of the request."""
        return room_faults({part.seller: part.total for part in self.parts}, {p.seller.pk: p.room for p in self.parts})

    @cached_property
    def news(self) -> list[PriceNews | MethodNews]:
        """Prices, delivery costs and ways of delivery that moved since the goods were put in."""
        moved: list[PriceNews | MethodNews] = [
            PriceNews(line.name, line.price, line.price_now) for line in self.kept if line.price != line.price_now
        ]
        return (
            moved
            + [
                PriceNews(_("ongkir %(shop)s") % {"shop": part.seller.name}, part.delivery_cost, part.fee_now)
                for part in self.parts
                if part.delivery_cost != part.fee_now
            ]
            + [
                MethodNews(part.seller.name, part.seller.offers_delivery)
                for part in self.parts
                if part.is_delivered != part.seller.offers_delivery
            ]
        )

    @cached_property
    def market(self) -> dict[int, MarketPrice]:
        """By product: what other owners ask for goods of its kind and unit today. One query, when first asked."""
        return references_of([line.product for line in self.kept], self.day)

    @cached_property
    def standards(self) -> Standards:
        """The city's standards of its goods on the day. Two queries, when first asked."""
        return standards_with_others([line.product for line in self.kept], self.day)

    def far_above_market(self, level: PriceLevel) -> list[tuple[RequestLine, MarketPrice]]:
        """Lines whose price stands so far above what other owners ask."""
        found = [(line, self.market[line.product_id]) for line in self.kept if line.product_id in self.market]
        return [(line, market) for line, market in found if market.level(line.price, self.day) == level]

    @property
    def shown(self) -> str:
        """A digest of what a page shows and a decision rests on: quantities, prices, costs, how and when it comes, and
        which budget lines pay."""
        goods = [
            (line.pk, f"{line.quantity:.3f}", line.price, line.amount, line.charged_to_id or self.main)
            for line in self.kept
        ]
        costs = [
            (part.seller.pk, part.delivery_cost, part.is_delivered, f"{part.deliver_at or ''}")
            for part in self.parts
            if part.kept
        ]
        return sha256(repr((sorted(goods), sorted(costs))).encode()).hexdigest()


def check_shown(held: RequestContents, shown: str | None) -> None:
    """Raises RuleBroken `request_changed` when the page that posts showed something else. None: no page showed it."""
    require(
        shown is None or shown == held.shown,
        _("Isi permintaan berubah sejak halaman ini dibuka. Periksa barang dan jumlahnya, lalu kirim sekali lagi."),
        code="request_changed",
    )


def goods_of(product: Product) -> tuple[int, str]:
    """What may be compared by price: the same category in the same unit."""
    return product.category_id, product.unit


def kind_of(product: Product) -> int:
    """Goods are of one kind when their categories share a parent."""
    return product.category.parent_id or product.category_id


def read(request: PurchaseRequest, now: datetime) -> RequestContents:
    """Five queries whatever the number of lines, one more while the request holds cap room, and those of
    `gone_without` when it continues another.

    Sellers in the order in which their first line was put in.
    """
    day = clock.local_date(now)
    lines = list(
        request.lines.select_related(
            "product__category", "product__seller__food_court", "seller__kelurahan", "seller__food_court", "charged_to"
        ).defer(
            *(f"{path}__{name}" for path in ("seller", "product__seller") for name in PERSONAL), "product__description"
        )
    )
    rows = {row.seller_id: row for row in request.sellers.all()}
    by_seller: dict[int, list[RequestLine]] = {}
    for line in lines:
        by_seller.setdefault(line.seller_id, []).append(line)
    sellers = [wanted[0].seller for wanted in by_seller.values()]
    rooms = _rooms(request, sellers, day) if sellers else {}
    parts = [
        SellerPart(
            seller=wanted[0].seller,
            lines=wanted,
            delivery_cost=rows[seller_id].delivery_cost if seller_id in rows else 0,
            is_delivered=rows[seller_id].is_delivered if seller_id in rows else wanted[0].seller.offers_delivery,
            room=rooms[seller_id],
            deliver_at=rows[seller_id].deliver_at if seller_id in rows else None,
            quoted_cost=rows[seller_id].quoted_cost if seller_id in rows else None,
            times=schedules.times_of(request, {line.product_id for line in wanted}),
        )
        for seller_id, wanted in by_seller.items()
    ]
    return RequestContents(
        parts=parts,
        two_above=rules.TWO_ABOVE.on(day),
        three_above=rules.THREE_ABOVE.on(day),
        gone=gone_without(request),
        day=day,
        main=request.line_id,
    )


def _rooms(request: PurchaseRequest, sellers: list[Seller], day: date) -> dict[int, Room]:
    """In the month of `day`, or in that of the hold: there its room was taken."""
    if policies.holds(request) and request.submitted_at is not None:
        return rooms_of(sellers, clock.local_date(request.submitted_at), held_by=request.number)
    return rooms_of(sellers, day)
