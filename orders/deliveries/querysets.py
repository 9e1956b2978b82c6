"""Reads of deliveries, through what a person may see."""

from datetime import datetime
from typing import Self

from django.db.models import OuterRef, Q, Subquery

from epeken.core.clock import over
from orders.deliveries.states import DeliveryState
from orders.orders.querysets import OfOrderQuerySet
from orders.orders.states import DeliveryMethod
from procurement.agencies.states import OfficerRole


class DeliveryQuerySet(OfOrderQuerySet):
    def arrived(self) -> Self:
        return self.filter(state=DeliveryState.ARRIVED)

    def with_arrival_record(self) -> Self:
        """Adds `arrival_recorded_at`: when the arrival was recorded, which whoever inspected may say was earlier."""
        from orders.deliveries.models import DeliveryEvent

        recorded = DeliveryEvent.objects.filter(delivery=OuterRef("pk"), action="arrive").order_by("pk")
        return self.annotate(arrival_recorded_at=Subquery(recorded.values("at")[:1]))

    def not_recorded(self, turn: str = OfficerRole.HEAD) -> Self:
        """Sent, and silent for so long that this one of `policies.ASKED_IN_TURN` was told; without those a dispute
        stops."""
        from orders.deliveries.policies import ASKED_IN_TURN

        sent = self.filter(state=DeliveryState.SHIPPED, escalations__gt=ASKED_IN_TURN.index(turn))
        return sent.undisputed()

    def unfetched(self, now: datetime) -> Self:
        """Those of `policies.is_unfetched`, past the time by which they were to be fetched (`Delivery.deliver_at`)."""
        late = over("promised_at", now) | Q(promised_at__isnull=True) & over("order__deliver_at", now)
        return self.filter(late, state=DeliveryState.SHIPPED, order__method=DeliveryMethod.PICKUP)

    def accepted_by_silence(self) -> Self:
        """Of departments, accepted because nobody inspected them in time; not those that were called missing, and were
        decided to have come."""
        arrived = self.filter(state=DeliveryState.ACCEPTED, arrived_at__isnull=False)
        return arrived.filter(inspected_at__isnull=True, order__agency__isnull=False)
