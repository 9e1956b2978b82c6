"""Reads of the files of requests."""

from typing import Any, Self

from django.db.models import Sum

from epeken.core.models import LockingQuerySet


class RequestAttachmentQuerySet(LockingQuerySet):
    def kept(self) -> Self:
        """Those nobody took out."""
        return self.filter(removed_at__isnull=True)

    def bytes(self) -> int:
        """What they take in the store, together."""
        found: dict[str, Any] = self.aggregate(total=Sum("size"))
        return found["total"] or 0
