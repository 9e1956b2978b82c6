"""Dated rows of umkm that an update adds where they lack: what personal data is processed for, words of the market."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from epeken.core.reference import dated, declare


def _purposes() -> Iterable[Mapping[str, Any]]:
    return [dated(row) for row in settings.CITY.rows("processing_purposes.csv")]


def _synonyms() -> Iterable[Mapping[str, Any]]:
    with (Path(__file__).parent / "data/synonyms.csv").open(encoding="utf-8", newline="") as file:
        return [dated(row) for row in csv.DictReader(file)]


declare("umkm.ProcessingPurpose", key=("code",), rows=_purposes)
declare("umkm.Synonym", key=("said", "means"), rows=_synonyms)
