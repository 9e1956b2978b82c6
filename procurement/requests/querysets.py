"""Reads of requests."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from epeken.core import registry
from epeken.core.models import LockingQuerySet
from epeken.users.models import User, Visitor
from procurement.agencies.querysets import OfAgencyQuerySet
from procurement.agencies.states import OfficerRole
from procurement.quotations.states import RANKED
from procurement.requests.states import ENDED, LIVE, OPEN, RequestState, UnfilledReason


class RequestQuerySet(OfAgencyQuerySet):
    def submitted(self) -> Self:
        return self.filter(state=RequestState.SUBMITTED)

    def approved(self) -> Self:
        return self.filter(state=RequestState.APPROVED)

    def awarded(self) -> Self:
        """Drafts for which the money of what won a request for quotation is held."""
        return self.filter(state__in=OPEN, from_quotation__isnull=False, held_until__isnull=False)

    def live(self) -> Self:
        """Requests that hold budget, goods and cap room."""
        return self.filter(state__in=LIVE)

    def not_ended(self) -> Self:
        """All but those rejected, withdrawn or lapsed."""
        return self.exclude(state__in=ENDED)

    def rebuild_of(self, request: Any) -> Any:
        """The request that writes this lapsed one anew, if any."""
        return self.not_ended().filter(rebuilt_from=request).first()

    def with_step(self) -> Self:
        """Adds `task` and `is_empty`: what `next_step.next_step` and `next_step.is_empty` say, in SQL beside them."""
        from procurement.requests.next_step import with_step

        found: Self = with_step(self)
        return found

    def with_event_day(self) -> Self:
        """Adds `event_day`: when the event begins, else by when the goods arrive."""
        return self.annotate(event_day=Coalesce("event_at", "deliver_at"))

    def with_total_now(self) -> Self:
        """Adds `total_now`: what its page says it costs. Of a draft, sent back or withdrawn, what its goods and their
        delivery come to (`RequestContents.total`); of what was ordered, what its surat pesanan bind or were paid, so
        without orders and goods that came to nothing, and as addenda changed them: what another seller brings instead
        is the total of the request that continues it. Of the others what was sent."""
        from procurement.requests.models import RequestLine, RequestSeller

        kept = RequestLine.objects.filter(dropped_at__isnull=True)
        bring = RequestSeller.objects.filter(
            Exists(kept.filter(request=OuterRef("request"), seller=OuterRef("seller")))
        )  # fmt: skip
        whole = BigIntegerField()
        goods, fees = (
            Coalesce(
                Subquery(of_this.order_by().values("request").annotate(n=Sum(name)).values("n"), output_field=whole),
                Value(0),
            )
            for of_this, name in (
                (kept.filter(request=OuterRef("pk")), "amount"),
                (bring.filter(request=OuterRef("pk")), "delivery_cost"),
            )
        )
        written = (*OPEN, RequestState.WITHDRAWN)
        return self.annotate(
            total_now=Case(
                When(state__in=written, then=goods + fees),
                When(state=RequestState.ORDERED, then=registry.row_fact("request.ordered_sum")),
                default=F("total"),
                output_field=whole,
            )
        )

    def with_officer(self, day: date, *, viewer: Visitor | None = None) -> Self:
        """Adds `officer`: the office that decides on the day, '' where nobody may (`officers.with_officer`)."""
        from procurement.requests.officers import with_officer

        found: Self = with_officer(self, day, viewer=viewer)
        return found

    def waiting_for(self, user: User, members: Iterable[Any], day: date) -> Self:
        """Requests in which it is this person's turn on the day, by the appointments `members` (rows of
        AgencyMember)."""
        from procurement.requests.next_step import turn_of

        return self.with_step().with_officer(day, viewer=user).filter(turn_of(user, members))

    def without_officer(self, day: date, *, viewer: Visitor | None = None) -> Self:
        """Requests that wait for an office nobody holds who may act on them."""
        from procurement.requests.next_step import without_officer

        return self.with_step().with_officer(day, viewer=viewer).filter(without_officer())

    def without_requester(self, day: date) -> Self:
        """Drafts and sent-back requests whose requester is none any longer, or is on leave: another takes them over."""
        from procurement.agencies.models import AgencyMember

        present = AgencyMember.objects.on(day).filter(
            agency=OuterRef("agency"), user=OuterRef("requester"), role=OfficerRole.REQUESTER
        )
        return self.filter(state__in=[RequestState.DRAFT, RequestState.SENT_BACK]).exclude(Exists(present))

    def with_desk(self) -> Self:
        return self.select_related("agency", "line", "line__account", "requester")

    def continuing(self, number: str) -> set[int]:
        """The request of this number and those that went on from it where an order brought nothing, by pk. One query
        each step, a single one where nothing has the number."""
        found: set[int] = set()
        step = set(self.filter(number=number).values_list("pk", flat=True))
        while step:
            found |= step
            step = set(self.filter(sourced_again_from__request__in=step).values_list("pk", flat=True)) - found
        return found

    def open_of(self, user: User) -> Self:
        """Drafts and sent-back requests of this requester, newest first: where goods from the shop windows go.

        Not those that buy the award of a request for quotation: their goods are fixed."""
        drafts = self.filter(requester=user, state__in=[RequestState.DRAFT, RequestState.SENT_BACK])
        return drafts.filter(from_quotation__isnull=True).order_by("-pk")


class RequestSellerQuerySet(LockingQuerySet):
    def to_source(self) -> Self:
        """Parts whose order brought nothing, that no request continues and that the requester has not left.

        Not those of an award: the next offer in rank takes their place, by the officer who decides on it."""
        found = self._not_continued().filter(sourcing_ended_at__isnull=True)
        return found.filter(Q(request__from_quotation__isnull=True) | ~Q(request__from_quotation__state__in=RANKED))

    def fallen(self) -> Self:
        """Of an award: the winner's part whose order brought nothing through the seller, and that nothing continues."""
        found = self._not_continued().filter(request__from_quotation__state__in=RANKED)
        return found.exclude(unfilled_reason=UnfilledReason.CANCELLED)

    def _not_continued(self) -> Self:
        """Parts whose order brought nothing and that no request continues."""
        from procurement.requests.models import PurchaseRequest

        continued = PurchaseRequest.objects.not_ended().filter(sourced_again_from=OuterRef("pk"))
        return self.filter(unfilled_at__isnull=False).exclude(Exists(continued))

    def with_continuation(self) -> Self:
        """Fills `live_continuations`: the request that continues the part, if any."""
        from procurement.requests.models import PurchaseRequest

        live = PurchaseRequest.objects.not_ended().select_related("requester")
        return self.select_related("seller").prefetch_related(
            Prefetch("continuations", queryset=live, to_attr="live_continuations")
        )
