"""The seller's answer to an order."""

from epeken.core.rules import WorkingDays

ANSWER = WorkingDays("order.answer_days")
