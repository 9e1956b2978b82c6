"""Every answer of success against the database, everything in the database against the answers, the books, the chains
of acts."""

import time
from collections import Counter
from typing import Any

from bench.storm_http.city import City
from bench.storm_http.visits import Record


def outbox_empties(seconds: float) -> dict[str, Any]:
    """Waits until nothing is due any more; what is left, what was given up, papers without a file."""
    from django.db.models import Q

    from epeken.core import clock
    from epeken.core.models import Job
    from orders.documents.models import Document

    began = time.monotonic()

    def left() -> int:
        return int(Job.objects.waiting().filter(Q(due_at__lte=clock.now()) | Q(attempts__gt=0)).count())

    while left() and time.monotonic() - began < seconds:
        time.sleep(1)
    return {
        "jobs": Job.objects.count(),
        "left": left(),
        "given_up": Job.objects.filter(dead_at__isnull=False).count(),
        "emptied_after_seconds": round(time.monotonic() - began, 1),
        "papers": Document.objects.count(),
        "papers_not_made": Document.objects.filter(made_at=None, replaced_at=None).count(),
    }


def lost_and_doubled(record: Record, city: City) -> dict[str, Any]:
    from orders.billing.models import Invoice, Payment
    from orders.deliveries.models import Delivery
    from orders.orders.models import Order
    from procurement.requests.models import PurchaseRequest

    lost: Counter[str] = Counter()
    doubled: Counter[str] = Counter()
    placed = record.successes.get("placed", [])
    for number, buyer, product in placed:
        lines = list(
            Order.objects.filter(number=number, buyer_id=buyer).values_list("lines__product", "lines__quantity")
        )
        lost["placed"] += not lines
        doubled["lines of an order"] += bool(lines) and lines != [(product, 2)]
    made = Order.objects.filter(buyer_id__in=[buyer.pk for buyer in city.buyers.queue], agency=None).count()
    unsure = sum(count for act, count in record.gave_up.items() if "keranjang" in act)
    lost["orders"] += max(0, len(placed) - made)
    doubled["orders"] += max(0, made - len(placed) - unsure)
    doubled["placed"] += len(placed) - len({number for number, _buyer, _product in placed})
    for kind, action in {"accepted": "accept", "closed": "close"}.items():
        for number in record.successes.get(kind, []):
            events = Order.objects.get(number=number).events.filter(action=action).count()
            lost[kind] += events == 0
            doubled[kind] += events > 1
    for number in record.successes.get("cancelling asked", []):
        asked = Order.objects.get(number=number).cancellations.count()
        lost["cancelling asked"] += asked == 0
        doubled["cancelling asked"] += asked > 1
    for number, count in Counter(record.successes.get("shipped", [])).items():
        held = Delivery.objects.filter(order__number=number).count()
        lost["shipped"] += max(0, count - held)
        wanted = 2 if Order.objects.get(number=number).agency_id else 1
        doubled["shipped"] += max(0, held - wanted)
    for kind, action in {"arrived": "arrive", "inspected": "inspect", "signed": "accept"}.items():
        for number in record.successes.get(kind, []):
            events = Delivery.objects.get(number=number).events.filter(action=action).count()
            lost[kind] += events == 0
            doubled[kind] += events > 1
    for kind, action in {"submitted": "submit", "approved": "approve", "withdrawn": "withdraw"}.items():
        for number in record.successes.get(kind, []):
            events = PurchaseRequest.objects.get(number=number).events.filter(action=action).count()
            lost[kind] += events == 0
            doubled[kind] += events > 1
    for number in record.successes.get("issued", []):
        orders = Order.objects.filter(request__number=number).count()
        lost["issued"] += orders == 0
        doubled["issued"] += orders > 1
    for kind, action in {"verified": "verify", "payment approved": "approve"}.items():
        for number in record.successes.get(kind, []):
            events = Invoice.objects.get(number=number).events.filter(action=action).count()
            lost[kind] += events == 0
            doubled[kind] += events > 1
    for number in record.successes.get("invoice paid", []):
        payments = Payment.objects.standing().filter(invoice__number=number).count()
        lost["invoice paid"] += payments == 0 or Invoice.objects.get(number=number).state != "paid"
        doubled["invoice paid"] += payments > 1
    for number in record.successes.get("paid", []):
        payments = Payment.objects.standing().filter(invoice__order__number=number).count()
        lost["paid"] += payments == 0
        doubled["paid"] += payments > 1
    # Whatever was answered: no delivery has two live invoices, nothing is sold that was never there.
    live = Counter(Invoice.objects.live().values_list("delivery_id", flat=True))
    doubled["invoices"] += sum(count > 1 for count in live.values())
    rare = type(city.rare).objects.get(pk=city.rare.pk)
    doubled["rare goods"] += rare.on_hand < 0 or rare.held < 0
    return {"lost": sum(lost.values()), "doubled": sum(doubled.values()), "which": dict(+lost + +doubled)}


def books() -> Any:
    from epeken.site.audit import checks

    wrong = {result.check.code: len(result.findings) for result in checks.run() if result.findings}
    return wrong or "agree"


def chains() -> Any:
    """What `manage.py verify` names: rows, events or files that are not what their acts state; the first twenty."""
    from orders.attestations import verifying

    wrong = [f"{each.order} {each.sequence}: {each.what}" for each in verifying.verify()]
    return {"differences": len(wrong), "first": wrong[:20]} if wrong else "unchanged"
