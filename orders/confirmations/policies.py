"""Who confirms, objects and answers. Yes or no; the services say why not."""

from datetime import date

from epeken.users.models import User
from orders.billing import policies as billing_policies
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import TO_ANSWER, TO_CONFIRM, ConfirmationState
from orders.disputes import policies as disputes_policies
from orders.orders.models import Order
from orders.orders.policies import is_seller_of


def can_confirm(actor: User, row: SellerConfirmation, order: Order) -> bool:
    return row.state in TO_CONFIRM and is_seller_of(actor, order)


def can_object(actor: User, row: SellerConfirmation, order: Order, day: date) -> bool:
    """An objection to a BAST is a complaint, so it is open as long as the order takes one. Reads the disputes of the
    order, which a page prefetches."""
    if row.state not in TO_ANSWER or not is_seller_of(actor, order):
        return False
    undecided = any(dispute.is_undecided for dispute in order.disputes.all())
    return row.payment_id is not None or (not undecided and disputes_policies.is_open_to(actor, order, day))


def can_answer(actor: User, row: SellerConfirmation, order: Order, day: date) -> bool:
    """The treasurer, that the money was sent after all."""
    missing = row.payment_id is not None and row.state == ConfirmationState.OBJECTED
    return missing and billing_policies.can_pay(actor, order, day)
