"""Which deliveries have a photo with a place."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from orders.billing.states import InvoiceState
from orders.deliveries.states import DeliveryState


def placed_of(**of: Any) -> Any:
    """Deliveries that were inspected or taken over, with `bill` ("" before there is one) and `has_placed_photo`. Of
    what was taken over by silence nobody has a photo."""
    from orders.billing.models import Invoice
    from orders.deliveries.models import Delivery
    from orders.photo_places.models import PhotoPlace

    bill = Invoice.objects.filter(delivery=OuterRef("pk")).exclude(state=InvoiceState.VOID).order_by("-pk")
    came = Q(inspected_at__isnull=False) | Q(accepted_at__isnull=False)
    return (
        Delivery.objects.filter(came, **of)
        .exclude(state=DeliveryState.REJECTED)
        .annotate(
            bill=Coalesce(Subquery(bill.values("number")[:1]), Value("")),
            has_placed_photo=Exists(PhotoPlace.objects.filter(photo__delivery=OuterRef("pk"))),
        )
        .order_by("pk")
    )
