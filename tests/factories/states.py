"""A row put where a test needs it, with the event the database asks for."""

from typing import Any

from django.db import transaction

from epeken.core import clock


@transaction.atomic
def put(row: Any, state: str, **fields: Any) -> Any:
    """The row as it would be in `state`, whatever way leads there. `fields` are written with it."""
    before = row.events.last()
    type(row)._base_manager.filter(pk=row.pk).update(state=state, **fields)
    row.events.create(action="put", from_state=before.to_state if before else "", to_state=state, at=clock.now())
    return type(row)._base_manager.get(pk=row.pk)
