"""One row that breaks stops no other, and what somebody else did meanwhile is no failure."""

from types import SimpleNamespace
from typing import Any

import pytest

from epeken.core.errors import InvalidMove
from epeken.core.sweeps import sweep


def test_each_row_has_its_turn(caplog: pytest.LogCaptureFixture) -> None:
    rows: Any = [SimpleNamespace(number=number) for number in ("A-1", "A-2", "A-3", "A-4")]
    errors = {"A-2": InvalidMove(), "A-3": ValueError("broken")}
    seen = []

    def act(row: Any) -> None:
        seen.append(row.number)
        if row.number in errors:
            raise errors[row.number]

    assert sweep(rows, act, failure="Row %s could not be closed") == 2
    assert seen == ["A-1", "A-2", "A-3", "A-4"]
    assert [record.getMessage() for record in caplog.records] == ["Row A-3 could not be closed"]
