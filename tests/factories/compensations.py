"""Compensations on their way, by the real services."""

from datetime import datetime
from typing import Any

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.compensations.models import Compensation, CompensationPayment, CompensationReversal
from orders.compensations.services import payments, reversing
from procurement.budgets.models import BudgetLine
from tests.factories.orders import photo
from tests.kept_steps import kept


@kept
def charged(row: Compensation, head: User, line: BudgetLine, *, now: datetime) -> Compensation:
    return payments.charge_compensation(actor=head, compensation=row, line=line, now=now)


@kept
def paid(row: Compensation, treasurer: User, *, now: datetime, **over: Any) -> Compensation:
    given = {
        "method": "transfer", "reference": "TRX-1", "paid_on": clock.local_date(now), "proof": photo(),
        "key": new_key(), **over,
    }  # fmt: skip
    return payments.pay_compensation(actor=treasurer, compensation=row, now=now, **given)


@kept
def asked(payment: CompensationPayment, treasurer: User, *, now: datetime, **over: Any) -> CompensationReversal:
    given = {"reason": "reference", "note": "Seharusnya TRX-2", "key": new_key(), **over}
    return reversing.ask_compensation_reversal(actor=treasurer, payment=payment, now=now, **given)


@kept
def released(reversal: CompensationReversal, head: User, *, now: datetime) -> CompensationReversal:
    return reversing.release_compensation_reversal(actor=head, reversal=reversal, key=new_key(), now=now)
