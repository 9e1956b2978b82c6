"""A row put where a test needs it, with the event the database asks for."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from epeken.core import clock
from epeken.core.states import owner_field
from orders.attestations.events import AttestedEvent
from orders.attestations.models import Attestation
from orders.attestations.services import act_of

# Rows whose checks stay well within the time of one statement.
AT_ONCE = 2000


@transaction.atomic
def put(row: Any, state: str, **fields: Any) -> Any:
    """The row as it would be in `state`, whatever way leads there. `fields` are written with it."""
    before = row.events.last()
    type(row)._base_manager.filter(pk=row.pk).update(state=state, **fields)
    event = row.events.create(
        action="put", from_state=before.to_state if before else "", to_state=state, at=clock.now()
    )
    event.recorded()
    return type(row)._base_manager.get(pk=row.pk)


@transaction.atomic
def put_all(rows: Sequence[Any]) -> None:
    """New rows of one model, each in the state it has, with its one event, for thousands at a time.

    The database checks them at once rather than at the end, and knows how many they are: else each check reads all.
    """
    for start in range(0, len(rows), AT_ONCE):
        _checked(rows[start : start + AT_ONCE])


def _checked(rows: Sequence[Any]) -> None:
    events = rows[0].events.model
    _written(rows, events)
    with connection.cursor() as cursor:
        for model in (type(rows[0]), events, Attestation):
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _written(rows: Sequence[Any], events: Any) -> None:
    """Events of an order's file are attested by a row each that chains nothing: reading thousands of files is not what
    such a test is about, and none verifies them."""
    type(rows[0])._base_manager.bulk_create(rows)
    owner, at = owner_field(events).name, clock.now()
    events._base_manager.bulk_create(
        [events(**{owner: row}, action="put", from_state="", to_state=row.state, at=at) for row in rows]
    )
    if not issubclass(events, AttestedEvent):
        return
    made = events._base_manager.filter(**{f"{owner}__in": rows}).select_related(owner)
    Attestation.objects.bulk_create(
        Attestation(
            order_id=act_of(event).order_pk, sequence=event.sequence, noun=event._meta.label, key=event.pk,
            event=event.sequence, action="put", at=at, content="", sha256="", hash=f"put-{event.sequence}",
        )
        for event in made
    )  # fmt: skip
