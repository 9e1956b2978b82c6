"""State machines as tables. `move` is the only code that assigns a state, and it writes the event row.

The database holds both together: an event begins where the one before it ended, and when a transaction ends, the state
of each row is where its last event led. Whoever changes a state by another way is refused at the commit.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import models

from epeken.core.errors import InvalidMove


class Machine:
    """An initial state and a table (state, action) → state."""

    def __init__(self, initial: str, table: Mapping[tuple[str, str], str]) -> None:
        self.initial = initial
        self.table = dict(table)

    @property
    def actions(self) -> set[str]:
        return {action for _, action in self.table}

    @property
    def states(self) -> set[str]:
        return {self.initial} | {s for s, _ in self.table} | set(self.table.values())

    def allows(self, state: str, action: str) -> bool:
        return (state, action) in self.table

    def after(self, state: str, action: str) -> str:
        """Raises InvalidMove when the table has no such row."""
        try:
            return self.table[(state, action)]
        except KeyError:
            raise InvalidMove() from None


def move(
    obj: Any, action: str, *, actor: Any, now: datetime, note: str = "", acted_as: str = "", **fields: Any
) -> None:
    """`obj.state` follows its class's `machine`; `fields` are written with it; one event row records it.

    Call inside a transaction with `obj` locked. The UPDATE is conditional on the old state, so of two racing
    callers one wins. `actor` is a User, or None for the system. The event keeps the actor's name and NIP of that
    moment and `acted_as`, the office held or the side taken that day. Raises InvalidMove.
    """
    old = obj.state
    new = obj.machine.after(old, action)
    changed = type(obj)._base_manager.filter(pk=obj.pk, state=old).update(state=new, **fields)
    if changed != 1:
        raise InvalidMove()
    obj.state = new
    for name, value in fields.items():
        setattr(obj, name, value)
    _record(obj, action, old, actor=actor, now=now, note=note, acted_as=acted_as)


def begin(obj: Any, *, actor: Any, now: datetime, note: str = "", acted_as: str = "") -> None:
    """The event row of a new object's first state (no earlier state, action `create`)."""
    _record(obj, "create", "", actor=actor, now=now, note=note, acted_as=acted_as)


def _record(obj: Any, action: str, old: str, *, actor: Any, now: datetime, note: str, acted_as: str) -> None:
    copied = {"actor_name": actor.name, "actor_nip": actor.nip, "acted_as": acted_as} if actor else {}
    event = obj.events.create(
        action=action, from_state=old, to_state=obj.state, actor=actor, at=now, note=note, **copied
    )
    event.recorded()


def owner_field(events: Any) -> Any:
    """Of an event table, the relation to the row whose state moved."""
    return next(f for f in events._meta.fields if f.is_relation and f.remote_field.related_name == "events")


class EventFollowsTheLast(pgtrigger.Trigger):
    """For the `triggers` of an event table."""

    name = "follows_the_last"
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    declare = [("before", "text")]

    def get_func(self, model: Any) -> str:
        owner = owner_field(model).column
        return f"""
            SELECT to_state INTO before FROM "{model._meta.db_table}" WHERE "{owner}" = NEW."{owner}"
                ORDER BY sequence DESC LIMIT 1;
            IF COALESCE(before, '') <> NEW.from_state THEN
                RAISE EXCEPTION 'An event of % begins at "%", the one before ended at "%"',
                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """  # noqa: S608 - our own tables' names


class EventLedToState(pgtrigger.Trigger):
    """For the `triggers` of an event table: checked at the end of the transaction."""

    name = "led_to_state"
    when = pgtrigger.After
    operation = pgtrigger.Insert
    timing = pgtrigger.Deferred
    declare = [("now_is", "text"), ("led_to", "text")]

    def get_func(self, model: Any) -> str:
        owner = owner_field(model)
        return _same_state(owner.related_model, model, owner.column, key=f'NEW."{owner.column}"')


class StateIsLastEvent(pgtrigger.Trigger):
    """For the `triggers` of a model with a machine: checked at the end of the transaction."""

    name = "state_is_last_event"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("state")
    timing = pgtrigger.Deferred
    declare = [("now_is", "text"), ("led_to", "text")]

    def get_func(self, model: Any) -> str:
        relation = model._meta.get_field("events")
        return _same_state(model, relation.related_model, relation.field.column, key="NEW.id")


def _same_state(owner: Any, events: Any, column: str, *, key: str) -> str:
    """Asks both tables as they are at the end: a transaction may move a row twice."""
    return f"""
        SELECT state INTO now_is FROM "{owner._meta.db_table}" WHERE id = {key};
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
        SELECT to_state INTO led_to FROM "{events._meta.db_table}" WHERE "{column}" = {key}
            ORDER BY sequence DESC LIMIT 1;
        IF led_to IS DISTINCT FROM now_is THEN
            RAISE EXCEPTION '{owner._meta.label} % is "%", its last event led to "%"', {key}, now_is, led_to
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """  # noqa: S608 - our own tables' names


def valid_states(machine: Machine, name: str) -> models.CheckConstraint:
    """The CHECK that keeps a state column inside its machine."""
    return models.CheckConstraint(condition=models.Q(state__in=sorted(machine.states)), name=name)
