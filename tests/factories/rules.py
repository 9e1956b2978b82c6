"""Dated rules as a test needs them."""

from datetime import date, timedelta
from typing import Any

from epeken.core.clock import valid_on
from epeken.core.models import Rule
from tests.kept_steps import kept


@kept
def end_rule(code: str, day: date, **over: Any) -> Rule:
    """The rule ends the day before `day`, and one with `over` begins."""
    row = Rule.objects.filter(valid_on(day), code=code).latest("valid_from")
    Rule.objects.filter(pk=row.pk).update(valid_until=day - timedelta(days=1))
    values = {"name": row.name, "value": row.value, "text": row.text, "unit": row.unit, "source": row.source, **over}
    return Rule.objects.create(code=code, valid_from=day, **values)


@kept
def set_rule(code: str, value: int) -> None:
    """The value on every day."""
    assert Rule.objects.filter(code=code).update(value=value)
