"""The dated rules of the app's nouns, found by core at the start."""

from epeken.notifications.breaches import rules as breaches

__all__ = ["breaches"]
