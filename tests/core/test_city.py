"""A city is a folder: what is read from it, and what an incomplete one answers."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from epeken.core import clock
from epeken.core.city import read_city
from epeken.core.models import Kecamatan, Kelurahan

ROOT = Path(settings.BASE_DIR)
CITIES = [*sorted(path for path in (ROOT / "data").iterdir() if path.is_dir()), ROOT / "tests" / "data" / "kota-contoh"]


def write(folder: Path, **over: str) -> Path:
    """A city.toml of two lines and a box; `over` replaces a line, '' leaves it out."""
    lines = {
        "name": 'name = "Kota"',
        "long_name": 'long_name = "Kota Kecil"',
        "government": 'government = "Pemerintah Kota Kecil"',
        "code": 'code = "12.34"',
        "zone": 'zone = "Asia/Jayapura"',
        "box": '[box]\nsouth = "-1"\nnorth = "1"\nwest = "140"\neast = "141"',
        **over,
    }
    (folder / "city.toml").write_text("\n".join(line for line in lines.values() if line), encoding="utf-8")
    return folder


@pytest.mark.parametrize("folder", CITIES, ids=lambda folder: folder.name)
def test_wards_and_food_courts_belong_to_their_city(folder: Path) -> None:
    city = read_city(folder)
    wards = city.rows("wilayah.csv")
    assert len({ward["kode_kelurahan"] for ward in wards}) == len(wards)
    assert all(ward["kode_kecamatan"].startswith(f"{city.code}.") for ward in wards)
    assert all(ward["kode_kelurahan"].startswith(f"{ward['kode_kecamatan']}.") for ward in wards)
    districts = {ward["kecamatan"] for ward in wards}
    courts = city.rows("swk.csv")
    assert {court["kecamatan"] for court in courts} <= {*districts, ""}
    places = {*(ward["kode_kelurahan"] for ward in wards), *(court["name"] for court in courts)}
    assert {row["place"] for row in city.rows("demo_places.csv")} <= places


@pytest.mark.parametrize("folder", CITIES, ids=lambda folder: folder.name)
def test_a_map_shows_every_ward_at_a_place_of_its_own(folder: Path) -> None:
    city = read_city(folder)
    assert len({(point.latitude, point.longitude) for point in city.ward_points}) == len(city.rows("wilayah.csv"))
    sent = json.loads(city.map_points)
    assert [row[0] for row in sent] == [ward["kode_kelurahan"] for ward in city.rows("wilayah.csv")]
    assert all(city.box.contains(Decimal(lat), Decimal(lng)) for _code, lat, lng, *_names in sent)


def with_points(folder: Path, *lines: str) -> Path:
    (folder / "wilayah.csv").write_text(
        "kode_kelurahan,kelurahan,kode_kecamatan,kecamatan,kodepos\n12.34.01.1001,Laut,12.34.01,Barat,10101\n"
    )
    (folder / "ward_points.csv").write_text("\n".join(["code,latitude,longitude", *lines]))
    return write(folder)


def test_a_city_without_middles_of_wards_has_a_map_without_them(tmp_path: Path) -> None:
    city = read_city(write(tmp_path))
    assert (city.ward_points, city.map_points) == ((), "[]")
    (point,) = read_city(with_points(tmp_path, "12.34.01.1001,0.5,140.5")).ward_points
    assert (point.ward, point.district, point.longitude) == ("Laut", "Barat", Decimal("140.5"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "12.34.01.1001 stands here or in wilayah.csv"),
        (["12.34.01.1001,0.5,140.5", "12.34.01.1002,0.5,140.5"], "12.34.01.1002 stands here or in wilayah.csv"),
        (["12.34.01.1001,utara,140.5"], "in degrees"),
        (["12.34.01.1001,0.5"], "in degrees"),
        (["12.34.01.1001,140.5,0.5"], r"outside the \[box\]"),  # the two the wrong way round
    ],
)
def test_wrong_middles_of_wards_stop_the_start(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        read_city(with_points(tmp_path, *lines))


def test_every_city_knows_the_same_rules() -> None:
    known = [{row["code"] for row in read_city(folder).rows("rules.csv")} for folder in CITIES]
    assert len(known) >= 2
    assert all(codes == known[0] for codes in known)


@pytest.mark.django_db
def test_the_tables_hold_the_wards_of_the_chosen_city() -> None:
    wards = settings.CITY.rows("wilayah.csv")
    assert set(Kelurahan.objects.values_list("code", flat=True)) == {ward["kode_kelurahan"] for ward in wards}
    assert set(Kecamatan.objects.values_list("code", flat=True)) == {ward["kode_kecamatan"] for ward in wards}


def test_time_is_the_citys_own(tmp_path: Path) -> None:
    assert settings.CITY.zone == clock.ZONE
    assert settings.CITY.zone.key == settings.TIME_ZONE
    assert read_city(write(tmp_path)).zone.key == "Asia/Jayapura"


def test_the_box_holds_its_edges_and_nothing_beyond(tmp_path: Path) -> None:
    box = read_city(write(tmp_path)).box
    assert box.contains(Decimal("-1"), Decimal("141"))
    assert box.contains(Decimal("1"), Decimal("140"))
    assert not box.contains(Decimal("-1.000001"), Decimal("140"))
    assert not box.contains(Decimal("1.000001"), Decimal("140"))
    assert not box.contains(Decimal("0"), Decimal("139.999999"))
    assert not box.contains(Decimal("0"), Decimal("141.000001"))


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"name": ""}, "name is missing"),
        ({"name": 'name = " "'}, "name is missing"),
        ({"government": "government = 7"}, "government is missing"),
        ({"code": 'code = "1234"'}, "code must be"),
        ({"code": 'code = "12.345"'}, "code must be"),
        ({"zone": 'zone = "Asia/Nowhere"'}, "no time zone"),
        ({"zone": 'zone = "../etc/passwd"'}, "no time zone"),
        ({"box": ""}, r"\[box\]"),
        ({"box": '[box]\nsouth = "1"\nnorth = "-1"\nwest = "140"\neast = "141"'}, "south below north"),
        ({"box": '[box]\nsouth = "x"\nnorth = "1"\nwest = "140"\neast = "141"'}, "south of"),
        ({"code": "code = "}, "city.toml"),
        ({"contact": '[contact]\nfax = "1"'}, "no fax"),
        ({"contact": '[contact]\nphone = ""'}, "phone is missing"),
    ],
)
def test_an_incomplete_city_stops_the_start(tmp_path: Path, over: dict[str, str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        read_city(write(tmp_path, **over))


def test_arms_are_a_png(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert read_city(folder).arms == b""
    (folder / "arms.png").write_bytes(b"<svg/>")
    with pytest.raises(ImproperlyConfigured, match=r"arms\.png is no PNG"):
        read_city(folder)
    picture = (settings.BASE_DIR / "tests/data/kota-contoh/arms.png").read_bytes()
    (folder / "arms.png").write_bytes(picture)
    assert read_city(folder).arms == picture


def test_a_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="CITY_DIR"):
        read_city(tmp_path / "none")
