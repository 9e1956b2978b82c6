"""Who is told what about deliveries."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import MOMENT, MOMENT_DAY, RUPIAH, TEXT
from epeken.notifications.kinds import notice
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.orders.notices import buyers, officers, sellers, tell
from orders.orders.states import DeliveryMethod
from procurement.agencies.states import OfficerRole

KINDS = {
    "delivery.shipped": notice(
        _("Pesanan %(number)s dikirim"),
        _("Dibawa oleh %(carrier)s. Catat bila sudah tiba."),
        number=TEXT,
        carrier=TEXT,
    ),
    "delivery.ready": notice(
        _("Pesanan %(number)s siap diambil"),
        _("Ambil di %(shop)s, lalu catat bila barangnya sudah Anda terima."),
        number=TEXT,
        shop=TEXT,
    ),
    "delivery.arrived": notice(
        _("Barang pesanan %(number)s sudah tiba"),
        _("Diperiksa paling lambat %(due)s; sesudah itu dianggap diterima."),
        number=TEXT,
        due=MOMENT,
    ),
    "delivery.inspect": notice(
        _("Periksa barang pesanan %(number)s"),
        _("Paling lambat %(due)s; sesudah itu dianggap diterima lengkap."),
        number=TEXT,
        due=MOMENT,
    ),
    "delivery.inspected": notice(
        _("Barang pesanan %(number)s sudah diperiksa"),
        _("Berita acara serah terima (BAST) menyusul."),
        number=TEXT,
    ),
    "delivery.accepted": notice(
        _("Barang pesanan %(number)s diterima"),
        _("BAST %(bast)s terbit. Dibayar paling lambat %(due)s."),
        number=TEXT,
        bast=TEXT,
        due=MOMENT_DAY,
    ),
    "delivery.accepted_cash": notice(
        _("Barang pesanan %(number)s diterima"),
        _("Uang tunai %(net)s dapat dicatat."),
        number=TEXT,
        net=RUPIAH,
    ),
    "invoice.issued": notice(
        _("Tagihan %(gross)s menunggu pembayaran"),
        _("%(shop)s, pesanan %(number)s, batas %(due)s."),
        gross=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=MOMENT_DAY,
    ),
}


def order_shipped(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    people = [*buyers(order), *officers(order, now, OfficerRole.RECEIVER)]
    if order.method == DeliveryMethod.PICKUP:
        tell(people, order, "delivery.ready", now, number=order.number, shop=order.seller.name)
    else:
        tell(people, order, "delivery.shipped", now, number=order.number, carrier=delivery.carrier)


def delivery_arrived(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    said: dict[str, Any] = {"number": order.number, "due": delivery.inspect_due_at}
    tell(sellers(order), order, "delivery.arrived", now, **said)
    tell([*buyers(order), *officers(order, now, OfficerRole.RECEIVER)], order, "delivery.inspect", now, **said)


def delivery_inspected(delivery: Delivery, *, now: datetime) -> None:
    tell(sellers(delivery.order), delivery.order, "delivery.inspected", now, number=delivery.order.number)


def delivery_accepted(delivery: Delivery, invoice: Invoice, *, now: datetime) -> None:
    order = delivery.order
    due = invoice.due_at
    if due is None:
        tell(sellers(order), order, "delivery.accepted_cash", now, number=order.number, net=invoice.net)
        return
    tell(sellers(order), order, "delivery.accepted", now, number=order.number, bast=delivery.bast_number, due=due)
    tell(
        officers(order, now, OfficerRole.TREASURER),
        order,
        "invoice.issued",
        now,
        gross=invoice.gross,
        shop=order.seller.name,
        number=order.number,
        due=due,
    )
