"""Which orders hold room of the cap."""

from typing import Any

from django.db.models import QuerySet, Sum

from umkm.owners.models import TurnoverEntry


def holding(entries: QuerySet[TurnoverEntry]) -> QuerySet[Any, Any]:
    """By shop and number, the orders and sent requests that hold room: one that gave back a part of it is one of them.
    Entries with a key move room between owners."""
    by_number = entries.filter(key="").order_by().values("seller", "reference")
    return by_number.annotate(held=Sum("used_delta")).filter(held__gt=0)
