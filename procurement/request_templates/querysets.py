"""Reads of templates."""

from datetime import date
from typing import Self

from django.db.models import Exists, Prefetch, Q

from epeken.core.models import LockingQuerySet
from epeken.users.models import User
from procurement.agencies.querysets import INSPECT


class RequestTemplateQuerySet(LockingQuerySet):
    def visible_to(self, user: User, day: date) -> Self:
        """Officers see those of their own department and the city's; the inspectorate sees all."""
        from procurement.agencies.models import AgencyMember

        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm(INSPECT):
            return self
        mine = AgencyMember.objects.seen_by(user, day)
        return self.filter(Q(agency_id__in=mine.values("agency_id")) | Q(agency__isnull=True) & Exists(mine))

    def in_use(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def with_lines(self) -> Self:
        """With what it asks for; of a seller only what a page shows."""
        from procurement.request_templates.models import TemplateLine

        lines = TemplateLine.objects.select_related("category", "product__seller").only(
            *(field.attname for field in TemplateLine._meta.concrete_fields),
            "category__name",
            "category__slug",
            "product__name",
            "product__seller__name",
        )
        return self.select_related("agency", "account").prefetch_related(Prefetch("lines", lines))
