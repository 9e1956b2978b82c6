"""What the record of a shop's orders says of it, before an officer gives a sanction. Reads only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from epeken.core import clock
from orders.deliveries.models import Delivery
from orders.disputes.models import Dispute
from orders.orders.models import Order
from orders.orders.states import CloseReason
from umkm.sanctions import rules
from umkm.sanctions.pages import words_of
from umkm.sanctions.policies import StatedFact
from umkm.sanctions.states import FactKind
from umkm.sellers.models import Seller

MOST = 100


@dataclass(frozen=True)
class RecordRow:
    """`key`: what the form sends back for it."""

    key: str
    fact: StatedFact
    label: str
    words: str


def record_of(seller: Seller, now: datetime) -> list[RecordRow]:
    """Late deliveries, orders nobody answered and complaints of buyers within the days of the rule, the newest first.
    Three queries."""
    since = now - timedelta(days=rules.RECORD.on(clock.local_date(now)))
    late = Delivery.objects.filter(order__seller=seller, is_on_time=False, arrived_at__gte=since)
    facts = [
        StatedFact(FactKind.LATE, one.order.number, one.arrived_at or one.shipped_at, _promised(one))
        for one in late.select_related("order", "due_day").order_by("-arrived_at")[:MOST]
    ]
    closed = Order.objects.filter(seller=seller, close_reason=CloseReason.NO_ANSWER, closed_at__gte=since)
    facts += [
        StatedFact(FactKind.UNANSWERED, number, at)
        for number, at in closed.order_by("-closed_at").values_list("number", "closed_at")[:MOST]
    ]
    complaints = Dispute.objects.filter(order__seller=seller, opened_by_seller=False, opened_at__gte=since)
    facts += [
        StatedFact(FactKind.COMPLAINT, number, at)
        for number, at in complaints.order_by("-opened_at").values_list("order__number", "opened_at")[:MOST]
    ]
    rows = [RecordRow(_key(fact), fact, str(FactKind(fact.kind).label), words_of(fact)) for fact in facts]
    return sorted(rows, key=lambda row: row.fact.at, reverse=True)


def chosen(rows: list[RecordRow], keys: list[str]) -> list[StatedFact]:
    return [row.fact for row in rows if row.key in keys]


def _key(fact: StatedFact) -> str:
    return f"{fact.kind}|{fact.number}|{fact.at.isoformat()}"


def _promised(delivery: Delivery) -> datetime:
    return delivery.promised_at or delivery.order.deliver_at
