"""Decrees of the unit-price standard."""

from datetime import date
from itertools import count
from typing import Any

from tests.factories import umkm as make
from tests.factories.umkm import SINCE
from tests.kept_steps import kept
from umkm.catalogue.models import Category, Product
from umkm.price_standards.imports import WantedPrice
from umkm.price_standards.models import PriceDecree, StandardMatch, StandardPrice

_next = count(1)


@kept
def make_standard(
    goods: Product | Category | None, price: int, *, words: str = "Buah", code: str = "", **over: Any
) -> StandardPrice:
    """A decree with one price, in force since January unless `over` says otherwise, linked to the goods."""
    number = next(_next)
    code = code or f"1.1.7.01.{number:04d}"
    values = {"number": f"188.45/{number}/SSH", "decree_on": date(2026, 1, 2), "valid_from": date(2026, 1, 2), **over}
    decree = PriceDecree.objects.create(taken_by=make.make_user(), taken_at=SINCE, **values)
    row = WantedPrice(
        row=2, code=code, name=f"Barang standar {number}", words=words, price=price, account=""
    ).standard()
    row.decree = decree
    row.save()
    if isinstance(goods, Product):
        StandardMatch.objects.get_or_create(code=code, product=goods)
    elif goods is not None:
        StandardMatch.objects.get_or_create(code=code, category=goods)
    return row
