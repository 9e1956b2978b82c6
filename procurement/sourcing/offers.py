"""What the market offers for a request: for its day, place and people, within its budget."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from procurement.requests import policies
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from umkm.catalogue.models import Product
from umkm.catalogue.states import Keeps, Unit
from umkm.discovery.offers import Destination
from umkm.discovery.places import places
from umkm.sellers import policies as shops

# Units of which each person gets one. A rim of paper or a kilo of eggs is not counted by heads, and a pack or a box is
# of food only: one of pens serves many.
PER_PERSON = frozenset({Unit.PCS, Unit.PORTION, Unit.SET})
FOOD_PER_PERSON = PER_PERSON | {Unit.BOX, Unit.PACK, Unit.BOTTLE, Unit.GLASS, Unit.SHEET}


def delivery_of(request: PurchaseRequest, now: datetime) -> Destination:
    """When and where the request wants its goods; the shops of its requester are barred."""
    return Destination(
        by=request.deliver_at,
        place=places().get(request.delivery_kelurahan_id or ""),
        now=now,
        tied=shops.ties_of(request.requester),
        held_by=request.number if policies.holds(request) else "",
        until=request.line.last_day if request.line is not None else None,
    )


def asked_beside(held: RequestContents) -> Callable[[Product], int]:
    """What the request asks of the owner of goods that come on top of it."""
    asked: dict[int, int] = defaultdict(int)
    for part in held.parts:
        asked[part.seller.owner_id or 0] += part.total
    return lambda product: asked[product.seller.owner_id or 0]


def delivery_beside(request: PurchaseRequest, held: RequestContents, now: datetime) -> Destination:
    """As `delivery_of`, for goods that come on top of what the request already asks for."""
    return replace(
        delivery_of(request, now),
        paid=frozenset(part.seller.pk for part in held.parts if part.kept),
        # What comes on top is charged to the request's own line.
        most=request.line.available - held.charges.get(request.line.pk, 0) if request.line else None,
    )


def amount_for(people: Decimal | None) -> Callable[[Product], Decimal]:
    """One for each of the people, rounded up to the step of the goods; of what heads do not count the least amount."""

    def amount(product: Product) -> Decimal:
        if people is None or not is_per_person(product):
            return product.minimum
        return whole_steps(product, people)

    return amount


def is_per_person(product: Product) -> bool:
    return product.unit in (PER_PERSON if product.keeps == Keeps.OTHER else FOOD_PER_PERSON)


def whole_steps(product: Product, quantity: Decimal) -> Decimal:
    """At least so much of the product, in whole steps and not below its least amount."""
    steps = (quantity / product.step).to_integral_value(ROUND_CEILING)
    return max(product.minimum, steps * product.step)
