"""The city served, read from one folder. No line of code names a city: names, code, box and zone come from here."""

import csv
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Box:
    """A rectangle in degrees, its edges included."""

    south: Decimal
    north: Decimal
    west: Decimal
    east: Decimal

    def contains(self, latitude: Decimal, longitude: Decimal) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


@dataclass(frozen=True)
class WardPoint:
    """The middle of a ward, for a map."""

    code: str
    ward: str
    district: str
    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class OfficeContact:
    """Where people reach the office that runs the market; "" for what nobody has given."""

    address: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""
    complaints: str = ""  # address of a public complaint channel, which needs no account here


@dataclass(frozen=True)
class City:
    folder: Path
    name: str  # on pages, and before the date on documents
    long_name: str  # with its rank, as in Kota …
    government: str  # the letterhead
    code: str  # Kemendagri's: province and regency, 12.34
    zone: ZoneInfo
    box: Box
    contact: OfficeContact
    arms: bytes  # a PNG for the letterheads of departments; b"" without one
    ward_points: tuple[WardPoint, ...] = ()  # of every ward, or of none

    @property
    def digits(self) -> str:
        """The code as it stands in an NIK or a P-IRT number."""
        return self.code.replace(".", "")

    @property
    def example_pin(self) -> tuple[str, str]:
        """Latitude and longitude of the middle of the box, the way a person types them."""
        box = self.box
        return str((box.south + box.north) / 2), str((box.west + box.east) / 2)

    @property
    def map_points(self) -> str:
        """The middles of the wards as static/js/map.js reads them."""
        points = [[p.code, str(p.latitude), str(p.longitude), p.ward, p.district] for p in self.ward_points]
        return json.dumps(points, ensure_ascii=False, separators=(",", ":"))

    def rows(self, name: str) -> list[dict[str, str]]:
        """The lines of one of the folder's tables, keyed by its header."""
        return _rows(self.folder / name)


def read_city(folder: Path) -> City:
    """The city of this folder. Raises ImproperlyConfigured, naming the file and what is wrong in it."""
    path = folder / "city.toml"
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise ImproperlyConfigured(f"CITY_DIR: {path} cannot be read ({problem.strerror}).") from problem
    except tomllib.TOMLDecodeError as problem:
        raise ImproperlyConfigured(f"{path}: {problem}") from problem
    box = facts.get("box")
    if not isinstance(box, Mapping):
        raise ImproperlyConfigured(f"{path}: [box] with south, north, west and east is missing.")
    code = _text(path, facts, "code")
    if not re.fullmatch(r"\d\d\.\d\d", code, flags=re.ASCII):
        raise ImproperlyConfigured(f"{path}: code must be Kemendagri's, such as 12.34, not {code!r}.")
    try:
        zone = ZoneInfo(_text(path, facts, "zone"))
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise ImproperlyConfigured(f"{path}: zone is no time zone of the IANA database.") from problem
    edges = {side: _degrees(path, box, side) for side in ("south", "north", "west", "east")}
    if edges["south"] >= edges["north"] or edges["west"] >= edges["east"]:
        raise ImproperlyConfigured(f"{path}: [box] must have south below north and west below east.")
    outline = Box(**edges)
    return City(
        folder,
        _text(path, facts, "name"),
        _text(path, facts, "long_name"),
        _text(path, facts, "government"),
        code,
        zone,
        outline,
        _contact(path, facts.get("contact", {})),
        _arms(folder / "arms.png"),
        _ward_points(folder, outline),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _ward_points(folder: Path, box: Box) -> tuple[WardPoint, ...]:
    path = folder / "ward_points.csv"
    if not path.exists():
        return ()
    try:
        at = {row["code"]: (Decimal(row["latitude"]), Decimal(row["longitude"])) for row in _rows(path)}
    except (KeyError, TypeError, InvalidOperation) as problem:
        raise ImproperlyConfigured(f"{path}: each line has a code, a latitude and a longitude in degrees.") from problem
    wards = {row["kode_kelurahan"]: row for row in _rows(folder / "wilayah.csv")}
    if at.keys() != wards.keys():
        strange = sorted(at.keys() ^ wards.keys())[0]
        raise ImproperlyConfigured(f"{path}: {strange} stands here or in wilayah.csv, not in both.")
    for code, point in at.items():
        if not box.contains(*point):
            raise ImproperlyConfigured(f"{path}: the point of {code} is outside the [box] of city.toml.")
    return tuple(WardPoint(code, wards[code]["kelurahan"], wards[code]["kecamatan"], *at[code]) for code in at)


def _arms(path: Path) -> bytes:
    content = path.read_bytes() if path.exists() else b""
    if content and not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise ImproperlyConfigured(f"{path} is no PNG.")
    return content


def _contact(path: Path, told: object) -> OfficeContact:
    if not isinstance(told, Mapping):
        raise ImproperlyConfigured(f"{path}: [contact] is a table.")
    known = {field.name for field in fields(OfficeContact)}
    if strange := sorted(told.keys() - known):
        raise ImproperlyConfigured(f"{path}: [contact] has no {strange[0]}; it has {', '.join(sorted(known))}.")
    return OfficeContact(**{key: _text(path, told, key) for key in told})


def _text(path: Path, facts: Mapping[str, object], key: str) -> str:
    value = facts.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ImproperlyConfigured(f"{path}: {key} is missing.")
    return value


def _degrees(path: Path, box: Mapping[str, object], side: str) -> Decimal:
    try:
        return Decimal(_text(path, box, side))
    except InvalidOperation as problem:
        raise ImproperlyConfigured(f"{path}: {side} of [box] is no number of degrees.") from problem
