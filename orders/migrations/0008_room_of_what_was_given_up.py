"""What was given up of an order before it was sent counts no longer for the monthly cap, also of orders of before."""

from typing import Any

from django.db import migrations
from django.db.models import F, Q, Sum

from epeken.core import clock
from epeken.core.money import share, split


def give_back(apps: Any, schema_editor: Any) -> None:
    entries = apps.get_model("umkm", "TurnoverEntry").objects
    months = apps.get_model("umkm", "TurnoverMonth").objects
    given_up = apps.get_model("orders", "Order").objects.exclude(state="closed").select_related("seller")
    given_up = given_up.filter(Q(rest_closed_at__isnull=False) | Q(lines__missed_quantity__gt=0)).distinct()
    for order in given_up.order_by("pk"):
        own = entries.filter(reference=order.number, seller=order.seller_id)
        held = own.aggregate(held=Sum("used_delta"))["held"] or 0
        back = held - _counted(order)
        month = months.filter(owner=order.seller.owner_id, month=order.cap_month).first()
        if back <= 0 or month is None:
            continue
        months.filter(pk=month.pk).update(used=F("used") - back)
        entries.create(
            turnover=month, seller_id=order.seller_id, kind="release", used_delta=-back, reference=order.number,
            at=clock.now(),
        )  # fmt: skip


def _counted(order: Any) -> int:
    """As `orders.orders.services.room.counted` had it when this was written."""
    is_closed = order.rest_closed_at is not None
    goods = sum(
        share(line.price, line.sent_quantity if is_closed else line.quantity - line.missed_quantity)
        for line in order.lines.all()
    )
    days = list(order.due_days.filter(dropped_at__isnull=True).order_by("number"))
    costs = split(order.delivery_cost, [1] * len(days)) if days else []
    saved = sum(
        day.missed_cost or cost
        for day, cost in zip(days, costs, strict=True)
        if (is_closed or day.missed_at is not None) and not day.amounts.filter(sent_quantity__gt=0).exists()
    )
    return int(goods + order.delivery_cost - saved)


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_withdrawn_shipments"), ("umkm", "0044_workers_no_more")]
    operations = [migrations.RunPython(give_back, migrations.RunPython.noop)]
