"""Reads over several nouns: the payment clock, a seller's day, ageing, what a person may do next."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from epeken.core import clock
from orders.billing.states import InvoiceState
from orders.deliveries.states import DeliveryState
from orders.disputes.models import Dispute
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


STAGES: dict[str, Q] = {
    "menunggu": Q(state=OrderState.PLACED),
    "disiapkan": Q(state=OrderState.ACCEPTED, deliveries__isnull=True),
    "dikirim": Q(state=OrderState.ACCEPTED, deliveries__state=DeliveryState.SHIPPED),
    "diperiksa": Q(state=OrderState.ACCEPTED, deliveries__state__in=[DeliveryState.ARRIVED, DeliveryState.INSPECTED]),
    "dibayar": Q(
        state=OrderState.ACCEPTED,
        invoices__state__in=[InvoiceState.ISSUED, InvoiceState.VERIFIED],
    ),
    "selesai": Q(state=OrderState.FINISHED),
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
        ("selesai", _("Selesai")),
        ("batal", _("Batal")),
    ]


def filtered(orders: OrderQuerySet, values: Mapping[str, Any]) -> OrderQuerySet:
    """By the fields of FilterForm: stage, words, days of placing."""
    stage = STAGES.get(values.get("tahap") or "")
    if stage is not None:
        orders = orders.filter(stage)
    words = (values.get("q") or "").strip()
    if words:
        orders = orders.filter(
            Q(number__icontains=words) | Q(title__icontains=words) | Q(seller__name__icontains=words)
        )
    if values.get("sejak"):
        orders = orders.filter(placed_at__gte=clock.start_of(values["sejak"]))
    if values.get("sampai"):
        orders = orders.filter(placed_at__lte=clock.end_of(values["sampai"]))
    return orders
