from typing import Any, Self

from django.db import models

from epeken.users.models import Visitor


class AddressQuerySet(models.QuerySet[Any]):
    def of(self, user: Visitor) -> Self:
        """The person's own, the default first: the only way to an address."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        found: Self = (
            self.filter(user=user).select_related("kelurahan__kecamatan").order_by("-is_default", "-changed_at")
        )
        return found
