"""Goods that were recorded as refused, or as not having come, count as accepted by the decision of a dispute. What was
stated at the receipt stays; the decision stands beside it. Used by the service that decides, with the order, its
budget, the delivery and its invoice locked."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken, require
from epeken.core.i18n.words import rupiah
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import charges, replacing
from orders.billing.models import Commitment, Invoice
from orders.deliveries import notices
from orders.deliveries.handover import conclude
from orders.deliveries.leaving import take_off
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.orders.models import Order, OrderLine
from orders.orders.services import completion
from orders.remedies import rooms
from orders.remedies.models import Remedy
from procurement.budgets import charges as budget_charges
from procurement.budgets import services as budgets
from procurement.budgets.states import DECIDED
from procurement.frames import services as frames
from umkm.catalogue.models import Product
from umkm.catalogue.states import StockMode, Unit
from umkm.stock import services as stock


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
        _hand_over(remedy, delivery, order, found, lines, actor=actor, acted_as=acted_as, now=now)


def _hand_over(
    remedy: Remedy,
    delivery: Delivery,
    order: Order,
    rows: Sequence[DeliveryLine],
    lines: budgets.Lines,
    *,
    actor: User,
    acted_as: str,
    now: datetime,
) -> None:
    """They were back on the shelf and on no bill: billed with the rest of their delivery, and off the shelf again."""
    for row in rows:
        assert remedy.quantity is not None
        sold, quantity = row.order_line, remedy.quantity
        more = row.price_of(quantity)
        row.added_amount += more
        sold.accepted_quantity = (sold.accepted_quantity or 0) + quantity
        sold.accepted_amount = (sold.accepted_amount or 0) + more
        OrderLine.objects.bulk_update([sold], ["accepted_quantity", "accepted_amount"])
    DeliveryLine.objects.bulk_update(rows, ["added_amount"])
    invoice = rooms.invoice_of(delivery)
    assert invoice is not None
    invoice.delivery.order = order
    made = replacing.replace_invoice(
        invoice, order, reason=remedy.dispute.decision, actor=actor, acted_as=acted_as, now=now, is_more=True
    )
    notices.more_accepted(delivery, made, now=now)
    _bind(order, lines, actor=actor, now=now)
    completion.complete_order(order=order, actor=actor, now=now)
    for row in rows:
        _take_goods(remedy, row.order_line, order, actor, now)


def _take_goods(remedy: Remedy, sold: OrderLine, order: Order, actor: User, now: datetime) -> None:
    """What is made per day was made once; what lies on a shelf went back there when it was refused."""
    if sold.product.stock_mode != StockMode.STOCK or remedy.quantity is None:
        return
    product = Product.objects.locked().get(pk=sold.product_id)
    require(
        remedy.quantity <= product.on_hand,
        _("%(name)s yang ditolak sudah kembali ke toko dan terjual: tinggal %(left)s. Pilih hasil lain.")
        % {"name": sold.name, "left": Unit(sold.unit).counted(product.on_hand)},
        field="quantity",
        code="goods_gone",
    )
    stock.take_stock(product=product, quantity=remedy.quantity, reference=order.number, days=[], actor=actor, now=now)
    stock.deliver_stock(
        product=product, held=remedy.quantity, delivered=remedy.quantity, reference=order.number,
        part=f"remedy-{remedy.pk}", actor=actor, now=now,
    )  # fmt: skip


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
