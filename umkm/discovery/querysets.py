"""Reads of what searches are helped with."""

from datetime import date
from typing import Self

from epeken.core import clock
from epeken.core.models import LockingQuerySet


class SynonymQuerySet(LockingQuerySet):
    def in_force(self, day: date) -> Self:
        return self.filter(clock.valid_on(day))
