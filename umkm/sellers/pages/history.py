"""What happened to something of a shop, as the pages list it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def event_row(event: Any, words: Mapping[str, str]) -> dict[str, Any]:
    """`words`: by action. Reads the actor."""
    who = str(event.actor) if event.actor else _("e-Peken")
    return {"title": words.get(event.action, event.action), "who": who, "when": event.at, "note": event.note}


def rows_of(row: Any, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """For `layouts/_decision_history.html`, the oldest first."""
    return [event_row(event, words) for event in row.events.select_related("actor")]
