"""System checks of the data this installation rests on: rules and holidays.

They run after migrating, with `check --deploy --tag city --database default`, and not inside `migrate`: it may be
the migration that brings the missing row.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DatabaseError

from epeken.core import clock, rules
from epeken.core.models import Holiday, Rule

# The joint decree lists sixteen public holidays a year and collective leave besides; a year with fewer is unfinished.
COMPLETE_YEAR = 16
NEXT_YEAR_FROM = 10  # the decree for a year appears in September or October of the year before


@register("city", deploy=True)
def rules_are_complete(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every row is declared by a constant, fits its unit, and every constant has a row in force today."""
    if "default" not in (databases or []):
        return []
    try:
        rows = list(Rule.objects.all())
    except DatabaseError:
        return []  # before the first migrate
    return list(rule_faults(rows, clock.today())) if rows else []


def rule_faults(rows: Iterable[Rule], today: date) -> Iterable[CheckMessage]:
    known, in_force = rules.declared(), set()
    for row in rows:
        rule = known.get(row.code)
        if rule is None:
            yield Error(f"No code reads rule {row.code}.", hint="Remove the row or declare it.", id="core.E001")
            continue
        if row.unit != rule.unit:
            yield Error(f"Rule {row} is in {row.unit or 'no unit'}, not {rule.unit}.", id="core.E002")
        if wrong := rule.problem(row.value, row.text):
            yield Error(f"Rule {row}: {wrong}", id="core.E003")
        if clock.is_valid_on(row, today):
            in_force.add(row.code)
    for code in sorted(known.keys() - in_force):
        yield Error(
            f"Rule {code} has no row in force on {today:%Y-%m-%d}.",
            hint=f"Add it in the admin, or to rules.csv of {settings.CITY.folder.name}.",
            id="core.E004",
        )


@register("city", deploy=True)
def holidays_are_known(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Deadlines in working days are wrong where a year's holidays are missing."""
    if "default" not in (databases or []):
        return []
    try:
        days = list(Holiday.objects.values_list("day", flat=True))
    except DatabaseError:
        return []
    return [
        Warning(
            f"The holidays of {year} are incomplete: {count} days are known.",
            hint="Enter the days of the year's SKB 3 Menteri in the admin (Hari libur).",
            id="core.W001",
        )
        for year, count in unfinished_years(days, clock.today())
    ]


def unfinished_years(days: Iterable[date], today: date) -> list[tuple[int, int]]:
    """(year, known holidays) of this year, and from October of the next, where too few are known."""
    counted = Counter(day.year for day in days)
    years = [today.year, today.year + 1] if today.month >= NEXT_YEAR_FROM else [today.year]
    return [(year, counted[year]) for year in years if counted[year] < COMPLETE_YEAR]
