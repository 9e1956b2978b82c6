"""Rows that may be there already."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.constants import OnConflict

Row = TypeVar("Row", bound=models.Model)


def insert_new(row: models.Model) -> bool:
    """Inserts the row unless one with its unique values is there; whether it was inserted. One statement, no savepoint.

    Of two that insert the same at once the second waits for the first to end and then finds it.
    """
    made = _inserted([row])
    for (pk,) in made:
        _now_has(row, pk)
    return bool(made)


def insert_each_new(rows: list[Row], *, by: str) -> list[Row]:
    """Those of the rows that were inserted, as `insert_new` does one. `by`: a column in which they all differ.

    Callers that may meet pass their rows in one order, so that no two wait for each other.
    """
    made = dict(_inserted(rows, by))
    for row in rows:
        if getattr(row, by) in made:
            _now_has(row, made[getattr(row, by)])
    return [row for row in rows if not row._state.adding]


def statement_of(rows: Sequence[models.Model]) -> tuple[str, Sequence[Any]]:
    """What `insert_each_new` sends, with its values: to be part of a larger statement. It gives the primary keys."""
    compiler = _compiler(rows)
    compiler.returning_fields = [rows[0]._meta.pk]
    ((sql, values),) = compiler.as_sql()
    return sql, values


def _inserted(rows: list[Any], *returned: str) -> list[tuple[Any, ...]]:
    """`returned` columns and the key of each row that was inserted."""
    if not rows:
        return []
    meta = rows[0]._meta
    columns = [field for name in returned for field in meta.concrete_fields if field.attname == name]
    found = _compiler(rows).execute_sql(returning_fields=[*columns, meta.pk])
    return [answer for answer in found if answer is not None]


def _compiler(rows: Sequence[models.Model]) -> Any:
    query = models.sql.InsertQuery(type(rows[0]), on_conflict=OnConflict.IGNORE)
    query.insert_values([field for field in rows[0]._meta.local_concrete_fields if not field.primary_key], list(rows))
    return query.get_compiler(connection=connection)


def _now_has(row: models.Model, pk: Any) -> None:
    row.pk, row._state.adding, row._state.db = pk, False, connection.alias
