"""Reasons an officer picks from when a part of a registration goes back. Dated data: `data/ready_reasons.csv`.

They are a help in writing and no rule: the officer changes the words or writes their own.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from epeken.core.clock import is_valid_on

DATA = Path(__file__).resolve().parent.parent / "data" / "ready_reasons.csv"


@dataclass(frozen=True)
class ReadyReason:
    part: str
    reason: str
    valid_from: date
    valid_until: date | None


@cache
def ready_reasons() -> tuple[ReadyReason, ...]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            ReadyReason(
                row["part"], row["reason"], date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def of_part(part: str, day: date) -> list[str]:
    """Those in force on the day, in the order of the list."""
    return [one.reason for one in ready_reasons() if one.part == part and is_valid_on(one, day)]
