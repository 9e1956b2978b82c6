"""What a payment form begins with where money was sent and only its record is corrected."""

from typing import Any

from orders.billing.recorded import RecordedPayment
from orders.billing.states import NEEDS_REFERENCE
from orders.reversals.states import ReversalReason

# The field of the payment form that a reversal of this reason says was wrong.
WRONG_FIELD = {
    ReversalReason.REFERENCE: "reference",
    ReversalReason.DATE: "paid_on",
    ReversalReason.METHOD: "method",
    ReversalReason.AMOUNT: "amount",
}


def recorded_before(payment: RecordedPayment) -> dict[str, Any]:
    """The earlier record without what was wrong in it."""
    found = {"method": payment.method, "reference": payment.reference, "paid_on": payment.paid_on}
    reason = ReversalReason(payment.reversal.reason)
    found.pop(WRONG_FIELD[reason], None)
    if reason == ReversalReason.REFERENCE and payment.method not in NEEDS_REFERENCE:
        del found["method"]  # it bears no number, so the right number belongs to another way of paying
    return found
