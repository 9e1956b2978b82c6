"""The comparison of a request above the dated amount: all offers of the same goods that can come on its day.

Drawn by the system over the whole market, so that nobody chooses what is compared. While the request is written the
same sheet is drawn as a preview; sending keeps it (`services.keep_sheet`), and from then on it is read, never drawn.

What counts are owners of whom nothing is bought by the request: two sellers of one purchase are no comparison, and two
shops of one owner are one. Where there is none, the offer is the only one: its price must be negotiated. The requester
accounts for it (`choice_note`) when the request is sent; whoever decides negotiates, and approves only after that
(`negotiations/results.py`).
Source: SIPLah's comparison rule, kept as dated data; Perpres 16/2018 (negotiation with a single provider).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q

from epeken.core.money import share
from procurement.requests.contents import RequestContents, goods_of
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.schedules import reading as schedules
from procurement.sourcing.models import ComparisonSheet, SheetGoods, SheetOffer
from procurement.sourcing.offers import delivery_of, whole_steps
from umkm.catalogue.feasibility import Portion
from umkm.catalogue.models import Product
from umkm.catalogue.tiers import price_at
from umkm.discovery.offers import Offer, offers_of

ZERO = Decimal(0)


@dataclass(frozen=True)
class ComparedGoods:
    """Goods of one category and unit, with every offer of them. `bought`: owners of whom the request buys anything."""

    goods: SheetGoods
    offers: list[SheetOffer]
    bought: frozenset[int]
    asked: int  # owners not chosen whom the amount of the request asks for

    @cached_property
    def chosen(self) -> list[SheetOffer]:
        return [offer for offer in self.offers if offer.is_chosen]

    @cached_property
    def others(self) -> list[SheetOffer]:
        """Not chosen; the cheapest first, with its delivery."""
        rest = [offer for offer in self.offers if not offer.is_chosen]
        return sorted(rest, key=lambda offer: (cost(offer, offer.quantity), offer.product_id))

    @cached_property
    def owners(self) -> set[int]:
        """What counts: owners of the offers of whom nothing is bought."""
        return {offer.owner_id for offer in self.offers} - self.bought

    @property
    def is_single(self) -> bool:
        return not self.owners

    @property
    def is_beyond(self) -> bool:
        """Nobody can bring so much, the chosen neither: it has to be shared or asked for in less."""
        return not self.owners and all(
            offer.free < offer.quantity or cost(offer, offer.quantity) > offer.room for offer in self.chosen
        )

    @property
    def is_short(self) -> bool:
        """Fewer owners can deliver than the amount asks for; all of them are on the sheet."""
        return len(self.owners) < self.asked

    def cheaper(self, chosen: SheetOffer) -> list[SheetOffer]:
        """Offers that could bring as much as the chosen one for less, by price or with delivery. Whoever sells no less
        than more of it is cheaper only where all of that is."""
        return [
            offer
            for offer in self.others
            if offer.most >= (amount := amount_of(offer, chosen.quantity))
            and (
                cost(offer, amount) < cost(chosen, chosen.quantity)
                or (amount == chosen.quantity and price_at(offer.price, offer.tiers, amount) < chosen.price)
            )
        ]

    def is_dearer(self, chosen: SheetOffer) -> bool:
        return bool(self.cheaper(chosen))

    @cached_property
    def is_cheapest(self) -> bool:
        """Whether nothing that could have come was cheaper than what was chosen."""
        return not any(self.is_dearer(offer) for offer in self.chosen)

    def from_shop(self, chosen: SheetOffer) -> Decimal:
        """How much of these goods is asked of the same shop."""
        return sum((offer.quantity for offer in self.chosen if offer.seller_id == chosen.seller_id), ZERO)


@dataclass(frozen=True)
class Comparison:
    sheet: ComparisonSheet
    goods: list[ComparedGoods]  # those of the most money first

    def of(self, product_id: int) -> tuple[ComparedGoods, SheetOffer] | None:
        """The chosen offer of this product, with its goods."""
        for goods in self.goods:
            for offer in goods.chosen:
                if offer.product_id == product_id:
                    return goods, offer
        return None

    @property
    def choices(self) -> Iterator[tuple[ComparedGoods, SheetOffer]]:
        return ((goods, offer) for goods in self.goods for offer in goods.chosen)


def amount_of(offer: SheetOffer, quantity: Decimal) -> Decimal:
    """What has to be bought of an offer that is not chosen for so much of the goods: its step or least amount may ask
    for more."""
    return max(offer.quantity, quantity)


def cost(offer: SheetOffer, quantity: Decimal) -> int:
    """So much of the offer, with its delivery as if nothing else were ordered there."""
    return share(price_at(offer.price, offer.tiers, quantity), quantity) + offer.delivery_cost


def draw(
    request: PurchaseRequest, held: RequestContents, now: datetime, *, earlier: ComparisonSheet | None = None
) -> Comparison | None:
    """The sheet as it would be kept now, unsaved; None while the amount asks for no comparison or the day is open.

    `earlier`: the sheet of the purchase it continues: as many owners are asked for as there. What is chosen stands on
    it at the price and delivery cost of the request; everything else, if it can come, at today's. Shops of the
    requester's are no offer. Seven queries at most, whatever the number of goods.
    """
    delivery = delivery_of(request, now)
    asked = max(held.asked, earlier.asked if earlier else 0)
    if not asked or request.deliver_at is None or not delivery.has_day:
        return None
    wanted = by_goods(held.kept)
    lines = {line.product_id: line for line in held.kept}
    costs = {part.seller.pk: part for part in held.parts}
    least = {goods: min(line.quantity for line in same) for goods, same in wanted.items()}
    beside = _beside(held)

    def quantity(product: Product) -> Decimal:
        line = lines.get(product.pk)
        return line.quantity if line else whole_steps(product, least[goods_of(product)])

    portions = schedules.portions_of(request)

    def dates(product: Product) -> Sequence[Portion]:
        """As its line comes, or the line of which the offer would take the place."""
        line = lines.get(product.pk) or min(wanted[goods_of(product)], key=lambda line: line.quantity)
        return portions.get(line.product_id, ())

    delivery = replace(delivery, schedule_of=dates)

    same = reduce(or_, (Q(category=category, unit=unit) for category, unit in wanted))
    products = Product.objects.for_sale().filter(same) | Product.objects.filter(pk__in=lines)
    found: dict[tuple[int, str], list[SheetOffer]] = defaultdict(list)
    sheet = ComparisonSheet(
        request=request,
        drawn_at=now,
        deliver_at=request.deliver_at,
        place=str(request.delivery_kelurahan or ""),
        total=held.total,
        above=earlier.above if earlier and earlier.asked > held.asked else held.compares_above,
        asked=asked,
    )
    rows = {
        goods: SheetGoods(
            sheet=sheet,
            category_id=goods[0],
            name=of[0].product.category.name,
            unit=goods[1],
            quantity=least[goods],
        )
        for goods, of in wanted.items()
    }
    for offer in offers_of(
        products.as_offers().order_by("pk"),
        delivery,
        quantity,
        asked_of=lambda product: beside.get((product.seller.owner_id or 0, goods_of(product)), 0),
    ):
        goods, line = goods_of(offer.product), lines.get(offer.product.pk)
        if line is not None:
            part = costs[line.seller_id]
            found[goods].append(
                _row(rows[goods], offer, line, price=line.price, fee=part.delivery_cost, brings=part.is_delivered)
            )
        elif offer.is_able:
            seller = offer.seller
            found[goods].append(
                _row(rows[goods], offer, None, price=offer.price, fee=offer.fee, brings=seller.offers_delivery)
            )
    bought = frozenset(line.seller.owner_id or 0 for line in held.kept)
    drawn = [ComparedGoods(rows[goods], found[goods], bought, asked) for goods in wanted]
    drawn.sort(key=lambda goods: -sum(share(offer.price, offer.quantity) for offer in goods.chosen))
    return Comparison(sheet, drawn)


def kept(request: PurchaseRequest) -> Comparison | None:
    """The sheet of the last sending, as it was drawn then. Three queries, none when there is no sheet."""
    if not request.sheet_number:
        return None
    sheet = next(sheet for sheet in request.sheets.all() if sheet.number == request.sheet_number)
    return read(sheet)


def read(sheet: ComparisonSheet) -> Comparison:
    rows = [(goods, list(goods.offers.all())) for goods in sheet.goods.all()]
    bought = frozenset(offer.owner_id for _goods, offers in rows for offer in offers if offer.is_chosen)
    return Comparison(sheet, [ComparedGoods(goods, offers, bought, sheet.asked) for goods, offers in rows])


def by_goods(lines: Iterable[RequestLine]) -> dict[tuple[int, str], list[RequestLine]]:
    found: dict[tuple[int, str], list[RequestLine]] = defaultdict(list)
    for line in lines:
        found[goods_of(line.product)].append(line)
    return found


def _beside(held: RequestContents) -> dict[tuple[int, tuple[int, str]], int]:
    """By owner and goods: what the request asks of the owner for other goods, so that no room is counted twice."""
    total: dict[int, int] = defaultdict(int)
    own: dict[tuple[int, tuple[int, str]], int] = defaultdict(int)
    for line in held.kept:
        owner = line.seller.owner_id or 0
        total[owner] += line.amount
        own[owner, goods_of(line.product)] += line.amount
    every = {goods_of(line.product) for line in held.kept}
    return {(owner, goods): total[owner] - own[owner, goods] for owner in total for goods in every}


def _row(
    goods: SheetGoods, offer: Offer, line: RequestLine | None, *, price: int, fee: int, brings: bool
) -> SheetOffer:
    seller = offer.seller
    return SheetOffer(
        goods=goods,
        product=offer.product,
        seller=seller,
        owner_id=seller.owner_id or 0,  # who sells has one
        is_chosen=line is not None,
        name=line.name if line else offer.product.name,
        seller_name=seller.name,
        place=seller.place,
        price=price,
        tiers=() if line else tuple(one for one in offer.product.tiers if one.from_quantity > offer.quantity),
        quantity=offer.quantity,
        delivery_cost=fee,
        is_delivered=brings,
        nearness=offer.nearness,
        free=offer.free or ZERO,
        # By a tier the quantity asked for may cost no more than less of it does.
        most=max(offer.most or ZERO, offer.quantity if offer.is_able and offer.free is not None else ZERO),
        room=max(offer.room.left, 0),
        earliest=offer.earliest,
        reason=line.choice_reason if line else "",
        reason_note=line.choice_note if line else "",
    )
