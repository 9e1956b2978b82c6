"""Prices of a request above the city's unit-price standard."""

import math
from collections.abc import Iterable, Iterator
from datetime import date

from procurement.guards.budget_fit import Found
from procurement.guards.states import GuardKind
from procurement.requests.models import RequestLine
from umkm.price_standards.standards import standards_of, words_of


def above_standard(lines: Iterable[RequestLine], day: date) -> Iterator[Found]:
    """Lines dearer than the standard of the day; delivery is looked at by the comparison. Two queries.

    The key names the standard's row: what a new decree says is another warning. Source: Perpres 33/2020.
    """
    kept = list(lines)
    standards = standards_of([line.product for line in kept], day)
    for line in kept:
        row = standards.get(line.product_id)
        if row is None or row.allows(line.price):
            continue
        excess = math.ceil((line.price - row.price / row.size) * line.quantity)
        parameters = {
            "name": line.name,
            "shop": line.seller.name,
            "price": line.price,
            "unit": line.unit,
            "sum": excess,
            **words_of(row),
        }
        yield GuardKind.PRICE, f"price-{line.product_id}-{row.pk}", parameters, excess
