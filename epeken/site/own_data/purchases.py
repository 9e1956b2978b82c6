"""What is kept of the orders a person placed, and of what they mean to buy."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from epeken.users.models import User
from orders.billing.models import Invoice
from orders.cancellations.models import Cancellation
from orders.carts.models import CartLine
from orders.deliveries.models import Delivery
from orders.disputes.models import Dispute
from orders.orders.models import Order
from orders.orders.words import close_words, method_words


def orders_of(user: User) -> list[dict[str, Any]]:
    """Oldest first; states and reasons in the reader's words, photos as the address that opens them. As many queries
    for many orders as for one."""
    bought = (
        Order.objects.of_buyer(user)
        .with_card()
        .select_related("delivery_kelurahan")
        .prefetch_related(
            "lines",
            "deliveries__lines__order_line",
            "deliveries__photos",
            "disputes__photos",
            "disputes__remedies",
            "cancellations",
            Prefetch("invoices", Invoice.objects.prefetch_related("payments")),
        )
        .order_by("pk")
    )
    return [_order(order) for order in bought]


def cart_of(user: User) -> list[dict[str, Any]]:
    lines = CartLine.objects.filter(cart__user=user).select_related("product__seller")
    return [
        {"goods": line.product.name, "seller": line.product.seller.name, "quantity": line.quantity} for line in lines
    ]


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number, "placed_at": order.placed_at, "state": order.get_state_display(),
        "seller": order.seller.name, "accepted_at": order.accepted_at, "finished_at": order.finished_at,
        "closed_at": order.closed_at, "close_note": order.close_note,
        "close_reason": close_words(order),
        "goods": [
            {
                "name": line.name, "unit": line.get_unit_display(), "price": line.price, "quantity": line.quantity,
                "amount": line.amount, "accepted": line.accepted_quantity, "note": line.note,
            }
            for line in order.lines.all()
        ],
        "goods_total": order.goods_total, "delivery_cost": order.delivery_cost, "total": order.total,
        "method": method_words(order), "recipient": order.recipient, "recipient_phone": order.recipient_phone,
        "delivery_place": order.delivery_place, "kelurahan": str(order.delivery_kelurahan or ""),
        "deliver_at": order.deliver_at, "note": order.note,
        "deliveries": [_delivery(order, one) for one in order.deliveries.all()],
        "complaints": [_complaint(order, one) for one in order.disputes.all()],
        "cancellations": [_cancellation(one) for one in order.cancellations.all()],
        "invoices": [
            {
                "number": one.number, "state": one.get_state_display(), "amount": one.gross, "paid": one.paid,
                "payments": [
                    {"amount": payment.amount, "recorded_at": payment.recorded_at} for payment in one.payments.all()
                ],
            }
            for one in order.invoices.all()
        ],
    }  # fmt: skip


def _delivery(order: Order, delivery: Delivery) -> dict[str, Any]:
    return {
        "number": delivery.number, "state": delivery.get_state_display(), "carried_by": delivery.carried_by,
        "shipped_at": delivery.shipped_at, "arrived_at": delivery.arrived_at, "inspected_at": delivery.inspected_at,
        "accepted_at": delivery.accepted_at, "remark": delivery.remark,
        "goods": [
            {
                "name": line.order_line.name, "sent": line.sent, "arrived": line.arrived, "accepted": line.accepted,
                "decided": line.decided, "rejected": line.rejected_since,
                "remark": line.remark,
            }
            for line in delivery.lines.all()
        ],
        "photos": [
            {
                "uploaded_at": photo.uploaded_at, "sha256": photo.sha256,
                "address": reverse("orders:inspection-photo", args=[order.number, photo.pk]),
            }
            for photo in delivery.photos.all()
        ],
    }  # fmt: skip


def _complaint(order: Order, dispute: Dispute) -> dict[str, Any]:
    return {
        "state": dispute.get_state_display(), "by_seller": dispute.opened_by_seller, "opened_at": dispute.opened_at,
        "complaint": dispute.complaint, "wish": dispute.wish_words, "answer": dispute.answer,
        "answered_at": dispute.answered_at, "decision": dispute.decision, "decided_at": dispute.decided_at,
        "outcome": dispute.get_outcome_display(),
        "remedies": [
            {
                "kind": one.get_kind_display(), "state": one.get_state_display(), "amount": one.amount,
                "quantity": one.quantity, "due_at": one.due_at,
            }
            for one in dispute.remedies.all()
        ],
        "photos": [
            reverse("orders:dispute-photo", args=[order.number, pk])
            for pk in (*dispute.complaint_photos, *dispute.answer_photos)
        ],
    }  # fmt: skip


def _cancellation(row: Cancellation) -> dict[str, Any]:
    return {
        "state": row.get_state_display(), "by_seller": row.by_seller, "reason": row.get_reason_display(),
        "note": row.note, "answer": row.answer, "asked_at": row.asked_at, "ended_at": row.ended_at,
    }  # fmt: skip
