"""Answers in a dispute."""

from epeken.core.rules import WorkingDays

ANSWER = WorkingDays("dispute.answer_days")
