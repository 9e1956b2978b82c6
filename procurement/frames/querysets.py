"""Reads of frames."""

from datetime import date
from typing import Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Prefetch, Q, Value

from epeken.core import clock
from procurement.agencies.querysets import OfAgencyQuerySet
from procurement.budgets.models import BudgetLine
from procurement.frames.states import FrameState
from umkm.sellers.models import Seller


class FrameQuerySet(OfAgencyQuerySet):
    """Frames of the departments a person belongs to."""

    def proposed(self) -> Self:
        return self.filter(state=FrameState.PROPOSED)

    def signed(self) -> Self:
        return self.filter(state=FrameState.SIGNED)

    def over(self, day: date) -> Self:
        """Proposed and signed ones whose last day has passed."""
        return self.filter(clock.over_by(day), state__in=[FrameState.PROPOSED, FrameState.SIGNED])

    def with_goods(self) -> Self:
        """With whatever a frame says; of a product and a seller only what a page shows."""
        from procurement.frames.models import FrameGoods

        goods = FrameGoods.objects.select_related("category__parent", "product__seller").defer("product__description")
        named = Seller.objects.only("name", "slug")
        found = self.select_related("agency", "line__account", "proposer", "signer")
        return found.prefetch_related(Prefetch("goods", goods), Prefetch("sellers", named))

    def of_account(self, line: BudgetLine) -> Self:
        """What the department's head ever signed on the account, those that end first before the others.

        With the goods and, in `named`, the pks of the sellers: what `terms` asks for. Two queries.
        """
        from procurement.frames.models import FrameGoods

        goods = FrameGoods.objects.select_related("category__parent", "product").defer("product__description")
        found = self.filter(
            agency=line.agency_id, line__account=line.account_id, state__in=[FrameState.SIGNED, FrameState.ENDED]
        )
        found = found.select_related("line", "proposer", "signer").prefetch_related(Prefetch("goods", goods))
        some = Q(sellers__isnull=False)
        return found.annotate(named=ArrayAgg("sellers", filter=some, default=Value([]))).order_by("valid_until", "pk")
