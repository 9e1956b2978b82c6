"""Reads of orders, through what a person may see."""

from datetime import date, datetime
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Coalesce, JSONObject, TruncDate

from epeken.core import clock
from epeken.core.clock import ZONE
from epeken.core.models import LockingQuerySet
from epeken.users.models import User
from orders.disputes.states import UNDECIDED
from orders.orders.states import OrderState
from procurement.agencies.models import AgencyMember
from procurement.agencies.querysets import INSPECT
from procurement.negotiations.states import FINISHED
from umkm.sellers.models import SellerMember


def sides(person: Any, day: Any, *, inspects: bool, prefix: str = "") -> Q:
    """Buyer, seller's members, officers of the buying department; who inspects reads departments' orders, no person's.
    `person`: their pk.

    Source: UU 27/2022 (a person's purchases are read for a stated purpose only).
    """
    shops = SellerMember.objects.filter(user=person, until__isnull=True).values("seller_id")
    agencies = AgencyMember.objects.appointed(day).filter(user=person).values("agency_id")
    found = (
        Q(**{f"{prefix}buyer": person})
        | Q(**{f"{prefix}seller_id__in": shops})
        | Q(**{f"{prefix}agency_id__in": agencies})
    )
    return found | Q(**{f"{prefix}agency__isnull": False}) if inspects else found


def sum_of_request() -> Any:
    """Over requests: what their surat pesanan bind or were paid, whole rupiah, as the budget ledger says; 0 where all
    of it came to nothing."""
    from orders.orders.models import Order
    from procurement.budgets.models import BudgetEntry

    issued = Order.objects.filter(request=OuterRef(OuterRef("pk"))).values("number")
    entries = BudgetEntry.objects.filter(reference__in=issued).order_by().annotate(all=Value(1)).values("all")
    spent = entries.annotate(n=Sum(F("committed_delta") + F("realised_delta"))).values("n")
    return Coalesce(Subquery(spent, output_field=BigIntegerField()), Value(0))


# `Order.awaited_at` in the database.
AWAITED_AT = Coalesce("next_due_at", "deliver_at")


class OrderQuerySet(LockingQuerySet):
    def visible_to(self, user: User, day: date) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(sides(user.pk, day, inspects=user.has_perm(INSPECT)))

    def of_seller_member(self, user: User) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(seller_id__in=user.shop_memberships.filter(until__isnull=True).values("seller_id"))

    def of_agency_officer(self, user: User, day: date) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.has_perm(INSPECT):
            return self.filter(agency__isnull=False)
        return self.filter(agency_id__in=AgencyMember.objects.seen_by(user, day).values("agency_id"))

    def of_buyer(self, user: User) -> Self:
        return self.filter(buyer=user) if getattr(user, "is_authenticated", False) else self.none()

    def placed(self) -> Self:
        return self.filter(state=OrderState.PLACED)

    def accepted(self) -> Self:
        return self.filter(state=OrderState.ACCEPTED)

    def running(self) -> Self:
        """Neither over nor closed."""
        return self.filter(state__in=[OrderState.PLACED, OrderState.ACCEPTED])

    def counting(self) -> Self:
        """Orders that count against the monthly cap: placed and not closed."""
        return self.exclude(state=OrderState.CLOSED)

    def undisputed(self) -> Self:
        """Without an undecided dispute, which stops their clocks."""
        return self.exclude(disputes__state__in=UNDECIDED)

    def waiting_for(self, who: str, now: datetime) -> Self:
        """Orders in which this side has something to do."""
        from orders.orders.next_step import waiting

        found: Self = waiting(self, now, turns=[who])
        return found

    def waiting_to(self, *tasks: str, now: datetime) -> Self:
        """Orders in which one of these is to be done."""
        from orders.orders.next_step import waiting

        found: Self = waiting(self, now, tasks=tasks)
        return found

    def in_step(self, who: str, what: str, now: datetime) -> Self:
        """Orders in which this side is to do this."""
        from orders.orders.next_step import waiting

        found: Self = waiting(self, now, step=(who, what))
        return found

    def first_to_do(self, who: str, now: datetime) -> Self:
        """What waits for this side, then what else runs, each by the time of delivery; then what is over."""
        turn = Exists(self.model._default_manager.filter(pk=OuterRef("pk")).waiting_for(who, now))
        ended = Q(state__in=(OrderState.FINISHED, OrderState.CLOSED))
        rank = Case(When(turn, then=0), When(ended, then=2), default=1)
        return self.alias(rank=rank).order_by(
            "rank", Case(When(rank__lt=2, then=AWAITED_AT)).asc(nulls_last=True), "-pk"
        )

    def with_card(self) -> Self:
        return self.select_related("seller", "seller__kelurahan", "agency", "buyer", "commitment", "request")

    def with_total_now(self) -> Self:
        """Adds `total_now`: what it comes to without the dates that were given up, whole rupiah."""
        from orders.orders.models import OrderLine
        from orders.schedules.models import DueDay

        lines, days = (
            Coalesce(
                Subquery(gone.order_by().values("order").annotate(n=Sum(name)).values("n"), BigIntegerField()), Value(0)
            )
            for gone, name in (
                (OrderLine.objects.filter(order=OuterRef("pk"), missed_amount__gt=0), "missed_amount"),
                (DueDay.objects.filter(order=OuterRef("pk"), missed_cost__gt=0), "missed_cost"),
            )
        )
        return self.annotate(total_now=ExpressionWrapper(F("total") - lines - days, BigIntegerField()))

    def with_negotiation(self) -> Self:
        """Adds `negotiation_number`: of what was negotiated with the seller for this order, '' where nothing was."""
        from procurement.negotiations.models import Negotiation

        finished = Negotiation.objects.filter(
            request=OuterRef("request"),
            seller=OuterRef("seller"),
            sent_at=OuterRef("request__submitted_at"),
            state__in=FINISHED,
        )
        return self.annotate(negotiation_number=Coalesce(Subquery(finished.values("number")[:1]), Value("")))

    def with_draw(self) -> Self:
        """Adds `draw_number`: of the draw of turns in which the seller's turn came, for the request of this order or
        one it goes on from, three steps back; '' where none did."""
        from procurement.rotation.models import RotationEntrant

        back, of_chain = "request", Q()
        for _step in range(4):
            of_chain |= Q(draw__request=OuterRef(back))
            back += "__sourced_again_from__request"
        drawn = RotationEntrant.objects.filter(of_chain, seller=OuterRef("seller"), place__isnull=False)
        return self.annotate(
            draw_number=Coalesce(Subquery(drawn.order_by("draw").values("draw__number")[:1]), Value(""))
        )

    def with_slots(self) -> Self:
        """Adds what `documents.slots` asks of an order: `slot_rows`, the rules in force on the day it was placed;
        `booked_accounts`, codes of the accounts its goods are booked on; `waivers_given`, how many there are;
        `ppn_bills`, numbers of the bills of which PPN is collected, and whether each has its tax invoice;
        `withheld_bills` likewise, of paid ones of which tax was withheld, and whether all of it is deposited;
        `slipped_bills`, of those with income tax, and whether each has its bukti potong;
        `placed_photos`, per delivery that came its bill and whether a photo of it has a place;
        `event_at`, when what the goods are bought for begins, as its request said."""
        from orders.documents.models import SlotRule, SlotWaiver
        from orders.orders.models import OrderLine
        from orders.photo_places.querysets import placed_of
        from orders.tax_deposits.querysets import bills_to_deposit
        from orders.tax_invoices.querysets import bills_with_ppn
        from orders.tax_slips.querysets import bills_to_slip

        rules = SlotRule.objects.filter(clock.valid_on(OuterRef("placed_on"))).order_by("kind", "pk")
        names = ("kind", "account_prefix", "event_kind", "is_required", "is_waivable", "source")
        account = Coalesce("charged_to__account_id", "order__request__line__account_id")
        booked = OrderLine.objects.filter(order=OuterRef("pk")).order_by().annotate(booked_on=account)
        given = SlotWaiver.objects.filter(order=OuterRef("pk")).order_by().values("order").annotate(n=Count("pk"))
        return self.alias(placed_on=TruncDate("placed_at", tzinfo=ZONE)).annotate(
            slot_rows=ArraySubquery(rules.values(row=JSONObject(**{name: name for name in names}))),
            booked_accounts=ArraySubquery(booked.filter(booked_on__isnull=False).values("booked_on").distinct()),
            waivers_given=Coalesce(Subquery(given.values("n")), Value(0)),
            ppn_bills=ArraySubquery(
                bills_with_ppn(order=OuterRef("pk")).values(row=JSONObject(number="number", has_one="has_tax_invoice"))
            ),
            withheld_bills=ArraySubquery(
                bills_to_deposit(order=OuterRef("pk")).values(row=JSONObject(number="number", has_one="is_deposited"))
            ),
            slipped_bills=ArraySubquery(
                bills_to_slip(order=OuterRef("pk")).values(row=JSONObject(number="number", has_one="is_slipped"))
            ),
            placed_photos=ArraySubquery(
                placed_of(order=OuterRef("pk")).values(row=JSONObject(bill="bill", has_one="has_placed_photo"))
            ),
            event_at=F("request__event_at"),
        )


class OfOrderQuerySet(LockingQuerySet):
    def visible_to(self, user: User, day: date) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(sides(user.pk, day, inspects=user.has_perm(INSPECT), prefix="order__"))

    def undisputed(self) -> Self:
        """Of orders without an undecided dispute: it stops the clocks, and keeps the sides from acting."""
        return self.exclude(order__disputes__state__in=UNDECIDED)
