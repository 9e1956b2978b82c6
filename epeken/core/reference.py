"""Dated rows that come with the product or the folder of the city: what an update adds of them to a database that runs.

A new database is filled by migrations. Later releases read rules that the table does not have yet; `fill_missing`,
which `manage.py fill_reference` runs after every `migrate`, adds those of whose key there is no row at all. A row that
is there is the city's, whatever it says now, and what an update once added or found is not added again when the city
removed it. An app declares its tables in its reference.py.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from epeken.core import clock, rules
from epeken.core.models import ReferenceRow
from epeken.core.services import service

_FILLING = 17747 << 48  # the lock of whoever fills


@dataclass(frozen=True)
class ReferenceTable:
    """`label`: of the model. `key`: the columns that name what a row is about, whenever it holds. `rows`: what is
    shipped, by column. `asks`: a row asks people for something, which what began before the update does not owe."""

    label: str
    key: tuple[str, ...]
    rows: Callable[[], Iterable[Mapping[str, Any]]]
    asks: bool = False


_tables: list[ReferenceTable] = []


def declare(
    label: str, *, key: tuple[str, ...], rows: Callable[[], Iterable[Mapping[str, Any]]], asks: bool = False
) -> None:
    _tables.append(ReferenceTable(label, key, rows, asks))


@service
def fill_missing(*, now: datetime) -> list[ReferenceRow]:
    """Adds what the tables lack, and writes down what was added and what was there. The rows that were added.

    Locks: none; two at once wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FILLING])
    return [row for table in _tables for row in _fill(table, now)]


def names() -> dict[tuple[str, str], str]:
    """What the rows are called, the latest of each key, by the table's label and the key. One query a table."""
    found: dict[tuple[str, str], str] = {}
    for table in _tables:
        model: Any = apps.get_model(table.label)
        for row in model.objects.order_by("valid_from"):
            found[table.label, _name(getattr(row, name) for name in table.key)] = str(row)
    return found


def _fill(table: ReferenceTable, now: datetime) -> list[ReferenceRow]:
    model: Any = apps.get_model(table.label)
    there = {_name(row) for row in model.objects.values_list(*table.key)}
    known = set(ReferenceRow.objects.filter(table=table.label).values_list("key", flat=True))
    wanted: dict[str, list[Mapping[str, Any]]] = {}
    for row in table.rows():
        wanted.setdefault(_name(row[name] for name in table.key), []).append(row)
    day = str(clock.local_date(now))
    new = [key for key in wanted if key not in known]
    added = [row for key in new if key not in there for row in wanted[key]]
    if table.asks:
        added = [{**row, "valid_from": max(row["valid_from"], day)} for row in added if _is_open(row, day)]
    model.objects.bulk_create(model(**row) for row in added)
    keys = {_name(row[name] for name in table.key) for row in added}
    noted = ReferenceRow.objects.bulk_create(
        ReferenceRow(table=table.label, key=key, was_added=key in keys, noted_at=now) for key in new
    )
    return [row for row in noted if row.was_added]


def _is_open(row: Mapping[str, Any], day: str) -> bool:
    return row["valid_until"] is None or row["valid_until"] >= day


def _name(values: Iterable[Any]) -> str:
    return " ".join(str(value) or "-" for value in values)


def dated(row: Mapping[str, str]) -> dict[str, Any]:
    """A line of a table with the days it holds; without a last day it is open."""
    return {**row, "valid_until": row["valid_until"] or None}


def _rule_rows() -> Iterable[Mapping[str, Any]]:
    """Those some code reads: a row nobody reads is a fault (core.checks)."""
    return [dated(row) for row in settings.CITY.rows("rules.csv") if row["code"] in rules.declared()]


declare("core.Rule", key=("code",), rows=_rule_rows)
