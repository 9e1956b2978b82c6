"""One format for each purpose: pages and sentences write days, hours and telephone numbers through `core.i18n.times`
and `core.phones` alone."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import models
from django.template import engines
from django.utils import formats, translation

from epeken.core import clock
from epeken.core.i18n import times
from epeken.core.phones import PhoneField
from epeken.core.web.forms import PhoneFormField
from tests.test_house import ROOT, sources

HOUSE = ("epeken", "umkm", "procurement", "orders")
TIMES = "epeken/core/i18n/times.py"
# What machines read and nobody sees: keys and ISO 8601.
FOR_MACHINES = {"%Y-%m", "%Y-%m-%d", "%Y%m%d", "%Y%m%d%H"}
FORMATTERS = {"strftime", "format_date", "format_datetime", "format_time", "date_format", "time_format", "localize"}
FILTERS = "tanggal|tanggal_pendek|tanggal_tabel|tanggal_jam|jam_tabel|jam|iso|batas"
MOMENT = datetime(2026, 12, 15, tzinfo=clock.ZONE).astimezone(UTC)  # midnight at home


def pages() -> Iterator[tuple[str, int, str]]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".typ"} and "fonts" not in path.parts:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield str(path.relative_to(ROOT)), number, line


def fields_of(*kinds: type[models.Field]) -> set[str]:
    """Names of the house's fields of these kinds."""
    return {
        field.name
        for model in apps.get_models()
        if model.__module__.split(".")[0] in HOUSE
        for field in model._meta.get_fields()
        if isinstance(field, kinds)
    }


def by_hand(tree: ast.AST) -> list[str]:
    """Days and hours put together without `core.i18n.times`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec)[2:-1]
            if "%" in spec and not spec.endswith("%") and spec not in FOR_MACHINES:
                found.append(spec)
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in FORMATTERS:
                found.append(ast.unparse(node))
    return found


def test_the_reader_sees_what_it_is_for() -> None:
    tree = ast.parse("f'{day:%d-%m-%Y} {day:%Y-%m-%d} {share:.0%}'; day.strftime('%H'); localize(day)")
    assert sorted(by_hand(tree)) == ["%d-%m-%Y", "day.strftime('%H')", "localize(day)"]


def test_code_formats_times_in_one_module() -> None:
    assert [
        f"{path.relative_to(ROOT)}: {text}"
        for path in sources()
        if str(path.relative_to(ROOT)) != TIMES
        for text in by_hand(ast.parse(path.read_text(encoding="utf-8")))
    ] == []


def test_templates_format_no_time_by_hand() -> None:
    rule = re.compile(r"\|\s*(date|time|timesince|timeuntil|naturaltime|naturalday)\b|\{%\s*now\b")
    assert [f"{page}:{number}: {line.strip()}" for page, number, line in pages() if rule.search(line)] == []


def test_templates_show_no_bare_moment() -> None:
    names = "|".join(sorted(fields_of(models.DateField, models.TimeField)))
    shown = re.compile(rf"(?:\{{\{{|=)\s*[\w.]+\.(?:{names})\b(?!\|(?:{FILTERS})\b)(?=\s*(?:\||\}}\}}|asvar|%\}}))")
    assert shown.search("{{ order.placed_at }}") and not shown.search("{{ order.placed_at|tanggal }}")
    found = [f"{page}:{number}: {line.strip()}" for page, number, line in pages() if shown.search(line)]
    # The words of a board, of a card to answer, of a hold, of a month, of a paper's days and of a tie: texts already.
    texts = ("item.until", "answer.until", "hold.until", "deposit.month", "card.period", "tie.since")
    assert [line for line in found if "field=form." not in line and not any(text in line for text in texts)] == []


def test_templates_show_telephone_numbers_through_their_filter() -> None:
    names = "|".join(sorted(fields_of(PhoneField)))
    shown = re.compile(rf"(?<!tel:)\{{\{{\s*[\w.]+\.(?:{names})\b(?!\|telepon\b)")
    assert shown.search("{{ order.recipient_phone }}") and not shown.search("tel:{{ order.recipient_phone }}")
    assert [f"{page}:{number}: {line.strip()}" for page, number, line in pages() if shown.search(line)] == []


@pytest.mark.parametrize(
    ("language", "brief", "full"),
    [("id", "15 Des 2026, 00.00", "15 Desember 2026, 00.00"), ("en", "15 Dec 2026, 00.00", "15 December 2026, 00.00")],
)
def test_libraries_write_moments_as_the_house_does(language: str, brief: str, full: str) -> None:
    """Pages of the office show what nobody formats."""
    with translation.override(language):
        assert times.brief_time(MOMENT) == f"{brief} {times.ZONE_NAME}"
        assert times.full_time(MOMENT) == f"{full} {times.ZONE_NAME}"
        bare = engines["django"].from_string("{{ moment }}").render({"moment": MOMENT})
        assert bare == times.full_time(MOMENT)
        assert formats.localize(date(2026, 12, 14)) == times.full_date(date(2026, 12, 14))


def test_a_form_shows_a_stored_number_as_people_read_it() -> None:
    field = PhoneFormField()
    assert field.prepare_value("+6281234567890") == "0812-3456-7890"
    assert [field.prepare_value(text) for text in ("0812 3456", "+62 apa", "+6281", "", None)] == [
        "0812 3456", "+62 apa", "+6281", "", None,
    ]  # fmt: skip
    assert not field.has_changed("+6281234567890", "0812-3456-7890")
