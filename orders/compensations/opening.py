"""What a department owes from the moment it agrees to a claim.

Apart from the services, because the service that agrees calls it.
"""

from datetime import datetime

from epeken.core import clock
from epeken.core.numbers import next_number
from epeken.core.states import begin
from epeken.users.models import User
from orders.billing.rules import PAYMENT
from orders.cancellations.models import Cancellation
from orders.compensations import notices
from orders.compensations.models import Compensation


def open_for(cancellation: Cancellation, *, actor: User, office: str, now: datetime) -> Compensation:
    """With the agreement, under the order's lock: it is owed, and the head's turn comes."""
    day = clock.local_date(now)
    assert cancellation.claimed is not None
    made: Compensation = Compensation.objects.create(
        number=next_number("GR", day.year), order=cancellation.order, cancellation=cancellation,
        amount=cancellation.claimed, agreed_by=actor, agreed_at=now,
        due_at=clock.due_after_working_days(now, PAYMENT.on(day)),
    )  # fmt: skip
    begin(made, actor=actor, now=now, acted_as=office, note=cancellation.answer)
    notices.agreed(made, now=now)
    return made
