"""Goods that fit a request, and offers compared."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from procurement.requests import contents as baskets
from procurement.requests import obstacles
from procurement.requests.contents import ComparedGoods, RequestContents, delivery_fee, kind_of, offered_elsewhere
from procurement.requests.models import PurchaseRequest, RequestLine
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit


def compare(held: RequestContents) -> list[dict[str, Any]]:
    """For `components/compare.html`: of each of the goods the largest line beside the offers of the same looked at."""
    return [_compare(held, goods) for goods in held.compared if goods.offers]


def _compare(held: RequestContents, goods: ComparedGoods) -> dict[str, Any]:
    chosen = max(goods.lines, key=lambda line: line.amount)
    part = next(part for part in held.parts if part.seller.pk == chosen.seller_id)
    columns = [{"name": part.seller, "note": part.seller.place, "chosen": True}]
    columns += [{"name": row.seller, "note": row.seller.place, "chosen": False} for row in goods.offers]
    prices = [chosen.price, *(row.price for row in goods.offers)]
    fees = [part.delivery_cost, *(delivery_fee(row.seller) for row in goods.offers)]
    unit = chosen.get_unit_display()
    wanted = Unit(chosen.unit).counted(chosen.quantity)
    sums = [share(price, chosen.quantity) + fee for price, fee in zip(prices, fees, strict=True)]
    names = [chosen.name, *(row.name for row in goods.offers)]
    notes = [_("dipilih"), *(row.note for row in goods.offers)]
    return {
        "title": _("Perbandingan %(name)s") % {"name": chosen.name},
        "caption": _("Perbandingan penawaran, bisa digeser"),
        "columns": columns,
        "rows": [
            _cells(_("Barang"), names),
            _cells(_("Harga per satuan"), [f"{rupiah(price)} per {unit}" for price in prices], prices),
            _cells(_("Ongkir"), [rupiah(fee) for fee in fees]),
            _cells(_("%(wanted)s dengan ongkir") % {"wanted": wanted}, [rupiah(total) for total in sums], sums),
            _cells(_("Mengapa"), notes),
        ],
    }


def _cells(label: str, texts: list[str], ranked: list[int] | None = None) -> dict[str, Any]:
    best = min(ranked) if ranked else None
    return {
        "label": label,
        "cells": [
            {"text": text, "chosen": place == 0, "best": ranked is not None and ranked[place] == best}
            for place, text in enumerate(texts)
        ],
    }


HITS = 24  # shown; one more is asked for, to know whether there are more


@dataclass(frozen=True)
class FoundGoods:
    """Goods found, and why even the smallest order of them cannot come on the request's day; '' when it can."""

    product: Product
    fault: str


def hits(request: PurchaseRequest, found: list[Product], now: datetime) -> list[FoundGoods]:
    on = obstacles.calendar_of(request, found, now)
    faults = [feasibility.faults(product, product.minimum, on) for product in found]
    return [FoundGoods(product, of[0].text if of else "") for product, of in zip(found, faults, strict=True)]


def goods(words: str, held: RequestContents) -> list[Product]:
    """Goods on sale that have every word in their own or their shop's name; nothing without a word.

    Goods whose own name says it all come first, then the cheapest.
    """
    if not words.split():
        return []
    found = Product.objects.for_sale()
    own_name = Q()
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(seller__name__icontains=word))
        own_name &= Q(name__icontains=word)
    return _cards(found.annotate(is_other=Case(When(own_name, then=0), default=1)), "is_other")


def offers(held: RequestContents, words: str = "") -> list[Product]:
    """The same goods from owners not chosen for them: first those of which too few were looked at, then cheapest."""
    if not held.compared:
        return []
    wanted, short = Q(), Q(pk__in=[])
    for goods in held.compared:
        same = offered_elsewhere(goods.lines)
        wanted |= same
        if not goods.is_compared:
            short |= same
    found = (
        Product.objects.for_sale()
        .filter(wanted)
        .exclude(pk__in=[line.product_id for line in held.lines])
        .exclude(pk__in=[row.product_id for row in held.comparisons])
    )
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(seller__name__icontains=word))
    return _cards(found.annotate(is_other=Case(When(short, then=0), default=1)), "is_other")


def replacements(line: RequestLine, words: str = "") -> list[Product]:
    """Goods of the line's kind from other owners: those of its own category first, then cheapest."""
    kind = kind_of(line.product)
    found = (
        Product.objects.for_sale()
        .filter(Q(category_id=kind) | Q(category__parent_id=kind))
        .exclude(seller=line.seller_id)
        .exclude(seller__owner__isnull=False, seller__owner=line.seller.owner_id)
    )
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(seller__name__icontains=word))
    same = Q(category_id=line.product.category_id)
    return _cards(found.annotate(is_other=Case(When(same, then=0), default=1)), "is_other")


def _cards(found: Any, *before: str) -> list[Product]:
    hidden = [f"seller__{name}" for name in baskets.PERSONAL]
    return list(found.with_card().defer(*hidden, "description").order_by(*before, "price", "pk")[: HITS + 1])
