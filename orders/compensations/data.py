"""What the data of a purchase says of the compensation both sides agreed to."""

from typing import Any

from orders.compensations import pages
from orders.orders.models import Order
from procurement.budgets.data import line_data


def compensation_data(order: Order) -> dict[str, Any] | None:
    """Amounts are whole rupiah, times ISO 8601. None where nothing was agreed."""
    row = pages.of_order(order)
    if row is None:
        return None
    return {
        "number": row.number,
        "state": row.state,
        "amount": row.amount,
        "reason": row.cancellation.answer,
        "agreed_by": row.agreed_by.name,
        "agreed_at": row.agreed_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "budget": None if row.line is None else line_data(row.line),
        "payment": None
        if row.paid_on is None or row.paid_by is None
        else {
            "method": row.method,
            "reference": row.reference,
            "paid_on": row.paid_on.isoformat(),
            "proof_sha256": row.proof_sha256,
            "recorded_by": row.paid_by.name,
            "recorded_at": row.paid_at.isoformat() if row.paid_at else None,
        },
    }
