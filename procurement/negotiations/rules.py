"""How long one side of a negotiation waits for the other."""

from epeken.core.rules import Hours

ANSWER = Hours("negotiation.answer_hours")
