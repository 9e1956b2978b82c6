"""A row put where a test needs it, with the event the database asks for."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from epeken.core import clock
from epeken.core.states import owner_field


@transaction.atomic
def put(row: Any, state: str, **fields: Any) -> Any:
    """The row as it would be in `state`, whatever way leads there. `fields` are written with it."""
    before = row.events.last()
    type(row)._base_manager.filter(pk=row.pk).update(state=state, **fields)
    row.events.create(action="put", from_state=before.to_state if before else "", to_state=state, at=clock.now())
    return type(row)._base_manager.get(pk=row.pk)


@transaction.atomic
def put_all(rows: Sequence[Any]) -> None:
    """New rows of one model, each in the state it has, with its one event, for thousands at a time.

    The database checks them at once rather than at the end, and knows how many they are: else each check reads all.
    """
    type(rows[0])._base_manager.bulk_create(rows)
    events, at = rows[0].events.model, clock.now()
    owner = owner_field(events).name
    events._base_manager.bulk_create(
        [events(**{owner: row}, action="put", from_state="", to_state=row.state, at=at) for row in rows]
    )
    with connection.cursor() as cursor:
        for model in (type(rows[0]), events):
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
