"""State machines as tables. `move` is the only code that assigns a state, and it writes the event row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
    callers one wins. `actor` is a User, or None for the system. With `acted_as` (the office held that day) the actor's
    name and NIP are copied into the event, for the documents that state the act. Raises InvalidMove.
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
    copied = {"actor_name": actor.name, "actor_nip": actor.nip, "acted_as": acted_as} if actor and acted_as else {}
    obj.events.create(action=action, from_state=old, to_state=obj.state, actor=actor, at=now, note=note, **copied)


def valid_states(machine: Machine, name: str) -> models.CheckConstraint:
    """The CHECK that keeps a state column inside its machine."""
    return models.CheckConstraint(condition=models.Q(state__in=sorted(machine.states)), name=name)
