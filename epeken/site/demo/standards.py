"""The invented city's unit-price standard, a few rows of it; no city has decreed them."""

from datetime import datetime

from epeken.core import clock
from epeken.site.demo.offices import first_day
from epeken.users.models import User
from umkm.catalogue.models import Category
from umkm.price_standards import services
from umkm.price_standards.imports import WantedPrice
from umkm.price_standards.models import PriceDecree, StandardMatch

# Code, name, unit as decrees write it, highest price, account, and the category it speaks of.
ROWS = [
    ("1.1.12.01.0001", "Makan rapat dalam kotak", "Kotak", 38_000, "5.1.02.01.01.0052", "nasi-kotak"),
    ("1.1.12.01.0002", "Kudapan rapat dalam kotak", "Kotak", 18_000, "5.1.02.01.01.0052", "kotak-jajan"),
    ("1.1.03.07.0001", "Kertas dan bahan cetak", "Rim", 72_000, "5.1.02.01.01.0024", "kertas-buku"),
    ("1.1.07.01.0004", "Plakat kayu", "Buah", 110_000, "5.1.02.01.01.0035", "plakat-piala"),
    ("1.1.12.02.0001", "Narasumber eselon III", "Orang/Jam", 900_000, "5.1.02.02.01.0003", ""),
]


def make_standards(actor: User, now: datetime) -> None:
    """Of the January in which the offices began, once."""
    first = first_day(clock.local_date(now))
    number = f"188.45/DEMO/{first.year}"
    if PriceDecree.objects.filter(number=number).exists():
        return
    wanted = [
        WantedPrice(row, code, name, words, price, account)
        for row, (code, name, words, price, account, _category) in enumerate(ROWS, start=2)
    ]
    services.take_decree(actor=actor, wanted=wanted, decree=number, decree_on=first, valid_from=first, now=now)
    for code, _name, _words, _price, _account, slug in ROWS:
        if category := Category.objects.filter(slug=slug).first():
            StandardMatch.objects.get_or_create(code=code, category=category)
