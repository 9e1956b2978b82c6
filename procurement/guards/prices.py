"""Prices of a request above the city's unit-price standard, and far above what the market asks."""

import math
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from epeken.core.money import share
from procurement.guards.budget_fit import Found
from procurement.guards.states import GuardKind, sentence
from procurement.requests.contents import RequestContents
from procurement.requests.models import RequestLine
from umkm.market_prices.references import MarketPrice, PriceLevel
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


def far_above_market(held: RequestContents) -> Iterator[Found]:
    """Lines above the red limit: each is answered for. No query of its own (`RequestContents.market`).

    The amount is what the line costs more than at the reference. Source: Perpres 16/2018 art. 6.
    """
    for line, market in held.far_above_market(PriceLevel.RED):
        parameters = _told(line, market)
        yield GuardKind.MARKET, f"market-{line.product_id}", parameters, parameters["sum"]


def market_notes(held: RequestContents) -> dict[int, str]:
    """By product of a line above the amber limit and not above the red one: a sentence that asks for no answer."""
    found = held.far_above_market(PriceLevel.AMBER)
    return {line.product_id: sentence(GuardKind.MARKET, _told(line, market)) for line, market in found}


def unanswered_notes(held: RequestContents, answered: Collection[str]) -> dict[int, str]:
    """By product of a line above the red limit: what the market asks has fallen since the request was sent.

    `answered`: keys of the request's warnings.
    """
    return {
        line.product_id: sentence(GuardKind.MARKET, _told(line, market))
        for line, market in held.far_above_market(PriceLevel.RED)
        if f"market-{line.product_id}" not in answered
    }


def _told(line: RequestLine, market: MarketPrice) -> dict[str, Any]:
    return {
        "name": line.name,
        "shop": line.seller.name,
        "price": line.price,
        "unit": line.unit,
        "goods": str(line.product.category),
        "percent": market.percent_above(line.price),
        # Rounded as the line is, so that both amounts can be checked by hand.
        "sum": share(line.price, line.quantity) - share(market.median, line.quantity),
        **market.words,
    }
