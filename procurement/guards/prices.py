"""Prices of a request above the city's unit-price standard, and far above what the market asks."""

import math
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from procurement.guards.budget_fit import Found
from procurement.guards.states import GuardKind, sentence
from procurement.requests.contents import RequestContents
from procurement.requests.models import RequestLine
from umkm.catalogue.states import Unit
from umkm.market_prices.references import MarketPrice, PriceLevel
from umkm.price_standards.standards import Standards, unit_words_of, words_of


def above_standard(lines: Iterable[RequestLine], standards: Standards) -> Iterator[Found]:
    """Lines dearer than their standard of the day; delivery is looked at by the comparison.

    The key names the standard's row: what a new decree says is another warning. Source: Perpres 33/2020.
    """
    for line in lines:
        row = standards.own.get(line.product_id)
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


def uncompared_notes(held: RequestContents) -> dict[int, str]:
    """By product of a line of which the city's standards speak in another unit only: nobody compared its price."""
    text = _(
        "Harga %(name)s dari %(shop)s belum dibandingkan dengan standar harga kota: dijual per %(unit)s, sedangkan "
        "standarnya untuk %(standard)s %(limit)s per %(per)s (%(decree)s)."
    )
    found = {}
    for line in held.kept:
        if (row := held.standards.other.get(line.product_id)) is not None:
            words = unit_words_of(row) | {"limit": rupiah(row.price)}
            said = {"name": line.name, "shop": line.seller.name, "unit": Unit(line.unit).label, **words}
            found[line.product_id] = text % said
    return found


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


def notes(held: RequestContents) -> dict[int, str]:
    """By product of a line, what is said of its price and asks for no answer."""
    found = [market_notes(held), uncompared_notes(held)]
    return {pk: " ".join(each[pk] for each in found if pk in each) for pk in found[0].keys() | found[1].keys()}


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
