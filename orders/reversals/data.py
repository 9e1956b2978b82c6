"""What the data of a purchase says of a payment that was reversed."""

from typing import Any

from orders.billing.recorded import RecordedPayment


def reversal_data(payment: RecordedPayment) -> dict[str, Any]:
    """Of one that was read `with_reversal`."""
    found = payment.reversal
    names = {act.action: act.actor_name for act in found.events.all()}  # as they were then
    return {
        "reversed_at": found.ended_at.isoformat(),
        "reason": found.reason,
        "note": found.note,
        "asked_by": names["create"],
        "asked_at": found.asked_at.isoformat(),
        "released_by": names["release"],
        "returned_on": found.returned_on.isoformat() if found.returned_on else None,
        "returned_proof_sha256": found.proof_sha256,
    }
