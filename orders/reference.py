"""Dated rows of orders that an update adds where they lack: the papers of a file, tax rates and exemptions."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from epeken.core.reference import dated, declare

_DATA = Path(__file__).with_name("data")


def slot_rows() -> Iterable[Mapping[str, Any]]:
    for row in settings.CITY.rows("document_slots.csv"):
        found = dated(row)
        required, waivable = found.pop("required"), found.pop("waivable")
        yield found | {"is_required": required == "1", "is_waivable": waivable == "1"}


def _tax_rows(name: str) -> list[dict[str, Any]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return [dated(row) for row in csv.DictReader(file)]


def _rates() -> Iterable[Mapping[str, Any]]:
    return [row | {"minimum": int(row["minimum"])} for row in _tax_rows("tax_rates.csv")]


declare("orders.SlotRule", key=("account_prefix", "event_kind", "kind"), rows=slot_rows, asks=True)
declare("orders.TaxRate", key=("code",), rows=_rates)
declare("orders.TaxExemption", key=("code",), rows=lambda: _tax_rows("tax_exemptions.csv"))
