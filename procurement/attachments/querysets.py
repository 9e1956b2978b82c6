"""Reads of the files of requests."""

from datetime import date
from typing import Any, Self

from django.db.models import Sum

from epeken.core.models import LockingQuerySet
from epeken.users.models import User


class RequestAttachmentQuerySet(LockingQuerySet):
    def kept(self) -> Self:
        """Those nobody took out."""
        return self.filter(removed_at__isnull=True)

    def taken_out(self) -> Self:
        """Row, file, reason and who did it are kept."""
        return self.filter(removed_at__isnull=False)

    def visible_to(self, user: User, day: date) -> Self:
        """Officers see those of their own department, the inspectorate all."""
        from procurement.requests.models import PurchaseRequest

        return self.filter(request__in=PurchaseRequest.objects.visible_to(user, day))

    def bytes(self) -> int:
        """What they take in the store, together."""
        found: dict[str, Any] = self.aggregate(total=Sum("size"))
        return found["total"] or 0
