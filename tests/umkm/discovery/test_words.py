"""One splitting rule for what is looked for and for what the goods say, and words that mean the same goods."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from epeken.core import reference
from tests.factories import umkm as make
from umkm.catalogue.models import Category
from umkm.discovery.models import Synonym
from umkm.discovery.pages import cards
from umkm.discovery.search import Query, search
from umkm.discovery.services import rebuild
from umkm.discovery.words import split, words_of

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = NOW.date()
pytestmark = pytest.mark.django_db


def names(text: str, **more: Any) -> list[str]:
    return sorted(hit.product.name for hit in search(Query(text=text, **more), now=NOW).hits)


def goods(*names: str) -> None:
    for name in names:
        make.make_product(name=name, description="")


# Names as shops write them, and what buyers type: case D04 of the public fault reports, and what is of its kind.
FOUND = [
    ("Nasi Ayam/Bebek Goreng Lalapan", "bebek goreng"),
    ("Nasi Ayam/Bebek Goreng Lalapan", "ayam bebek"),
    ("Rendang/Opor 1/2 kg", "opor"),
    ("Paket Lele.Mujair Bakar", "mujair"),
    ("Pepes🐟Ikan Mas", "pepes"),
    ("Pepes🐟Ikan Mas", "ikan mas"),
    ("Nasi Berkah Jum'at", "jumat"),
    ("Nasi Berkah Jum'at", "jum'at"),
    ("Nasi Berkah Jum’at", "jumat"),
    ("Nasi Berkah Jumat", "jum'at"),
    ("Kopi&Susu Gula Aren", "kopi susu gula aren"),
    ("Soto-Betawi Komplit", "soto betawi"),
    ("Gudeg #Spesial@Rumah", "gudeg spesial"),
    ("Kopi bubuk 500gr", "kopi 500 gr"),
    ("Kopi bubuk 500 gr", "kopi 500gr"),
    ("Kertas HVS A4 80gsm", "hvs a4"),
    ("Kertas HVS A4 80gsm", "hvs 80 gsm"),
    ("Café Crème", "cafe creme"),
    ("Cafe\u0301 Creme\u0300", "café crème"),
    ("Cafe Creme", "CAFÉ"),
    ("Minyak 2,5 L", "minyak 2,5l"),
    ("Kue_lapis_legit", "lapis legit"),
    ("Ｔｅｈ　Ｔａｒｉｋ", "teh tarik"),
    ("Snack “Sehat”", '"sehat"'),
]


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_what_a_name_says_is_found(name: str, text: str) -> None:
    goods(name, "Sapu lidi")
    assert names(text) == [name]


@given(st.text(max_size=40) | st.text(alphabet="aB1'’é/ -.\u0301🐟²ſK", max_size=20))
def test_goods_are_indexed_by_the_words_that_are_looked_for(text: str) -> None:
    text = text.replace("\x00", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT epeken_split(%s)", [text.encode("utf-8", "ignore").decode()])
        assert cursor.fetchone()[0].split() == split(text.encode("utf-8", "ignore").decode())


def test_a_text_without_a_word_finds_nothing_and_says_so(client: Any) -> None:
    goods("Nasi kotak")
    found = search(Query(text="?!🐟"), now=NOW)
    assert (found.count, found.hits, found.query.is_unusable) == (0, [], True)
    page = client.get("/cari/", {"q": "?!🐟"}, HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert "Ketik kata dengan huruf atau angka." in page
    assert "Ketik kata dengan huruf atau angka." not in client.get("/cari/", {"q": "nasi"}).content.decode()


def test_words_that_mean_the_same_find_goods_and_are_told() -> None:
    goods("Nasi kotak ayam", "Kotak kado", "Nasi goreng")
    found = search(Query(text="nasi box"), now=NOW)
    assert [hit.product.name for hit in found.hits] == ["Nasi kotak ayam"]
    assert (found.also, found.mended, found.hits[0].in_name) == (("nasi kotak",), "", True)
    assert names("nasi box", exact=True) == []
    # Beside what is called as it was typed.
    goods("Nasi box sehat")
    assert names("nasi box") == ["Nasi box sehat", "Nasi kotak ayam"]
    assert names("nasi box ayam") == ["Nasi kotak ayam"]
    make.make_product(name="Pecel", description="Dengan nasi kotak")
    told = cards.named_words(search(Query(text="nasi box"), now=NOW))
    assert told == "2 bernama “nasi box” atau padanannya, 1 lain sejenis atau menyebutnya."
    # Not the other way round, but where a row says so.
    assert names("nasi kotak") == ["Nasi kotak ayam", "Pecel"]


def test_a_word_of_the_table_is_never_mended() -> None:
    """`sego` is a word, not a mistyped `segar`."""
    goods("Jus segar")
    rebuild()
    assert (names("sego"), search(Query(text="sego"), now=NOW).mended) == ([], "")
    assert search(Query(text="segi"), now=NOW).mended == "segar"


def test_categories_are_found_by_words_that_mean_theirs() -> None:
    product = make.make_product(name="Pensil", description="", category=Category.objects.get(slug="pena-map"))
    Synonym.objects.create(said="keperluan kerja", means="alat tulis", valid_from=DAY, source="Uji")
    found = search(Query(text="keperluan kerja"), now=NOW, categories=list(Category.objects.all()))
    assert [hit.product for hit in found.hits] == [product]


@pytest.mark.parametrize(
    ("first", "last", "holds"), [(0, None, True), (1, None, False), (-9, -1, False), (-9, 0, True)]
)
def test_a_row_holds_on_its_days(first: int, last: int | None, holds: bool) -> None:
    goods("Kain perca")
    until = None if last is None else DAY + timedelta(days=last)
    Synonym.objects.create(
        said="sisa jahit", means="kain perca", valid_from=DAY + timedelta(days=first), valid_until=until, source="Uji"
    )
    assert bool(names("sisa jahit")) is holds


def test_a_row_is_kept_as_words() -> None:
    row = Synonym(said="  Nasi-Dus! ", means="NASI kotak", valid_from=DAY, source="Uji")
    row.full_clean(validate_unique=False, validate_constraints=False)
    assert (row.said, row.means) == ("nasi dus", "nasi kotak")
    with pytest.raises(ValidationError):
        Synonym(said="!!", means="nasi", valid_from=DAY, source="Uji").full_clean()


def test_rows_that_are_shipped_are_words_as_they_are_split() -> None:
    rows = list(next(table for table in reference._tables if table.label == "umkm.Synonym").rows())
    assert len({(row["said"], row["means"]) for row in rows}) == len(rows)
    assert sum("Jawa" in row["source"] for row in rows) >= 60
    for row in rows:
        assert " ".join(split(row["said"])) == row["said"] != row["means"] == " ".join(split(row["means"]))
        assert words_of(row["said"]) == row["said"].split(), "a stop word would never be looked for"
        date.fromisoformat(row["valid_from"])
