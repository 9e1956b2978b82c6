"""What the end of which time a request waits for, in the same words on every page and list."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import deadline_words, long_date
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import RequestState


def item(request: PurchaseRequest, now: datetime) -> dict[str, Any]:
    """`left` and `now` for `components/left.html`: of the decision, or of what is held for it; empty where neither."""
    if request.state == RequestState.SUBMITTED and request.due_at:
        return {
            "left": deadline_words(_("Keputusan"), request.due_at, now),
            "now": clock.is_over(request.due_at, now),
        }
    if request.state == RequestState.APPROVED and request.held_until:
        return {"left": hold_left(request.held_until, now), "now": clock.is_over(request.held_until, now)}
    return {}


def late_note(request: PurchaseRequest, now: datetime) -> str:
    """For who decides after the end; '' in time."""
    if request.due_at is None or not clock.is_over(request.due_at, now):
        return ""
    return _(
        "Batas keputusan %(day)s sudah lewat. Anda masih dapat memutuskan; keterlambatannya dibaca kepala dinas."
    ) % {"day": long_date(clock.last_day(request.due_at))}


def hold_left(until: datetime, now: datetime) -> str:
    return deadline_words(_("Barang ditahan"), until, now)
