"""Reads of carts."""

from typing import Any, Self

from django.db import models

from epeken.core.models import LockingQuerySet
from epeken.users.models import Visitor


class CartQuerySet(LockingQuerySet):
    def of(self, user: Visitor, key: str) -> Self:
        """The signed-in person's cart, else the one kept under the visitor's key."""
        if getattr(user, "is_authenticated", False):
            return self.filter(user=user)
        return self.filter(user__isnull=True, key=key) if key else self.none()


class CartLineQuerySet(models.QuerySet[Any]):
    def of_shop(self, shop: int | None) -> Self:
        """Goods of the shop with this pk; None: of every shop."""
        return self.all() if shop is None else self.filter(product__seller=shop)
