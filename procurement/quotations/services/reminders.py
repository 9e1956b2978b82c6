"""Before the time for offers ends the invited hear of it; before the time to decide ends, the officers."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from epeken.core import reminders
from epeken.core.services import service
from epeken.core.sweeps import sweep
from procurement.quotations import notices
from procurement.quotations.models import Quotation
from procurement.quotations.services.publishing import locked
from procurement.quotations.states import QuotationState


@service
def remind_quotation(*, quotation: Quotation, now: datetime) -> None:
    """Whoever it waits for hears that the time ends; once for each end. Raises: InvalidMove. Locks: Quotation.

    Every invited shop hears the same, whether it offered or not: who offered is not read.
    """
    quotation = locked(quotation)
    if quotation.state == QuotationState.PUBLISHED:
        reminders.mark(quotation, _ending(now), quotation.closes_at)
        notices.closing_near(quotation, now=now)
        return
    end = quotation.due_at or quotation.closes_at
    reminders.mark(quotation, _ending(now), end)
    notices.decision_near(quotation, now=now)


def remind_ahead(*, now: datetime) -> int:
    """Of each end that is near, in transactions of their own; how many. Locks: Quotation."""
    return sweep(
        _ending(now).order_by("pk"),
        lambda one: remind_quotation(quotation=one, now=now),
        failure="Nobody could be reminded of quotation %s",
    )


def _ending(now: datetime) -> QuerySet[Any]:
    closing = Q(state=QuotationState.PUBLISHED) & reminders.ending("published_at", "closes_at", now)
    deciding = Q(state=QuotationState.OPENED) & reminders.ending("opened_at", "due_at", now)
    return Quotation.objects.filter(closing | deciding)
