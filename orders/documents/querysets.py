"""Reads of documents."""

from typing import Self

from django.db.models import Exists, OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat

from epeken.core.models import Job, LockingQuerySet
from orders.orders.querysets import OfOrderQuerySet

JOB_KEY = "document:"  # with its primary key: of the job that makes a document


class OrderDocumentQuerySet(LockingQuerySet):
    def with_failure(self) -> Self:
        """Adds `gave_up`: whether the job that makes it gave up."""
        key = Concat(Value(JOB_KEY), Cast(OuterRef("pk"), TextField()))
        return self.annotate(gave_up=Exists(Job.objects.filter(key=key, dead_at__isnull=False)))


class AttachmentQuerySet(OfOrderQuerySet):
    def removed(self) -> Self:
        """Taken out of a department's file; row, file and reason are kept."""
        return self.filter(removed_at__isnull=False, order__agency__isnull=False)
