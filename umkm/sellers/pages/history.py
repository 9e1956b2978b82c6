"""What happened to something of a shop, as the pages list it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from umkm.sellers.models import Seller


def event_row(event: Any, words: Mapping[str, str]) -> dict[str, Any]:
    """`words`: by action. Reads the actor."""
    who = str(event.actor) if event.actor else _("e-Peken")
    return {"title": words.get(event.action, event.action), "who": who, "when": event.at, "note": event.note}


def rows_of(row: Any, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """For `layouts/_decision_history.html`, the oldest first."""
    return [event_row(event, words) for event in row.events.select_related("actor")]


def looks_at(seller: Seller) -> QuerySet[Any]:
    """Who looked at the data of its owner of today, the newest first; those of an earlier owner are theirs."""
    rows: QuerySet[Any] = seller.views.select_related("viewer")
    return rows if seller.owner_since is None else rows.filter(at__gte=seller.owner_since)
