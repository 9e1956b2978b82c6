"""Goods that were recorded as refused, or as not having come, count as accepted by the decision of a dispute. What was
stated at the receipt stays; the decision stands beside it. Used by the service that decides, with the order, its
budget, the delivery and its invoice locked."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import charges, replacing
from orders.billing.models import Commitment, Invoice
from orders.deliveries import result_notices
from orders.deliveries.handover import conclude
from orders.deliveries.leaving import take_off
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.orders.models import Order
from orders.orders.services import completion
from orders.remedies import rooms
from orders.remedies.models import Remedy
from procurement.budgets import charges as budget_charges
from procurement.budgets import services as budgets
from procurement.budgets.states import DECIDED
from procurement.frames import services as frames
from umkm.returns import services as returns


def overrule(remedy: Remedy, order: Order, lines: budgets.Lines, *, actor: User, acted_as: str, now: datetime) -> None:
    """Before the handover it is handed over with the rest; after it the goods, their budget and their bill follow at
    once; a delivery that was called missing is handed over now.

    Raises: RuleBroken where the goods or the budget were given to others meanwhile. Locks: Commitment, Product.
    """
    delivery = remedy.delivery
    rows = list(delivery.lines.select_related("order_line__product").order_by("order_line__product_id"))
    found = [row for row in rows if remedy.order_line_id in (None, row.order_line_id)]
    for row in found:
        row.decided += row.sent if remedy.quantity is None else remedy.quantity
    DeliveryLine.objects.bulk_update(found, ["decided"])
    move(remedy, "count", actor=actor, now=now, acted_as=acted_as, ended_at=now)
    if delivery.state == DeliveryState.MISSED:
        sent = {row.order_line: row.sent for row in rows}
        take_off(order, sent, delivery.due_day, actor=actor, now=now)
        order.refresh_from_db(fields=["rest_due_at", "next_due_at", "amend_due_at"])
        conclude(delivery, order, actor=actor, office_number="", now=now, acted_as=acted_as)
    elif delivery.state == DeliveryState.ACCEPTED:
        (row,) = found  # of an accepted delivery a decision names one line (disputes.terms)
        _hand_over(remedy, delivery, order, row, lines, actor=actor, acted_as=acted_as, now=now)


def _hand_over(
    remedy: Remedy,
    delivery: Delivery,
    order: Order,
    row: DeliveryLine,
    lines: budgets.Lines,
    *,
    actor: User,
    acted_as: str,
    now: datetime,
) -> None:
    """They were with the seller and on no bill: billed with the rest of their delivery, and the seller's no longer."""
    assert remedy.quantity is not None
    sold, more = row.order_line, row.price_of(remedy.quantity)
    row.added_amount += more
    sold.accepted_quantity = (sold.accepted_quantity or 0) + remedy.quantity
    sold.accepted_amount = (sold.accepted_amount or 0) + more
    sold.save(update_fields=["accepted_quantity", "accepted_amount"])
    row.save(update_fields=["added_amount"])
    invoice = rooms.invoice_of(delivery)
    assert invoice is not None
    invoice.delivery.order = order
    made = replacing.replace_invoice(
        invoice, order, reason=remedy.dispute.decision, actor=actor, acted_as=acted_as, now=now, is_decided=True,
        is_more=True,
    )  # fmt: skip
    result_notices.more_accepted(delivery, made, now=now)
    _bind(order, lines, actor=actor, now=now)
    completion.complete_order(order=order, actor=actor, now=now)
    returns.deliver_refused(
        product=sold.product, quantity=remedy.quantity, reference=order.number, decision=remedy.pk, actor=actor, now=now
    )


def _bind(order: Order, lines: budgets.Lines, *, actor: User, now: datetime) -> None:
    """What the order no longer bound, since nothing more was expected of it, it binds again as far as it is billed."""
    invoices = list(Invoice.objects.live().filter(order=order))
    commitment: Commitment = Commitment.objects.locked().get(order=order)
    gross = sum(invoice.gross for invoice in invoices)
    if gross <= commitment.amount:
        return
    more = gross - commitment.amount
    move(commitment, "amend", actor=actor, now=now, amount=gross)
    if order.request is None:
        return
    frames.take_again(request=order.request, lines=lines, amount=more, actor=actor, now=now)
    before, after = budget_charges.bound_under(order.number), charges.still_bound(order, invoices)
    try:
        budgets.change_committed(
            lines=lines, before=before, after=after, reference=order.number, actor=actor, now=now, note_code=DECIDED
        )
    except RuleBroken as error:
        if error.code != "budget_short":
            raise
        # Neither side of the dispute is told what is left of the department's ceilings.
        said = _(
            "Anggaran yang dibebaskan saat barang itu ditolak sudah terpakai: perlu %(amount)s lagi. Minta dinas "
            "menyediakannya, atau pilih hasil lain."
        )
        raise RuleBroken(said % {"amount": rupiah(more)}, code="budget_short") from None
