"""Reads of draws. Everybody may see every draw: that is what makes them checkable."""

from typing import Any, Self

from epeken.core.models import LockingQuerySet
from procurement.rotation.states import DrawState


class DrawQuerySet(LockingQuerySet):
    def with_list(self) -> Self:
        return self.select_related("request__agency", "category").prefetch_related(
            "entrants__seller", "entrants__place", "entrants__passed", "events"
        )

    def announced(self) -> Self:
        return self.filter(state=DrawState.ANNOUNCED)

    def of_goods(self, request: Any, goods: tuple[int, str]) -> Self:
        return self.filter(request=request, category_id=goods[0], unit=goods[1])
