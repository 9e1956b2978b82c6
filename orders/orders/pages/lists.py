"""Lists of orders: rows with their status, stages to filter by."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from epeken.core import clock
from orders.disputes.models import Dispute
from orders.orders.models import OrderLine
from orders.orders.next_step import Task
from orders.orders.querysets import OrderQuerySet
from orders.orders.states import OrderState
from umkm.owners.services import Room


def fits(room: Room, sample: tuple[str, str, int] | None) -> str:
    """`Kira-kira 420 kotak Nasi kotak lagi. …`: the cap in plain words."""
    if room.is_full:
        return _("Batas bulan ini sudah penuh. Toko Anda menerima pesanan lagi mulai tanggal 1.")
    same = _("Batas ini sama untuk semua penjual supaya pesanan terbagi, dan mulai dari nol lagi pada tanggal 1.")
    if sample is None or room.left < sample[2]:
        return same
    name, unit, price = sample
    more = _("Kira-kira %(count)s %(unit)s %(name)s lagi.") % {
        "count": f"{room.left // price:,}".replace(",", "."),
        "unit": unit,
        "name": name,
    }
    return f"{more} {same}"


def with_status(orders: OrderQuerySet) -> OrderQuerySet:
    """Everything `status.of` reads, without a query per order."""
    return orders.with_card().prefetch_related(
        "lines", "deliveries", "invoices", Prefetch("disputes", Dispute.objects.order_by("pk"))
    )


# Over the columns of `with_step`: an order is in one stage.
STAGES: dict[str, Q] = {
    "menunggu": Q(state=OrderState.PLACED, disputed__isnull=True),
    "disiapkan": Q(task=Task.SHIP),
    "dikirim": Q(task__in=[Task.ARRIVE, Task.CONFIRM]),
    "diperiksa": Q(task__in=[Task.INSPECT, Task.SIGN]),
    "dibayar": Q(task__in=[Task.VERIFY, Task.PAY, Task.COLLECT]),
    "sengketa": Q(task__in=[Task.REPLY, Task.DECIDE]),
    "selesai": Q(state=OrderState.FINISHED, disputed__isnull=True),
    "batal": Q(state=OrderState.CLOSED),
}


def stage_choices() -> list[tuple[str, str]]:
    return [
        ("", _("Semua tahap")),
        ("menunggu", _("Menunggu penjual")),
        ("disiapkan", _("Disiapkan penjual")),
        ("dikirim", _("Dalam perjalanan")),
        ("diperiksa", _("Diperiksa")),
        ("dibayar", _("Menunggu pembayaran")),
        ("sengketa", _("Dalam sengketa")),
        ("selesai", _("Selesai")),
        ("batal", _("Batal")),
    ]


def filtered(orders: OrderQuerySet, values: Mapping[str, Any], now: datetime) -> OrderQuerySet:
    """By the fields of OrderFilter: stage, words, days of placing."""
    stage = STAGES.get(values.get("tahap") or "")
    if stage is not None:
        orders = orders.with_step(now).filter(stage)
    words = (values.get("q") or "").strip()
    if words:
        goods = OrderLine.objects.filter(order=OuterRef("pk"), name__icontains=words)
        orders = orders.filter(
            Q(number__icontains=words)
            | Q(title__icontains=words)
            | Q(seller__name__icontains=words)
            | Q(request__number=words)
            | Exists(goods)
        )
    if values.get("sejak"):
        orders = orders.filter(placed_at__gte=clock.start_of(values["sejak"]))
    if values.get("sampai"):
        orders = orders.filter(placed_at__lt=clock.start_of(values["sampai"] + timedelta(days=1)))
    return orders
