"""Dated rows of umkm that an update adds where they lack: what personal data is processed for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from epeken.core.reference import dated, declare


def _purposes() -> Iterable[Mapping[str, Any]]:
    return [dated(row) for row in settings.CITY.rows("processing_purposes.csv")]


declare("umkm.ProcessingPurpose", key=("code",), rows=_purposes)
