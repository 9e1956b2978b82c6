"""A place, a price and the order, typed among the words of a search."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from tests.factories import umkm as make
from tests.factories.places import WARD
from umkm.discovery import conditions
from umkm.discovery.places import places

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "left", "found"),
    [
        ("nasi kotak di bawah 30000", "nasi kotak", {"maks": "30000"}),
        ("nasi kotak dibawah Rp30.000", "nasi kotak", {"maks": "30000"}),
        ("nasi kotak kurang dari 30 ribu halal", "nasi kotak", {"maks": "30000", "halal": "1"}),
        ("nasi kotak halal", "nasi kotak", {"halal": "1"}),
        ("kue yang bersertifikat halal", "kue", {"halal": "1"}),
        ("kaos maks. 75rb", "kaos", {"maks": "75000"}),
        ("meja di atas 1,5 juta", "meja", {"min": "1500000"}),
        ("kopi minimal 20ribu maksimal 50ribu", "kopi", {"min": "20000", "maks": "50000"}),
        ("tas paling murah", "tas", {"urut": "murah"}),
        ("tas yang murah", "tas", {"urut": "murah"}),
        # No price: a size, a number of pieces, an unreadable one.
        ("karpet di bawah 50", "karpet di bawah 50", {}),
        ("nasi kotak minimal 1000 kotak", "nasi kotak minimal 1000 kotak", {}),
        ("sepatu di atas 30.0000", "sepatu di atas 30.0000", {}),
        ("lampu 30 watt", "lampu 30 watt", {}),
        # Nothing but the order names no goods.
        ("murah", "murah", {}),
        ("halal", "halal", {}),
        ("halalan", "halalan", {}),
        ("rak di atas meja", "rak di atas meja", {}),
        ("di bawah 30 ribu", "", {"maks": "30000"}),
    ],
)
def test_prices_are_read_where_they_are_prices(text: str, left: str, found: dict[str, str]) -> None:
    assert conditions.read(text) == (left, found)


def test_places_are_read_after_a_word_of_place() -> None:
    ward = places()[WARD]
    district = {"kec": ward.kecamatan}
    twins = [place for place in places().values() if place.name == ward.kecamatan_name]
    name, other = (
        ward.kecamatan_name,
        next(p for p in places().values() if p.name != p.kecamatan_name and " " in p.name),
    )
    # A kecamatan goes before a kelurahan of its name.
    assert conditions.read(f"nasi kotak di {name} pedas") == ("nasi kotak pedas", district)
    assert conditions.read(f"nasi di kecamatan {name.upper()}") == ("nasi", district)
    if twins:
        assert conditions.read(f"nasi di kelurahan {name}") == (
            "nasi",
            {"kec": twins[0].kecamatan, "kel": twins[0].code},
        )
    assert conditions.read(f"kue sekitar {other.name}, pedas") == (
        "kue pedas",
        {"kec": other.kecamatan, "kel": other.code},
    )
    assert conditions.read(f"nasi di kota {name}") == (f"nasi di kota {name}", {})
    # Goods are named by places, too.
    assert conditions.read(f"lontong {name}") == (f"lontong {name}", {})
    assert conditions.read(f"nasi di {settings.CITY.name}") == ("nasi", {})
    assert conditions.read(f"nasi di bawah 30rb di {name} murah") == (
        "nasi",
        district | {"maks": "30000", "urut": "murah"},
    )


def asked(client: Any, **query: Any) -> dict[str, list[str]] | None:
    """The address a search leads to; None where it answers at once."""
    answer = client.get("/cari/", query)
    return parse_qs(urlsplit(answer.url).query) if answer.status_code == 302 else None


def test_what_was_typed_becomes_filters_that_are_seen(client: Any) -> None:
    make.make_product(name="Nasi kotak", price=25_000)
    district = places()[WARD].kecamatan
    name = places()[WARD].kecamatan_name
    text = f"nasi kotak di {name} di bawah 30 ribu"
    assert asked(client, q=text) == {"q": ["nasi kotak"], "kec": [district], "maks": ["30000"]}
    assert asked(client, q="nasi kotak", kec=district, maks="30.000") is None
    # What was chosen stays, and nothing is read of what is looked for as it was typed.
    assert asked(client, q="nasi di bawah 30 ribu", maks="10000") == {"q": ["nasi"], "maks": ["10000"]}
    assert asked(client, q=text, persis="1") is None
    assert asked(client, q="nasi kotak") is None
