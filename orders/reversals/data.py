"""What the data of a purchase says of a payment that was reversed."""

from typing import Any

from orders.billing.recorded import RecordedPayment


def reversal_data(payment: RecordedPayment) -> dict[str, Any]:
    """Of one that was read `with_reversal`."""
    found = payment.reversal
    return {
        "reversed_at": found.ended_at.isoformat(),
        "reason": found.reason,
        "note": found.note,
        "asked_by": found.asked_by.name,
        "asked_at": found.asked_at.isoformat(),
        "released_by": found.decided_by.name,
        "returned_on": found.returned_on.isoformat() if found.returned_on else None,
        "returned_proof_sha256": found.proof_sha256,
    }
