"""Of the orders a budget year leaves open: which do not end in it by themselves, and since when it is somebody's turn.

An order ends by itself while each of its clocks runs, and the last of them brings its payment by 31 December: goods
that come in time, their acceptance by silence, and the working days to pay. What stands still, or ends later, is asked
about from the moment on which that began. Everything is a column of one statement, so lists count and cut in SQL.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from epeken.core import clock
from orders.addenda.models import Addendum
from orders.billing.models import Invoice
from orders.billing.rules import PAYMENT
from orders.billing.states import CommitmentState, InvoiceState
from orders.cancellations.models import Cancellation
from orders.cancellations.states import WAITING
from orders.deliveries.models import Delivery
from orders.deliveries.rules import SILENCE
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.disputes.models import Dispute
from orders.orders.models import Order, OrderLine
from orders.orders.querysets import AWAITED_AT
from orders.remedies.models import Remedy
from orders.year_end import rules
from orders.year_end.ending import last_day_of
from orders.year_end.models import YearEndDecision
from orders.year_end.states import YearEndChoice

MOMENT = DateTimeField()
SENT = Q(state=InvoiceState.PAID) | Q(correcting__isnull=False)  # of its invoices, those whose money left
DECIDED = ("year", "choice", "finish_by", "decided_at")  # read of the newest decision
# What the end of the year asks about: what stands still or ends later, and what was decided all the same.
LISTED = Q(stalled_at__isnull=False) | Q(decision_choice__in=(YearEndChoice.FINISH, YearEndChoice.DEBT))
RUNNING = Q(Q(decision_choice__isnull=True) | Q(decision_choice=YearEndChoice.WITHDRAWN), stalled_at__isnull=True)


def opens_on(year: int) -> date:
    """The first day on which the open commitments of the year are listed."""
    last = last_day_of(year)
    return last - timedelta(days=rules.LISTED.on(last))


def listed_until(day: date) -> int:
    """The newest budget year whose open commitments are listed on the day."""
    return day.year if opens_on(day.year) <= day else day.year - 1


def open_orders(now: datetime, orders: "QuerySet[Order] | None" = None) -> QuerySet[Any]:
    """Of the departments' orders (all, or those given) what binds the budget of a listed year, the oldest year first.

    Adds `open_year`, the year that pays what is open; `open_amount`; `is_expected`, whether goods are to come or came
    without a result; `stalled_at`, since when it does not end in the year by itself; `waits_since`, since when it is
    somebody's turn (NULL: nobody's); `is_to_carry`, whether that is to name the line of the new year; what holds
    meanwhile: `cancel_waits`, and of the newest decision `decision_choice` and `decision_finish_by`. A proposed
    addendum decides nothing, an agreed one only by its day: goods that come in time let the order end by its clocks.
    """
    newest = listed_until(clock.local_date(now))
    day, ends = clock.local_date(now), clock.end_of(last_day_of(newest))
    found: QuerySet[Any] = (Order.objects.all() if orders is None else orders).filter(
        agency__isnull=False, commitment__state=CommitmentState.COMMITTED, request__line__year__lte=newest
    )
    owed = Invoice.objects.to_be_sent().filter(order=OuterRef("pk"))
    unpaid: QuerySet[Any] = owed.annotate(pays=Coalesce("carried_year", "order__request__line__year")).filter(
        pays__lte=newest
    )
    elsewhere: QuerySet[Any] = Invoice.objects.live().filter(order=OuterRef("pk"))
    # A bill that goes to another year, or is paid, leaves nothing open; of one paid in part its rest is.
    left = Case(When(SENT | Q(carried_year__gt=newest), then=F("gross")), default=F("paid"))
    elsewhere = elsewhere.order_by().values("order")
    found = found.annotate(
        is_expected=Case(When(_is_expected(), then=Value(True)), default=Value(False)),
        first_unpaid=Subquery(unpaid.order_by("pays").values("pays")[:1], output_field=IntegerField()),
        open_amount=F("commitment__amount")
        - Coalesce(Subquery(elsewhere.annotate(sum=Sum(left)).values("sum")), Value(0)),
    )
    expected_year = Case(When(is_expected=True, then=F("request__line__year")), output_field=IntegerField())
    found = found.annotate(open_year=Least("first_unpaid", expected_year)).filter(open_year__isnull=False)
    accepted_by = _accepted_by(newest)
    found = found.alias(awaited=AWAITED_AT, arrives_by=_arrives_by(accepted_by))
    found = found.annotate(stalled_at=Least(*_stalls(now, newest, ends, accepted_by, unpaid)))
    return _with_turn(found, now, day, newest, ends).order_by("open_year", "pk")


def passed_on(now: datetime) -> Q:
    """Those of `open_orders` about which PPK and head were asked in vain, or the head alone where a debt is to be
    charged to the new year."""
    day = clock.local_date(now)
    decide, climb = rules.DECIDE.on(day), rules.CLIMB.on(day)
    by_head, by_both = (clock.end_of(_last_from(day, days)) for days in (decide, decide + climb))
    return Q(is_to_carry=True, waits_since__lt=by_head) | Q(is_to_carry=False, waits_since__lt=by_both)


def reached_head(now: datetime) -> Q:
    """Those of `open_orders` that are the head's turn, or were: the PPK's time is over, or the head alone decides."""
    day = clock.local_date(now)
    by_ppk = clock.end_of(_last_from(day, rules.DECIDE.on(day)))
    return Q(is_to_carry=True) | Q(waits_since__lt=by_ppk)


def _last_from(day: date, days: int) -> date:
    """The last day after which so many working days are over before `day`."""
    holidays = clock.holidays_between(day - timedelta(days=days * 2 + 60), day)
    found = day - timedelta(days=1)
    while clock.add_working_days(found, days, holidays) >= day:
        found -= timedelta(days=1)
    return found


def _is_expected() -> Q:
    """`next_step.is_rest_expected`, or goods that came have no result yet."""
    unsent = OrderLine.objects.filter(order=OuterRef("pk"), quantity__gt=F("sent_quantity") + F("missed_quantity"))
    under_way = Delivery.objects.filter(order=OuterRef("pk"), state__in=WITHOUT_RESULT)
    return Q(Exists(unsent), rest_closed_at__isnull=True) | Q(Exists(under_way))


def _accepted_by(year: int) -> datetime:
    """Goods that are accepted before it are paid in the year, if every working day to pay is used."""
    last = last_day_of(year)
    return clock.end_of(_last_from(last + timedelta(days=1), PAYMENT.on(last)))


def _arrives_by(accepted_by: datetime) -> Subquery:
    """By when an order's goods are to come, so that also silence accepts them in time: what keeps longest decides."""
    day = clock.last_day(accepted_by)
    by = Case(
        *(
            When(keeps=keeps, then=Value(accepted_by - timedelta(hours=rule.on(day))))
            for keeps, rule in SILENCE.items()
        ),
        output_field=MOMENT,
    )
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().annotate(by=by)
    return Subquery(lines.order_by("by").values("by")[:1], output_field=MOMENT)


def _stalls(now: datetime, newest: int, ends: datetime, accepted_by: datetime, unpaid: QuerySet[Any]) -> list[Any]:
    """Since when each of its clocks stands still, or runs past the end of the year."""
    unsent = OrderLine.objects.filter(order=OuterRef("pk"), quantity__gt=F("sent_quantity") + F("missed_quantity"))
    follows = clock.running("rest_due_at", now) & Q(rest_due_at__lte=F("arrives_by"))
    older = Q(request__line__year__lt=newest)
    sends = Q(Exists(unsent), rest_closed_at__isnull=True)
    late_rest = Case(When(sends & ~follows & Q(awaited__lte=now), then=F("awaited")), output_field=MOMENT)
    in_time = OuterRef("arrives_by")
    later = Addendum.objects.agreed().filter(
        clock.over("earlier_deliver_at", in_time), clock.running("deliver_at", in_time), order=OuterRef("pk")
    )
    goods_late = Case(
        When(
            sends & (Q(deliver_at__gt=F("arrives_by")) | older),
            then=Coalesce(Subquery(later.order_by("-pk").values("ended_at")[:1]), "placed_at"),
        ),
        output_field=MOMENT,
    )
    deliveries = Delivery.objects.filter(order=OuterRef("pk"), state__in=WITHOUT_RESULT).annotate(
        comes=Case(
            When(state=DeliveryState.SHIPPED, then=Coalesce("promised_at", "order__deliver_at")), default=F("due_at")
        ),
        by=Case(When(state=DeliveryState.SHIPPED, then=OuterRef("arrives_by")), default=Value(accepted_by)),
        began=Coalesce("inspected_at", "arrived_at", "shipped_at"),
    )
    under_way = Case(
        When(comes__lte=now, then=F("comes")),
        When(Q(comes__gt=F("by")) | Q(comes__isnull=True) | Q(order__request__line__year__lt=newest), then=F("began")),
        output_field=MOMENT,
    )
    owed = Least(
        Case(When(held_at__isnull=False, then=F("held_at")), output_field=MOMENT),
        Case(
            When(clock.over("due_at", now), then=F("due_at")),
            When(clock.running("due_at", ends) | Q(due_at__isnull=True) | Q(pays__lt=newest), then=F("issued_at")),
            output_field=MOMENT,
        ),
    )
    return [
        late_rest,
        goods_late,
        _first(deliveries, under_way),
        _first(unpaid, owed),
        _first(Dispute.objects.undecided().filter(order=OuterRef("pk")), F("opened_at")),
        _first(Remedy.objects.awaited().filter(order=OuterRef("pk")), F("granted_at")),
    ]


def _first(rows: Any, since: Any) -> Subquery:
    """The earliest of what holds for the rows; NULL of none."""
    held = rows.order_by().annotate(stall=since).filter(stall__isnull=False)
    return Subquery(held.order_by("stall").values("stall")[:1], output_field=MOMENT)


def _with_turn(found: QuerySet[Any], now: datetime, day: date, newest: int, ends: datetime) -> QuerySet[Any]:
    opens = clock.start_of(opens_on(newest))
    decisions = YearEndDecision.objects.filter(order=OuterRef("pk")).order_by("-pk")
    asked = Cancellation.objects.filter(order=OuterRef("pk"), state__in=WAITING)
    ended = Cancellation.objects.filter(order=OuterRef("pk"), ended_at__isnull=False).order_by("-ended_at")
    found = found.annotate(
        cancel_waits=Exists(asked),
        **{f"decision_{name}": Subquery(decisions.values(name)[:1]) for name in DECIDED},
    )
    counts = Q(decision_year=F("open_year"))
    finishing, debt = (counts & Q(decision_choice=choice) for choice in (YearEndChoice.FINISH, YearEndChoice.DEBT))
    owed = debt & Q(is_expected=False)  # a debt is of goods that came
    holds = (
        Q(stalled_at__isnull=True)
        | Q(cancel_waits=True)
        | finishing & Q(decision_finish_by__gte=day)
        | owed & Q(open_year__gte=day.year)
    )
    after_finish = Func(
        Value(str(clock.ZONE)), F("decision_finish_by") + Value(timedelta(days=1)), function="timezone",
        output_field=MOMENT,
    )  # fmt: skip
    since = Greatest(
        F("stalled_at"),
        F("placed_at"),
        Case(When(open_year=newest, then=Value(opens)), output_field=MOMENT),
        Subquery(ended.values("ended_at")[:1]),
        Case(When(finishing, then=after_finish), output_field=MOMENT),
        Case(When(owed, then=F("decision_decided_at")), output_field=MOMENT),
        Case(When(owed & Q(open_year=newest), then=Value(ends)), output_field=MOMENT),
    )
    return found.annotate(
        is_to_carry=Case(When(owed & Q(open_year__lt=day.year), then=Value(True)), default=Value(False)),
        waits_since=Case(When(holds, then=None), default=since, output_field=MOMENT),
    )
