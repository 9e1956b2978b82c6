"""Changes of surat pesanan, proposed and answered by the real services."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from epeken.users.models import User
from orders.addenda import services, terms
from orders.addenda.dates import DayWish
from orders.addenda.models import Addendum
from orders.addenda.terms import OrderTerms
from orders.orders.models import Order
from tests.factories.orders import HOUR, MONDAY, member_of
from tests.kept_steps import kept

LATER = MONDAY + 2 * HOUR


def wanted(order: Order, *, quantity: int | Decimal | None = None, **over: Any) -> OrderTerms:
    """As it stands, but for what is named; `quantity`: of its first line."""
    found = terms.of_order(order)
    if quantity is not None:
        first = min(found.quantities)
        over["quantities"] = {**found.quantities, first: Decimal(quantity)}
    return replace(found, **over)


@kept
def proposed(
    order: Order, actor: User, *, now: datetime = LATER, reason: str = "Peserta berubah", **over: Any
) -> Addendum:
    order = Order.objects.get(pk=order.pk)
    return services.propose_addendum(actor=actor, order=order, wanted=wanted(order, **over), reason=reason, now=now)


@kept
def date_proposed(
    order: Order, actor: User, number: int, to: datetime | None, *, now: datetime = LATER, **over: Any
) -> Addendum:
    """One date of its schedule moved, or dropped where `to` is None."""
    wish = DayWish(number, to)
    return services.propose_addendum(
        **{"actor": actor, "order": order, "wanted": wish, "reason": "Kelas digeser", "now": now, **over}
    )


@kept
def date_changed(order: Order, actor: User, number: int, to: datetime | None, *, now: datetime = LATER) -> Order:
    """Proposed by the department and agreed by the seller."""
    agreed(date_proposed(order, actor, number, to, now=now), now=now + HOUR)
    return Order.objects.get(pk=order.pk)


@kept
def agreed(row: Addendum, actor: User | None = None, *, now: datetime = LATER + HOUR) -> Addendum:
    """By the seller, where nobody is named."""
    return services.agree_addendum(actor=actor or member_of(row.order), addendum=row, now=now)


@kept
def amended(order: Order, actor: User, *, now: datetime = LATER, **over: Any) -> Order:
    """Proposed by the department and agreed by the seller."""
    agreed(proposed(order, actor, now=now, **over), now=now + HOUR)
    return Order.objects.get(pk=order.pk)
