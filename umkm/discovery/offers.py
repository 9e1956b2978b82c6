"""Which offers of goods can come by a moment to a place, for how much. One answer for a department's search, for the
comparison of its request, and for whoever looks for the next seller.

Feasibility says what of goods can come, the owner's cap what a shop may still sell; here both are asked of many offers
at once, with a fixed number of queries.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from umkm.catalogue import feasibility
from umkm.catalogue.feasibility import Calendar, Fault, Portion
from umkm.catalogue.models import Product
from umkm.catalogue.tiers import affordable, unit_price
from umkm.discovery.places import Place, nearness
from umkm.owners.services import Room, rooms_of
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class Destination:
    """What a department asks of any seller: when and where the goods must be there, and on whose behalf it is asked."""

    by: datetime | None  # None or past: any day, so only what holds on every day is asked
    place: Place | None
    now: datetime
    tied: frozenset[int] = frozenset()  # pks of shops of those who buy: nobody buys from their own
    paid: frozenset[int] = frozenset()  # pks of shops that bring something of the purchase anyway
    most: int | None = None  # rupiah there is for goods and delivery; None: whatever it costs
    held_by: str = ""  # the number of the request that asks, when it holds goods
    until: date | None = None  # the last day on which it can pay for them; None: any day
    # What of these goods would come on which date, by a schedule; empty: all at once.
    schedule_of: Callable[[Product], Sequence[Portion]] = lambda _product: ()

    @property
    def has_day(self) -> bool:
        return self.by is not None and not clock.is_over(self.by, self.now)

    def calendar(self, products: Iterable[Product]) -> Calendar | None:
        if self.by is None or not self.has_day:
            return None
        goods = list(products)
        dates = {product.pk: portions for product in goods if (portions := self.schedule_of(product))}
        return feasibility.calendar(
            goods, clock.last_day(self.by), self.now, for_agency=True, by=self.by, held_by=self.held_by, schedule=dates,
            until=self.until,
        )  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """So much of these goods from their shop. `faults`: why they cannot come, the gravest first; empty: they can."""

    product: Product
    quantity: Decimal
    goods: int  # rupiah, without delivery
    fee: int  # for bringing all of it; 0 when it is fetched
    nearness: int  # 0 same kelurahan, 1 same kecamatan, 2 elsewhere or unknown
    room: Room
    asked: int  # of that room the purchase takes anyway
    free: Decimal | None  # what can come by then; None while the day is open, and of a schedule
    earliest: date | None  # on which so much can come
    faults: tuple[Fault, ...]

    @property
    def seller(self) -> Seller:
        return self.product.seller

    @property
    def price(self) -> int:
        """Of one unit, where so much is bought."""
        return unit_price(self.product, self.quantity)

    @property
    def total(self) -> int:
        return self.goods + self.fee

    @property
    def is_able(self) -> bool:
        return not self.faults

    @property
    def most(self) -> Decimal | None:
        """As much as can come by then and the owner may still sell, in whole steps, and any less of it; None while the
        day is open."""
        if self.free is None:
            return None
        left = max(self.room.left - self.asked - self.fee, 0)
        sold = affordable(self.product, left).quantize(Decimal("0.001"), rounding=ROUND_DOWN)
        whole = min(self.free, sold)
        return whole - whole % self.product.step


def offers_of(
    products: Iterable[Product],
    delivery: Destination,
    quantity_of: Callable[[Product], Decimal],
    asked_of: Callable[[Product], int] = lambda _product: 0,
) -> list[Offer]:
    """One offer for each of the products, in their order. At most five queries, three more with `held_by`.

    `asked_of`: rupiah the purchase asks of the owner besides. The products carry their seller
    (`ProductQuerySet.as_offers`).
    """
    goods = list(products)
    on = delivery.calendar(goods)
    rooms = rooms_of([product.seller for product in goods], clock.local_date(delivery.now), held_by=delivery.held_by)
    return [
        _offer(product, quantity_of(product), asked_of(product), delivery, on, rooms[product.seller_id])
        for product in goods
    ]


def _offer(
    product: Product, quantity: Decimal, asked: int, delivery: Destination, on: Calendar | None, room: Room
) -> Offer:
    seller, goods = product.seller, share(unit_price(product, quantity), quantity)
    times = max(len(delivery.schedule_of(product)), 1)  # each date costs a delivery
    fee = 0 if seller.pk in delivery.paid else seller.delivery_price * times
    found: list[Fault] = []
    if seller.pk in delivery.tied:
        found.append(Fault("own_shop", "seller", _("Ini toko yang Anda urus atau pernah urus.")))
    found += feasibility.room_faults({seller: asked + goods + fee}, {seller.pk: room}).values()
    if delivery.most is not None and goods + fee > delivery.most:
        text = _("%(total)s dengan ongkir, sedangkan sisa anggaran %(left)s.")
        if delivery.most < 0:
            text = _("%(total)s dengan ongkir, sedangkan anggaran sudah kurang %(left)s tanpa ini.")
        text %= {"total": rupiah(goods + fee), "left": rupiah(abs(delivery.most))}
        found.append(Fault("budget_short", "quantity", text))
    # What another day does not mend is said first.
    of_goods = feasibility.faults(product, quantity, on)
    found += feasibility.on_no_day(of_goods) if found else of_goods
    at_once = on if on is not None and product.pk not in on.schedule else None
    return Offer(
        product=product,
        quantity=quantity,
        goods=goods,
        fee=fee,
        nearness=nearness(delivery.place, seller.kelurahan_id),
        room=room,
        asked=asked,
        free=at_once.supply.free(product, feasibility.production_days(product, at_once)) if at_once else None,
        earliest=feasibility.earliest_day(product, quantity, at_once) if at_once else None,
        faults=tuple(found),
    )
