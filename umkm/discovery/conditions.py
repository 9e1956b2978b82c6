"""Conditions typed among the words: `nasi kotak halal di rungkut di bawah 30 ribu` says goods, a certificate, a place
and a price."""

import re
from functools import cache

from django.conf import settings

from epeken.core.money import read_rupiah
from umkm.discovery.places import districts, places
from umkm.discovery.words import COUNTED, split

# A price is said with its currency, its thousands or from a thousand on; `di bawah 50` may be a size.
LEAST_PRICE = 1_000
_AMOUNT = r"(?P<amount>(?:rp\.?\s*)?\d[\d.,]*(?:\s*(?:rb|ribu|jt|juta)\b)?)"
_AT_MOST = re.compile(rf"\b(?:di\s?bawah|kurang dari|maksimal|maks\.?|paling mahal)\s+{_AMOUNT}(?!\w)", re.I)
_AT_LEAST = re.compile(rf"\b(?:di\s?atas|lebih dari|minimal|paling murah)\s+{_AMOUNT}(?!\w)", re.I)
_CHEAP = re.compile(r"\b(?:yang\s+)?(?:paling\s+murah|termurah|murah)\b", re.I)
_HALAL = re.compile(r"\b(?:yang\s+)?(?:bersertifikat\s+)?halal\b", re.I)
_PLACE = re.compile(r"\b(?P<kind>di\s+kecamatan|di\s+kelurahan|di|sekitar|dekat|daerah|kecamatan|kelurahan)\s+", re.I)
_LONGEST_PLACE = 4  # words

Found = dict[str, str]


def read(text: str) -> tuple[str, Found]:
    """The text without its conditions, and these as parameters of the search's address (`SearchForm`)."""
    found: Found = {}
    for name, pattern in (("maks", _AT_MOST), ("min", _AT_LEAST)):
        if (said := pattern.search(text)) and (price := _price(said, text)):
            found[name] = str(price)
            text = _without(text, said.start(), said.end())
    text = _place(text, found)
    for name, value, pattern in (("urut", "murah", _CHEAP), ("halal", "1", _HALAL)):
        if (said := pattern.search(text)) and split(rest := _without(text, said.start(), said.end())):
            found[name] = value
            text = rest
    return text, found


def _price(said: re.Match[str], text: str) -> int | None:
    amount = said["amount"].rstrip(".,")
    price = read_rupiah(amount)
    following = split(text[said.end() :])[:1]
    counts = amount.isdigit() and bool(following) and following[0] in COUNTED
    return price if price is not None and price >= LEAST_PRICE and not counts else None


def _place(text: str, found: Found) -> str:
    """Places named after a word of place; the first one of which there is a filter is the filter."""
    for said in _PLACE.finditer(text):
        rest = text[said.end() :]
        words = list(re.finditer(r"\S+", rest))[:_LONGEST_PLACE]
        for last in range(len(words), 0, -1):
            end = words[last - 1].end()
            name = " ".join(split(rest[:end]))
            place = _named(said["kind"].split()[-1].lower()).get(name)
            if place is not None:
                found.update(place)
                return _without(text, said.start(), said.end() + end)
    return text


@cache
def _known() -> dict[str, dict[str, Found]]:
    """By `kecamatan`, `kelurahan` and "" for both: name → parameters. A name of two kelurahan names neither."""
    wards: dict[str, list[Found]] = {}
    for place in places().values():
        wards.setdefault(" ".join(split(place.name)), []).append({"kec": place.kecamatan, "kel": place.code})
    by_ward = {name: rows[0] for name, rows in wards.items() if len(rows) == 1}
    by_district: dict[str, Found] = {" ".join(split(name)): {"kec": code} for code, name in districts().items()}
    city: dict[str, Found] = {" ".join(split(settings.CITY.name)): {}}
    return {"kecamatan": by_district, "kelurahan": by_ward, "": by_ward | by_district | city}


def _named(kind: str) -> dict[str, Found]:
    known = _known()
    return known.get(kind, known[""])


def _without(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[:start]} {text[end:]}".split())
