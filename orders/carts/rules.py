"""Orders of citizens."""

from epeken.core.rules import Hours

ANSWER = Hours("order.citizen_answer_hours")
