"""The seller's time to answer an order, and to send what the first deliveries lacked."""

from epeken.core.rules import WorkingDays

ANSWER = WorkingDays("order.answer_days")
# From the agreed time, or from the result of the last delivery when that is later.
REST = WorkingDays("order.rest_days")
