"""What a purchase takes of its sellers: room under the monthly cap, goods in stock, capacity of days.

A department's request takes it when it is sent, and its orders take it over; a person's order takes it when it is
placed. The ledgers of cap, stock and capacity say what is taken, by the number of the request or order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from epeken.core.services import service
from epeken.users.models import User
from umkm.catalogue.models import Product
from umkm.owners import services as owners
from umkm.sellers.models import Seller
from umkm.stock import services as stock


@dataclass(frozen=True)
class Goods:
    """`days`: whose capacity may be taken (feasibility.production_days); of goods in stock none is."""

    product: Product
    quantity: Decimal
    days: Sequence[date]


@dataclass(frozen=True)
class Reservation:
    """What one shop is asked for under one number. `amount` counts for the cap: goods and delivery."""

    seller: Seller
    reference: str
    amount: int
    goods: Sequence[Goods]


@service
def reserve(parts: Iterable[Reservation], *, actor: User, now: datetime) -> None:
    """Cap room by owner, then goods by product: the same sequence for everybody, so that two buyers never deadlock.

    All or nothing. Raises: RuleBroken `cap_full`, `out_of_stock`. Locks: TurnoverMonth, Product.
    """
    wanted = list(parts)
    for part in _by_owner(wanted):
        owners.reserve_turnover(seller=part.seller, amount=part.amount, reference=part.reference, now=now)
    for part, goods in _by_product(wanted):
        stock.take_stock(
            product=goods.product,
            quantity=goods.quantity,
            reference=part.reference,
            days=goods.days,
            actor=actor,
            now=now,
        )


@service
def transfer(parts: Iterable[Reservation], *, held_by: str, actor: User, now: datetime) -> None:
    """What the request `held_by` holds is held by its orders: the same goods, on the same days, in the same month.

    Raises: ValueError when it does not hold exactly what an order asks for. Locks: TurnoverMonth, Product.
    """
    wanted = list(parts)
    for part in _by_owner(wanted):
        held = owners.transfer_turnover(seller=part.seller, reference=held_by, to=part.reference, now=now)
        if held != part.amount:
            raise ValueError(f"{held_by} holds {held} of the cap for {part.reference}, which is {part.amount}.")
    for part, goods in _by_product(wanted):
        moved = stock.transfer_stock(product=goods.product, reference=held_by, to=part.reference, actor=actor, now=now)
        if moved != goods.quantity:
            raise ValueError(f"{held_by} holds {moved} of product {goods.product.pk}, not {goods.quantity}.")


@service
def release(
    *,
    reference: str,
    products: Iterable[Product],
    actor: User | None,
    now: datetime,
    keep: Mapping[int, int] | None = None,
) -> None:
    """What the order or request still holds of these products, and of the cap, is free again, on each of its days.

    `keep`: by seller pk what stays held of the cap. A second call changes nothing. Locks: TurnoverMonth, Product.
    """
    owners.release_turnover(reference=reference, now=now, keep=keep)
    for product in sorted(products, key=lambda product: product.pk):
        stock.return_stock(product=product, reference=reference, actor=actor, now=now)


def _by_owner(parts: Iterable[Reservation]) -> list[Reservation]:
    return sorted(parts, key=lambda part: (part.seller.owner_id or 0, part.seller.pk))


def _by_product(parts: Iterable[Reservation]) -> list[tuple[Reservation, Goods]]:
    return sorted(((part, goods) for part in parts for goods in part.goods), key=lambda pair: pair[1].product.pk)
