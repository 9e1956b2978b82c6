"""Who asks to reverse a payment, and who releases it. Yes or no; the services say why not."""

from collections.abc import Collection
from datetime import date, timedelta

from epeken.users.models import User
from orders.billing.models import Invoice, Payment
from orders.billing.recorded import RecordedPayment
from orders.orders.models import Order
from orders.reversals import rules
from orders.reversals.models import Reversal
from orders.reversals.states import ReversalState
from procurement.agencies.policies import memberships
from procurement.agencies.states import OfficerRole
from umkm.sellers.policies import is_tied


def is_head(actor: User, order: Order, day: date) -> bool:
    return order.agency_id is not None and OfficerRole.HEAD in memberships(actor, order.agency_id, day)


def payers(payment: Payment, invoice: Invoice) -> tuple[int | None, ...]:
    """Whose work the payment is: who recorded it, and who checked the documents it was made on."""
    return payment.recorded_by_id, invoice.verifier_id


def can_decide(actor: User, payment: Payment, invoice: Invoice, order: Order, day: date) -> bool:
    """Whether the reversal that waits is this person's to release or refuse: the head, apart from who asked and paid,
    without a part in the shop."""
    return decides(actor, payment.reversal, payers(payment, invoice), order, day)


def decides(actor: User, found: Reversal | None, paid_by: Collection[int | None], order: Order, day: date) -> bool:
    """`can_decide` of a payment of any kind, whose reversal is `found`."""
    return (
        found is not None
        and found.state == ReversalState.ASKED
        and is_head(actor, order, day)
        and actor.pk != found.asked_by_id
        and actor.pk not in paid_by
        and not is_tied(actor, order.seller)
    )


def last_day(payment: RecordedPayment) -> date:
    """Of the books in which it stands: some days after its year."""
    end = date(payment.paid_on.year, 12, 31)
    return end + timedelta(days=rules.BOOKS_OPEN.on(end))
