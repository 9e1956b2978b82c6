"""Lists of orders: rows with their status, stages to filter by."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock
from epeken.core.i18n.times import short_end
from orders.billing.models import Invoice
from orders.cancellations.models import Cancellation
from orders.deliveries.states import DeliveryState
from orders.disputes.models import Dispute
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import Task
from orders.orders.querysets import OrderQuerySet
from orders.orders.states import DeliveryMethod, OrderState
from procurement.requests.models import PurchaseRequest
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit
from umkm.owners.services import Room


def fits(room: Room, sample: Product | None, day: date) -> str:
    """`Kira-kira 420 kotak Nasi kotak lagi. …`: the cap in plain words, and never more than the shop can make of
    `sample` until the month ends."""
    if room.is_full:
        return _("Batas bulan ini sudah penuh. Toko Anda menerima pesanan lagi mulai tanggal 1.")
    same = _("Batas ini sama untuk semua penjual supaya pesanan terbagi, dan mulai dari nol lagi pada tanggal 1.")
    if sample is None or room.left < sample.price:
        return same
    amount = Decimal(room.left // sample.price)
    days = monthrange(day.year, day.month)[1] - day.day + 1
    if sample.daily_capacity is not None and amount > sample.daily_capacity * days:
        more = _("Ruangnya cukup untuk semua yang sanggup Anda buat sampai akhir bulan.")
    else:
        more = _("Kira-kira %(amount)s %(name)s lagi.")
    return f"{more % {'amount': Unit(sample.unit).counted(amount), 'name': sample.name}} {same}"


def with_status(orders: OrderQuerySet) -> OrderQuerySet:
    """Everything `status.of` reads, without a query per order."""
    return (
        orders.with_card()
        .with_total_now()
        .prefetch_related(
            "lines",
            "deliveries__lines",
            Prefetch("invoices", Invoice.objects.with_lacks()),
            Prefetch("cancellations", Cancellation.objects.select_related("compensation")),
            "remedies",
            Prefetch("disputes", Dispute.objects.order_by("pk")),
        )
    )


# What is to be done, or the state of an order without a dispute. One delivered in parts may be in several.
STAGES: dict[str, tuple[Task, ...] | OrderState] = {
    "menunggu": OrderState.PLACED,
    "disiapkan": (Task.SHIP,),
    "dikirim": (Task.ARRIVE, Task.CONFIRM),
    "diperiksa": (Task.INSPECT, Task.SIGN),
    "dibayar": (Task.BRING, Task.VERIFY, Task.APPROVE, Task.PAY, Task.RESUME, Task.COLLECT),
    "sengketa": (Task.REPLY, Task.DECIDE, Task.FULFIL, Task.CHECK, Task.RULE),
    "pembatalan": (Task.RELEASE, Task.SETTLE_CLAIM),
    "perubahan": (Task.AMEND,),
    "selesai": OrderState.FINISHED,
    "batal": OrderState.CLOSED,
}


def unfetched_words(order: Order, now: datetime) -> str:
    """What happens to goods that are ready and were not fetched in time; "" of any other."""
    if order.method != DeliveryMethod.PICKUP:
        return ""
    ready = next((one for one in order.deliveries.all() if one.state == DeliveryState.SHIPPED), None)
    if ready is None or ready.due_at is None or not clock.is_over(ready.deliver_at, now):
        return ""
    said = _("Lewat waktunya. Ambil atau hubungi penjual; tanpa catatan siapa pun dianggap tidak diambil.")
    return said if ready.escalations else f"{said} {_('Ditunggu sampai %(end)s.') % {'end': short_end(ready.due_at)}}"


def stage_choices() -> list[tuple[str, str]]:
    return [
        ("", _("Semua tahap")),
        ("menunggu", _("Menunggu penjual")),
        ("disiapkan", _("Disiapkan penjual")),
        ("dikirim", _("Dalam perjalanan")),
        ("diperiksa", _("Diperiksa")),
        ("dibayar", _("Belum dibayar")),
        ("sengketa", _("Ada keluhan")),
        ("pembatalan", _("Diminta batal")),
        ("perubahan", _("Perubahan diusulkan")),
        ("selesai", _("Selesai")),
        ("batal", pgettext("pesanan", "Batal")),
    ]


def filtered(orders: OrderQuerySet, values: Mapping[str, Any], now: datetime) -> OrderQuerySet:
    """By the fields of OrderFilter: stage, words, days of placing."""
    stage = STAGES.get(values.get("tahap") or "")
    if isinstance(stage, tuple):
        orders = orders.waiting_to(*stage, now=now)
    elif stage is not None:
        orders = orders.filter(state=stage)
        orders = orders if stage == OrderState.CLOSED else orders.undisputed()
    words = (values.get("q") or "").strip()
    if words:
        goods = OrderLine.objects.filter(order=OuterRef("pk"), name__icontains=words)
        orders = orders.filter(
            Q(number__icontains=words)
            | Q(title__icontains=words)
            | Q(seller__name__icontains=words)
            | Q(agency__name__icontains=words)
            | Q(agency__short_name__icontains=words)
            | Q(buyer__name__icontains=words)
            | Q(request__in=PurchaseRequest.objects.continuing(words))
            | Q(office_number__iexact=words)
            | Exists(goods)
        )
    return orders.filter(clock.on_days("placed_at", values.get("sejak"), values.get("sampai")))
