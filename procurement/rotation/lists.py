"""Who takes part in a draw of turns, and with which weight. Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.canonical import canonical
from epeken.core.i18n.words import rupiah
from procurement.agencies.models import AgencyMember
from procurement.requests import contents
from procurement.requests.contents import RequestContents, goods_of
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.states import RequestState, UnfilledReason
from procurement.rotation import results, rules
from procurement.rotation.models import RotationDraw, RotationEntrant
from procurement.sourcing.offers import asked_beside, delivery_beside
from umkm.catalogue.models import Product
from umkm.discovery.offers import Offer, offers_of
from umkm.discovery.words import words_of
from umkm.sellers import policies as shops


@dataclass(frozen=True)
class Entrant:
    """The offer of one owner. `weight` 0: tied to an officer of the department, so left out."""

    offer: Offer
    orders: int
    weight: int

    @property
    def owner(self) -> int:
        return self.offer.seller.owner_id or 0  # who sells has one


@dataclass(frozen=True)
class TurnList:
    """`entrants` in the order of the list; `least`: as many the rule asks for."""

    line: RequestLine
    entrants: list[Entrant]
    left_out: list[Entrant]
    least: int

    @property
    def is_enough(self) -> bool:
        return len(self.entrants) >= self.least


def turn_list(request: PurchaseRequest, held: RequestContents, line: RequestLine, now: datetime) -> TurnList:
    """Owners that can bring the line's goods in its quantity by the request's day, at an equal cost with delivery.

    An owner once, by the goods whose name shares most words with those chosen, the cheapest of several such. Equal is
    what costs no more than the dated part above the lowest among those who take part. Shops tied to an officer of the
    department are left out, and named.
    """
    day, goods = clock.local_date(now), goods_of(line.product)
    rest = held.without(line.product_id)
    delivery = delivery_beside(request, rest, now)
    officers = AgencyMember.objects.on(day).filter(agency=request.agency_id).values("user")
    tied = delivery.tied.union(*shops.ties_by_person(officers).values())
    products = Product.objects.for_sale().filter(category=goods[0], unit=goods[1]).exclude(seller__in=held.gone)
    offers = offers_of(
        products.as_offers().order_by("pk"),
        replace(delivery, tied=frozenset()),
        lambda _product: line.quantity,
        asked_beside(rest),
    )
    able: dict[int, Offer] = {}
    wanted = set(words_of(line.name))
    nearest = lambda one: (-len(wanted.intersection(words_of(one.product.name))), one.total, one.product.pk)  # noqa: E731
    for offer in sorted((one for one in offers if one.is_able), key=nearest):
        able.setdefault(offer.seller.owner_id or -offer.seller.pk, offer)
    barred = {key for key, offer in able.items() if offer.seller.pk in tied}
    lowest = min((offer.total for key, offer in able.items() if key not in barred), default=0)
    equal = {key: offer for key, offer in able.items() if offer.total <= lowest * (1 + rules.BAND.on(day))}
    orders = orders_of(equal, now)
    full = rules.WEIGHT.on(day)
    found = [
        Entrant(offer, orders.get(key, 0), 0 if key in barred else weight_of(orders.get(key, 0), full))
        for key, offer in sorted(equal.items(), key=lambda item: item[1].product.pk)
    ]
    return TurnList(
        line=line,
        entrants=[one for one in found if one.weight],
        left_out=[one for one in found if not one.weight],
        least=rules.LEAST.on(day),
    )


def weight_of(orders: int, full: int) -> int:
    """The dated weight divided by one more than the orders of the month, rounded down; never nothing."""
    return max(full // (1 + orders), 1)


def orders_of(owners: Iterable[int], now: datetime) -> dict[int, int]:
    """By owner: surat pesanan of all departments this month. One that the seller declined or let lapse counts: who
    takes only what pleases gains no turn by it. One query."""
    kept = RequestLine.objects.filter(request=OuterRef("request"), seller=OuterRef("seller"), dropped_at__isnull=True)
    parts = RequestSeller.objects.filter(
        Exists(kept),
        request__state=RequestState.ORDERED,
        request__ordered_at__gte=clock.start_of(clock.month_of(now)),
        seller__owner__in=list(owners),
    ).exclude(unfilled_reason=UnfilledReason.CANCELLED)
    return dict(parts.order_by().values_list("seller__owner").annotate(Count("pk")))


def listed(
    turns: TurnList, request: PurchaseRequest, *, number: str, commitment: str, opened_at: datetime, draw_from: datetime
) -> str:
    """The text that is published: the list, the rules in force, and the commitment to the secret."""
    day = clock.local_date(opened_at)
    line = turns.line
    told: dict[str, Any] = {
        "draw": number,
        "request": request.number,
        "agency": request.agency.name,
        "goods": line.product.category.name,
        "unit": line.unit,
        "quantity": _plain(line.quantity),
        "deliver_at": _moment(request.deliver_at),
        "place": str(request.delivery_kelurahan or ""),
        "opened_at": _moment(opened_at),
        "draw_from": _moment(draw_from),
        "commitment": commitment,
        "public_value": rules.PUBLIC_VALUE.on(day),
        "rules": {
            "weight": rules.WEIGHT.on(day),
            "price_band": _plain(rules.BAND.on(day)),
            "owners_least": turns.least,
        },
        "owners": [
            {
                "number": n,
                "shop": one.offer.seller.name,
                "goods": one.offer.product.name,
                "cost": one.offer.total,
                "orders": one.orders,
                "weight": one.weight,
            }
            for n, one in enumerate(turns.entrants, start=1)
        ],
        "left_out": [one.offer.seller.name for one in turns.left_out],
    }
    return canonical(told)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _moment(value: datetime | None) -> str:
    return value.astimezone(clock.ZONE).isoformat(timespec="seconds") if value else ""


def lines_of(draw: RotationDraw, request: PurchaseRequest, now: datetime) -> list[RequestLine]:
    held = contents.read(request, now)
    return [line for line in held.kept if goods_of(line.product) == results.goods_drawn(draw)]


def fault_of(draw: RotationDraw, entrant: RotationEntrant, request: PurchaseRequest, now: datetime) -> str:
    """Why this owner's offer cannot come any more; "" when it can."""
    held = contents.read(request, now)
    for line in held.kept:
        if goods_of(line.product) == results.goods_drawn(draw):
            held = held.without(line.product_id)
    goods = list(Product.objects.for_sale().as_offers().filter(pk=entrant.product_id))
    offers = offers_of(goods, delivery_beside(request, held, now), lambda _one: draw.quantity, asked_beside(held))
    if not offers:
        return _("Barangnya tidak dijual lagi.")
    if offers[0].faults:
        return offers[0].faults[0].text
    if offers[0].total > entrant.cost:
        words = {"new": rupiah(offers[0].total), "old": rupiah(entrant.cost)}
        return _("Biayanya menjadi %(new)s, yang diumumkan %(old)s.") % words
    return ""
