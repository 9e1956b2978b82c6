"""Time to answer a request to cancel (never past the agreed delivery), and to answer a claim."""

from epeken.core.rules import WorkingDays

ANSWER = WorkingDays("cancellation.answer_days")
CLAIM = WorkingDays("cancellation.claim_days")
