"""Questions about a request for quotation and what was answered: until when, and what the pages show of them.

Everybody reads all of them at once, and nobody who asked: neither the other bidders nor the officers, who decide on the
offers later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from epeken.core import clock
from epeken.core.i18n.times import brief_time
from procurement.quotations import policies, rules
from procurement.quotations.models import Quotation, QuotationQuestion


def ask_until(quotation: Quotation) -> datetime:
    """The first moment at which no question is taken any more."""
    assert quotation.published_at is not None
    day = clock.local_date(quotation.published_at)
    return quotation.closes_at - timedelta(hours=max(rules.ASK.on(day), rules.ANSWER.on(day)))


def answer_until(quotation: Quotation) -> datetime:
    """The first moment at which no answer is given any more: whoever offers has the rest of the time to follow it."""
    assert quotation.published_at is not None
    return quotation.closes_at - timedelta(hours=rules.ANSWER.on(clock.local_date(quotation.published_at)))


def takes_questions(quotation: Quotation, now: datetime) -> bool:
    return policies.takes_offers(quotation, now) and not clock.is_over(ask_until(quotation), now)


def takes_answers(quotation: Quotation, now: datetime) -> bool:
    return policies.takes_offers(quotation, now) and not clock.is_over(answer_until(quotation), now)


def questions_of(quotation: Quotation) -> list[QuotationQuestion]:
    """The oldest first, with their answers. Two queries."""
    return list(quotation.questions.prefetch_related("answers").order_by("pk"))


@dataclass(frozen=True)
class AskedPage:
    """For `procurement/quotations/questions.html`. `number`: of the request for quotation, for whoever may answer; ''
    for everybody else. `is_closed`: no answer comes any more."""

    rows: list[dict[str, Any]]
    number: str
    is_closed: bool


def page_of(
    quotation: Quotation, asked: Iterable[QuotationQuestion], now: datetime, *, answers: bool = False
) -> AskedPage:
    """`answers`: the viewer decides on the offers, and so answers."""
    takes = takes_answers(quotation, now)
    rows = [
        {
            "pk": question.pk,
            "text": question.text,
            "when": brief_time(question.at),
            "answers": [{"text": answer.text, "when": brief_time(answer.at)} for answer in question.answers.all()],
        }
        for question in asked
    ]
    return AskedPage(rows, quotation.number if answers and takes else "", not takes)
