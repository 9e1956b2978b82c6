"""Reads of frames."""

from datetime import date
from typing import Any, Self

from procurement.agencies.querysets import OfAgencyQuerySet
from procurement.frames.states import FrameState


class FrameQuerySet(OfAgencyQuerySet):
    """Frames of the departments a person belongs to."""

    def proposed(self) -> Self:
        return self.filter(state=FrameState.PROPOSED)

    def signed(self) -> Self:
        return self.filter(state=FrameState.SIGNED)

    def over(self, day: date) -> Self:
        """Proposed and signed ones whose last day has passed."""
        return self.filter(state__in=[FrameState.PROPOSED, FrameState.SIGNED], valid_until__lt=day)

    def with_goods(self) -> Self:
        return self.select_related("agency", "line__account", "proposer", "signer").prefetch_related(
            "goods__category__parent", "goods__product", "sellers"
        )

    def of_line(self, line: Any) -> Self:
        """Signed frames that reserve on the budget line, those that end first before the others."""
        return self.signed().filter(line=line).order_by("valid_until", "pk")
