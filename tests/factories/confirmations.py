"""What a seller says about a BAST and about money that was sent."""

from typing import Any

from orders.confirmations import services
from orders.confirmations.models import SellerConfirmation
from orders.deliveries.models import Delivery
from orders.documents.models import Document
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories.orders import HOUR
from tests.kept_steps import kept


@kept
def of_bast(order: Order, delivery: Delivery | None = None) -> SellerConfirmation:
    found = SellerConfirmation.objects.filter(order=order, delivery__isnull=False)
    return found.get(delivery=delivery) if delivery is not None else found.get()


@kept
def of_payment(order: Order) -> SellerConfirmation:
    """Of the last payment."""
    found: SellerConfirmation = SellerConfirmation.objects.filter(order=order, payment__isnull=False).latest("pk")
    return found


@kept
def edition(row: SellerConfirmation) -> Document:
    """The document the seller is shown."""
    shown = SellerConfirmation.objects.with_edition().get(pk=row.pk)
    return Document.objects.get(pk=shown.edition)


@kept
def confirmed(row: SellerConfirmation, **over: Any) -> SellerConfirmation:
    values = {
        "actor": make.member_of(row.order),
        "row": row,
        "edition": edition(row).pk,
        "now": row.changed_at + HOUR,
        **over,
    }
    return services.confirm(**values)


@kept
def denied(row: SellerConfirmation, **over: Any) -> SellerConfirmation:
    values = {"actor": make.member_of(row.order), "row": row, "note": "", "now": row.changed_at + HOUR, **over}
    return services.deny_receipt(**values)
