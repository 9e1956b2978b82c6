"""What the file of a purchase says of the compensation both sides agreed to."""

from typing import Any

from orders.compensations.models import Compensation, CompensationPayment
from orders.orders.models import Order
from orders.reversals.data import reversal_data
from procurement.budgets.data import line_data


def compensation_data(order: Order) -> dict[str, Any] | None:
    """Amounts are whole rupiah, times ISO 8601. None where nothing was agreed."""
    row = _of(order)
    if row is None:
        return None
    payment = row.standing_payment
    return {
        "number": row.number,
        "state": row.state,
        "amount": row.amount,
        "reason": row.cancellation.answer,
        "agreed_by": row.events.get(action="create").actor_name,
        "agreed_at": row.agreed_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "budget": None if row.line is None else line_data(row.line),
        "payment": None if payment is None else _payment_data(payment),
        "reversed_payments": [_payment_data(one) | reversal_data(one) for one in _reversed(row)],
    }


def reversed_of(order: Order) -> list[CompensationPayment]:
    """What was recorded as paid for it and taken back, oldest first."""
    row = _of(order)
    return [] if row is None else _reversed(row)


def _payment_data(payment: CompensationPayment) -> dict[str, Any]:
    return {
        "method": payment.method,
        "reference": payment.reference,
        "paid_on": payment.paid_on.isoformat(),
        "proof_sha256": payment.proof_sha256,
        "recorded_by": payment.recorder,
        "recorded_at": payment.recorded_at.isoformat(),
    }


def _reversed(row: Compensation) -> list[CompensationPayment]:
    return [payment for payment in row.payments.all() if payment.reversed_at is not None]


def _of(order: Order) -> Compensation | None:
    """The latest: an order is cancelled once, what was left of it perhaps again."""
    found: Compensation | None = Compensation.objects.with_page().filter(order=order).last()
    return found
