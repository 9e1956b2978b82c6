"""Before the time for offers ends the invited hear of it; before the time to publish, to answer questions or to decide
ends, the department."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Q, QuerySet, Value

from epeken.core import clock, reminders
from epeken.core.services import service
from epeken.core.sweeps import sweep
from procurement.quotations import notices, questions, rules, terms
from procurement.quotations.models import Quotation
from procurement.quotations.services.publishing import locked
from procurement.quotations.states import WRITTEN, QuotationState


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


@service
def remind_publishing(*, quotation: Quotation, now: datetime) -> None:
    """Whoever has the draft hears until when it can be published; once for each end. Raises: InvalidMove.

    Locks: Quotation.
    """
    quotation = locked(quotation)
    end = terms.publishable_until(quotation.closes_at, now)
    reminders.mark(quotation, _unpublished(now), end)
    notices.publish_near(quotation, end, now=now)


@service
def remind_answers(*, quotation: Quotation, now: datetime) -> None:
    """The officers hear of each question nobody answered that the time to answer ends; once. Locks: none."""
    if not questions.takes_answers(quotation, now):
        return
    end = Value(questions.answer_until(quotation), DateTimeField())
    found = quotation.questions.filter(answers__isnull=True).annotate(answer_until=end)
    for question in found.filter(reminders.near("at", "answer_until", now)).order_by("pk"):
        notices.answer_near(question, now=now)


def remind_ahead(*, now: datetime) -> int:
    """Of each end that is near, in transactions of their own; how many. Locks: Quotation."""
    ends = sweep(
        _ending(now).order_by("pk"),
        lambda one: remind_quotation(quotation=one, now=now),
        failure="Nobody could be reminded of quotation %s",
    )
    drafts = sweep(
        _unpublished(now).order_by("pk"),
        lambda one: remind_publishing(quotation=one, now=now),
        failure="Nobody could be reminded to publish quotation %s",
    )
    asked = Quotation.objects.filter(state=QuotationState.PUBLISHED, questions__answers__isnull=True)
    sweep(
        asked.filter(questions__isnull=False).distinct().order_by("pk"),
        lambda one: remind_answers(quotation=one, now=now),
        failure="Nobody could be reminded of the questions about quotation %s",
        most=None,
    )
    return ends + drafts


def _unpublished(now: datetime) -> QuerySet[Any]:
    """`publish_until`: `terms.publishable_until` of each."""
    hours = timedelta(hours=rules.OPEN.on(clock.local_date(now)))
    found = Quotation.objects.filter(state__in=WRITTEN).annotate(publish_until=F("closes_at") - hours)
    return found.filter(reminders.ending("created_at", "publish_until", now))


def _ending(now: datetime) -> QuerySet[Any]:
    closing = Q(state=QuotationState.PUBLISHED) & reminders.ending("published_at", "closes_at", now)
    deciding = Q(state=QuotationState.OPENED) & reminders.ending("opened_at", "due_at", now)
    return Quotation.objects.filter(closing | deciding)
