"""A seller's day: what waits, and the money on its way."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Sum,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, TruncDate

from epeken.core.clock import ZONE, last_day, local_date, over, running, start_of
from epeken.core.models import Holiday
from epeken.core.queries import written_once
from orders.billing.models import Commitment, Invoice, Payment
from orders.billing.querysets import CONFIRMED, DENIED
from orders.billing.states import InvoiceState
from orders.cancellations.models import Cancellation
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import ConfirmationState
from orders.deliveries.models import Delivery
from orders.disputes.models import Dispute
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, dispute_of, is_to_fulfil, steps_of, unpaid_of, waiting_of
from orders.orders.querysets import AWAITED_AT
from orders.remedies.models import Remedy
from orders.schedules.due import is_scheduled
from procurement.negotiations.models import Negotiation
from procurement.negotiations.states import NegotiationState
from procurement.quotations.models import Quotation
from umkm.catalogue.models import Product
from umkm.catalogue.states import ProductState
from umkm.owners.services import Room, room_of
from umkm.sellers.models import Seller

_OF_GOODS = ("name", "unit", "state", "review_note", "refused")


@dataclass(frozen=True)
class SellerMoney:
    """A seller's money in whole rupiah: running orders, invoices on their way, paid this month.

    No rupiah is in two of `waiting`, `late`, `moving`, `told`, `received` and `missing`: `late` is past its last day,
    `moving` is the rest of what was billed, and `moving_due` the last day of what is in time; of what an undecided
    dispute stops, goods that come again, or papers of a later event, no day is told. `received`: as the shop says
    itself; `told`: as departments say, and the shop neither confirmed nor denied. `missing`: recorded as sent, and not
    come, as the shop says, whenever it was.
    """

    waiting: int
    waiting_orders: int
    moving: int
    late: int
    moving_due: date | None
    moving_event: date | None  # of an event after the last day of a bill, of whose papers it lacks one
    told: int
    told_orders: int
    received: int  # less what was returned
    returned: int
    received_orders: int
    received_last: date | None
    missing: int


def seller_money(seller: Seller, now: datetime) -> SellerMoney:
    day = local_date(now)
    invoices = Invoice.objects.filter(order__seller=seller)
    runs = Q(is_disputed=False, is_awaited=False)
    bound = Commitment.objects.live().filter(order__seller=seller)
    # What a treasurer has an invoice for is on its way, what was paid is received; the rest of each order waits.
    moved = Q(order__invoices__state=InvoiceState.PAID) | (
        Q(order__agency__isnull=False) & ~Q(order__invoices__state=InvoiceState.VOID)
    )
    gone = Coalesce(Sum("order__invoices__gross", filter=moved), 0, output_field=BigIntegerField())
    rows = bound.annotate(moved=gone).values_list("amount", "moved")
    waiting = [amount - part for amount, part in rows if amount > part]
    left = F("net") - F("paid")
    moving = (
        invoices.payable()
        .with_list()
        .aggregate(
            total=Coalesce(Sum(left), 0),
            late=Coalesce(Sum(left, filter=runs & over("due_at", now)), 0),
            due=Max("due_at", filter=runs & running("due_at", now) & Q(event_after_due__isnull=True)),
            event=Max("event_after_due", filter=runs & running("due_at", now)),
        )
    )
    sent = Payment.objects.standing().filter(invoice__order__seller=seller)
    month = Q(paid_on__gte=day.replace(day=1))
    seen, told = month & CONFIRMED, month & ~CONFIRMED & ~DENIED
    paid = sent.aggregate(
        total=Sum("amount", filter=seen),
        last=Max("paid_on", filter=seen),
        count=Count("invoice__order", distinct=True, filter=seen),
        told=Sum("amount", filter=told),
        told_orders=Count("invoice__order", distinct=True, filter=told),
        missing=Sum("amount", filter=DENIED),
    )
    back = Remedy.objects.returned().filter(order__seller=seller, recorded_at__gte=start_of(day.replace(day=1)))
    returned = back.aggregate(sum=Sum("amount"))["sum"] or 0
    return SellerMoney(
        waiting=sum(waiting),
        waiting_orders=len(waiting),
        moving=moving["total"] - moving["late"],
        late=moving["late"],
        moving_due=last_day(moving["due"]) if moving["due"] else None,
        moving_event=local_date(moving["event"]) if moving["event"] else None,
        told=paid["told"] or 0,
        told_orders=paid["told_orders"],
        received=(paid["total"] or 0) - returned,
        returned=returned,
        received_orders=paid["count"],
        received_last=paid["last"],
        missing=paid["missing"] or 0,
    )


@dataclass(frozen=True)
class SellerDay:
    """What waits for a shop today."""

    to_negotiate: list[Negotiation]  # offers of departments
    offered: list[Negotiation]  # its own, which departments have not answered
    agreed: list[Negotiation]  # at the price that was agreed departments are about to order
    to_answer: list[Order]
    to_bring: list[Order]
    to_collect: list[Invoice]
    complaints: list[Dispute]
    to_complete: list[Invoice]  # whose tax invoice the department waits for
    to_fulfil: list[Remedy]  # what a decision gave
    to_release: list[Cancellation]  # the buyer asks to cancel
    to_confirm: list[SellerConfirmation]  # BAST and money the shop has not said anything about
    missing: list[SellerConfirmation]  # money it says did not come: the treasurer is to act, so not counted
    to_amend: list[Order]  # a department proposes a change of its surat pesanan
    sent_back: list[Product]  # goods a curator wants mended
    to_shelve: list[Product]  # of which receivers refused some: are they back on the shelf?
    late: list[Any]  # invoices not paid by their due time, each with its `holidays`: others are to act, so not counted
    unfetched: list[Delivery]  # ready past the time they were to be fetched at; the buyer's to fetch, so not counted
    to_quote: list[Quotation]  # it may offer on until they close; no duty, so not counted
    room: Room
    money: SellerMoney

    @property
    def count(self) -> int:
        """How many things the page lists to be done, which `waiting_counts` tells on every other page."""
        asked = len(self.complaints) + len(self.to_release) + len(self.to_amend) + len(self.to_confirm)
        orders = len(self.to_answer) + len(self.to_bring) + asked
        money = len(self.to_collect) + len(self.to_complete) + len(self.to_fulfil)
        return orders + money + len(self.sent_back) + len(self.to_shelve) + len(self.to_negotiate)


def waiting_counts(shops: Collection[Seller], now: datetime) -> Counter[int]:
    """`SellerDay.count` of each of the shops, by its pk, without loading what it counts: the badge of every page. One
    statement; none without shops."""
    if not shops:
        return Counter()
    return Counter(shop for _pk, shop in _waiting(tuple(shop.pk for shop in shops), now))


@written_once
def _waiting(shops: Any, now: Any) -> Any:
    orders = Order.objects.filter(seller__in=shops)
    tasks = (Task.ANSWER, Task.SHIP, Task.REPLY, Task.RELEASE, Task.AMEND)
    steps = [orders.in_step(Turn.SELLER, task, now) for task in tasks]
    money = [
        Remedy.objects.to_fulfil().filter(order__in=orders.in_step(Turn.SELLER, Task.FULFIL, now)),
        Invoice.objects.unpaid().settled_goods().filter(order__in=orders.in_step(Turn.SELLER, Task.COLLECT, now)),
        _to_complete(orders.accepted()),
    ]
    of_shop = [*steps, _sent_back(shops), _to_shelve(shops), _to_negotiate(shops)]
    of_order = [*money, _to_confirm(shops)]
    counted = [found.order_by().values_list("pk", "seller_id") for found in of_shop]
    counted += [found.order_by().values_list("pk", "order__seller_id") for found in of_order]
    return counted[0].union(*counted[1:], all=True)


def waiting_count(seller: Seller, now: datetime) -> int:
    return waiting_counts([seller], now)[seller.pk]


def _to_complete(orders: Any) -> Any:
    """`Task.BRING` of the seller, of accepted orders."""
    due = Invoice.objects.filter(order__in=orders).payable().undisputed().settled_goods()
    return due.lacking().filter(lacks_seller=True)


def _to_negotiate(shops: Any) -> Any:
    return Negotiation.objects.with_seller().filter(seller__in=shops)


def _missing(seller: Seller) -> Any:
    return SellerConfirmation.objects.missing_money().filter(order__seller=seller)


def _to_confirm(shops: Any) -> Any:
    """Without those whose time an undecided complaint stops."""
    return SellerConfirmation.objects.waiting().undisputed().filter(order__seller__in=shops)


def _sent_back(shops: Any) -> Any:
    return Product.objects.filter(seller__in=shops, state=ProductState.SENT_BACK)


def _to_shelve(shops: Any) -> Any:
    return Product.objects.filter(seller__in=shops, refused__gt=0)


def _late(seller: Seller, now: datetime) -> Any:
    return Invoice.objects.late(now).filter(order__seller=seller)


def _holidays_until(day: date) -> Any:
    """Of an invoice with `issued_on` in the outer statement: the holidays since, by which working days are counted."""
    return Holiday.objects.filter(day__gte=OuterRef("issued_on"), day__lte=day).order_by("day").values("day")


def _to_collect(order: Order, now: datetime) -> list[Invoice]:
    """Without those whose goods come again: they are paid afterwards."""
    named = {step.invoice for step in steps_of(order, now)}
    return [invoice for invoice in unpaid_of(order) if invoice.pk in named]


def seller_day(seller: Seller, now: datetime) -> SellerDay:
    """Everything the dashboard shows; a fixed number of queries."""
    day = local_date(now)
    mine = Order.objects.filter(seller=seller).with_card().select_related("delivery_kelurahan")
    turns: Any = mine.prefetch_related(
        "seller__tax_papers",
        "lines",
        "deliveries",
        Prefetch("invoices", Invoice.objects.with_lacks()),
        "disputes",
        "cancellations",
        "remedies__order_line",
    )
    asked = Order.objects.filter(seller=seller).waiting_for(Turn.SELLER, now).values("pk")
    ready = Delivery.objects.unfetched(now).filter(order=OuterRef("pk")).order_by("pk")
    turns = turns.annotate(ready=ArraySubquery(ready.values("pk"))).filter(Q(pk__in=asked) | Exists(ready))
    by_task: dict[str, list[Order]] = defaultdict(list)
    unfetched = []
    for order in turns.order_by(AWAITED_AT, "pk"):
        unfetched += [one for one in order.deliveries.all() if one.pk in order.ready]
        # Another side may have something to do with the same order.
        for task in {step.what for step in steps_of(order, now) if step.who == Turn.SELLER}:
            by_task[task].append(order)
    dated = [order for order in (*by_task[Task.ANSWER], *by_task[Task.SHIP]) if is_scheduled(order)]
    prefetch_related_objects(dated, "due_days__amounts__order_line")
    talks = Negotiation.objects.live() | Negotiation.objects.agreed_to_order()
    talks = talks.filter(seller=seller).with_rounds()
    negotiated = list(talks.select_related("request__agency").order_by("due_at", "pk"))
    own_words = _to_confirm([seller]) | _missing(seller)
    goods = list((_sent_back([seller]) | _to_shelve([seller])).only(*_OF_GOODS).order_by("pk"))
    confirmations = list(own_words.with_page().with_edition().with_goods().order_by("due_at", "pk"))
    return SellerDay(
        to_negotiate=[one for one in negotiated if one.state == NegotiationState.WITH_SELLER],
        offered=[one for one in negotiated if one.state == NegotiationState.WITH_BUYER],
        agreed=[one for one in negotiated if one.state == NegotiationState.AGREED],
        to_answer=sorted(by_task[Task.ANSWER], key=lambda order: order.answer_due_at),
        to_bring=by_task[Task.SHIP],
        to_collect=[invoice for order in by_task[Task.COLLECT] for invoice in _to_collect(order, now)],
        to_complete=list(_to_complete(by_task[Task.BRING]).select_related("order__agency").order_by("due_at", "pk")),
        to_fulfil=[row for order in by_task[Task.FULFIL] for row in order.remedies.all() if is_to_fulfil(row)],
        complaints=[dispute for order in by_task[Task.REPLY] if (dispute := dispute_of(order))],
        to_release=[row for order in by_task[Task.RELEASE] if (row := waiting_of(order))],
        to_confirm=[row for row in confirmations if row.state == ConfirmationState.WAITING],
        missing=[row for row in confirmations if row.state == ConfirmationState.OBJECTED],
        to_amend=by_task[Task.AMEND],
        sent_back=[one for one in goods if one.state == ProductState.SENT_BACK],
        to_shelve=[one for one in goods if one.refused],
        late=list(
            _late(seller, now)
            .select_related("order__agency")
            .alias(issued_on=TruncDate("issued_at", tzinfo=ZONE))
            .annotate(holidays=ArraySubquery(_holidays_until(day)))
            .order_by("due_at", "pk")
        ),
        unfetched=unfetched,
        to_quote=list(Quotation.objects.without_offer_of(seller, now).select_related("agency").order_by("closes_at")),
        room=room_of(seller, day),
        money=seller_money(seller, now),
    )
