"""The days to come of goods that are made per day, as their shop sees them. Reads only."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_date
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit
from umkm.sellers import hours
from umkm.sellers.models import Seller
from umkm.stock.supply import ZERO, supply_of

SHOWN = 28  # days


def head() -> list[dict[str, Any]]:
    return [{"text": _("Hari")}, {"text": _("Sanggup dibuat")}, {"text": _("Dipesan")}, {"text": _("Sisa"), "n": True}]


def closed_among(seller: Seller, first: date, last: date) -> list[date]:
    """The days from `first` to `last` on which the shop is closed."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if not hours.opens_on(seller, day)]


def rows_of(product: Product, now: datetime) -> list[dict[str, Any]]:
    """For `components/table.html`, from today on, and of the days after those those that were set. `as_usual`: nothing
    is ordered for the day and nothing else set. One query."""
    today, counted = clock.local_date(now), Unit(product.unit).counted
    supply, labels = supply_of([product], today), [cell["text"] for cell in head()]
    found = []
    shown = [today + timedelta(days=n) for n in range(SHOWN)]
    later = sorted(day for pk, day in supply.planned if pk == product.pk and day > shown[-1])
    for day in (*shown, *later):
        key = product.pk, day
        taken = supply.taken.get(key, ZERO)
        told = [long_date(day), _("toko tutup"), counted(taken) if taken else "–", "–"]
        if hours.opens_on(product.seller, day):
            told[1], told[3] = counted(supply.capacity_on(product, day)), counted(supply.on(product, day))
        cells: list[dict[str, Any]] = [{"text": text, "label": label} for text, label in zip(told, labels, strict=True)]
        cells[3]["n"] = True
        if key in supply.planned:
            cells[1]["note"] = (
                _("diatur untuk hari ini saja")
                if hours.opens_on(product.seller, day)
                else _("diatur %(n)s, dipakai bila toko buka hari itu") % {"n": counted(supply.planned[key])}
            )
        found.append({"cells": cells, "as_usual": not taken and key not in supply.planned})
    return found
