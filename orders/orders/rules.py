"""The seller's time to answer an order, and to send what the first deliveries lacked."""

from datetime import date

from epeken.core.rules import Hours, Text, WorkingDays

ANSWER = WorkingDays("order.answer_days")
# So long before the goods come the answer is there, so that another seller can still be found.
ANSWER_BEFORE = Hours("order.answer_before_hours")
# From the agreed time, or from the result of the last delivery when that is later.
REST = WorkingDays("order.rest_days")
# How a new order reaches a seller whose account has no address, beside their inbox.
OFFER_CHANNEL = Text("order.offer_channel", choices=frozenset({"sms", "kotak_masuk"}))


def texts_offers(day: date) -> bool:
    return OFFER_CHANNEL.on(day) == "sms"
