"""Who is told what about deliveries."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import END, LAST_DAY, RUPIAH, TEXT
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.deliveries.policies import is_all_rejected
from orders.orders.models import Order
from orders.orders.next_step import is_in_parts, is_rest_expected
from orders.orders.notices import buyers, done, officers, sellers, tell
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
    "delivery.part_shipped": notice(
        _("Sebagian barang pesanan %(number)s dikirim"),
        _("Dibawa oleh %(carrier)s. Catat bila sudah tiba."),
        number=TEXT,
        carrier=TEXT,
    ),
    "delivery.part_ready": notice(
        _("Sebagian barang pesanan %(number)s siap diambil"),
        _("Ambil di %(shop)s, lalu catat bila barangnya sudah Anda terima."),
        number=TEXT,
        shop=TEXT,
    ),
    "delivery.rest_shipped": notice(
        _("Sisa barang pesanan %(number)s dikirim"),
        _("Dibawa oleh %(carrier)s. Catat bila sudah tiba."),
        number=TEXT,
        carrier=TEXT,
    ),
    "delivery.rest_ready": notice(
        _("Sisa barang pesanan %(number)s siap diambil"),
        _("Ambil di %(shop)s, lalu catat bila barangnya sudah Anda terima."),
        number=TEXT,
        shop=TEXT,
    ),
    # To those of a department who asked for or ordered the goods: its receiver records the arrival.
    "delivery.told_shipped": notice(
        _("Pesanan %(number)s dikirim"),
        _("Dibawa oleh %(carrier)s. Penerima barang mencatatnya saat tiba."),
        number=TEXT,
        carrier=TEXT,
    ),
    "delivery.told_ready": notice(
        _("Pesanan %(number)s siap diambil"),
        _("Penerima barang mengambilnya di %(shop)s."),
        number=TEXT,
        shop=TEXT,
    ),
    "delivery.told_part_shipped": notice(
        _("Sebagian barang pesanan %(number)s dikirim"),
        _("Dibawa oleh %(carrier)s. Penerima barang mencatatnya saat tiba."),
        number=TEXT,
        carrier=TEXT,
    ),
    "delivery.told_part_ready": notice(
        _("Sebagian barang pesanan %(number)s siap diambil"),
        _("Penerima barang mengambilnya di %(shop)s."),
        number=TEXT,
        shop=TEXT,
    ),
    "delivery.told_rest_shipped": notice(
        _("Sisa barang pesanan %(number)s dikirim"),
        _("Dibawa oleh %(carrier)s. Penerima barang mencatatnya saat tiba."),
        number=TEXT,
        carrier=TEXT,
    ),
    "delivery.told_rest_ready": notice(
        _("Sisa barang pesanan %(number)s siap diambil"),
        _("Penerima barang mengambilnya di %(shop)s."),
        number=TEXT,
        shop=TEXT,
    ),
    "delivery.rejected": notice(
        _("Barang pada %(delivery)s ditolak semua"),
        _("Pesanan %(number)s. Alasannya tertulis pada hasil pemeriksaan."),
        delivery=TEXT,
        number=TEXT,
    ),
    "delivery.arrived": notice(
        _("Barang pesanan %(number)s sudah tiba"),
        _("Diperiksa paling lambat %(due)s; sesudah itu dianggap diterima."),
        number=TEXT,
        due=END,
    ),
    "delivery.inspect": notice(
        _("Periksa barang pesanan %(number)s"),
        _("Paling lambat %(due)s; sesudah itu dianggap diterima lengkap."),
        number=TEXT,
        due=END,
    ),
    "delivery.inspect_near": notice(
        _("Barang pesanan %(number)s belum diperiksa"),
        _("Paling lambat %(due)s; sesudah itu dianggap diterima lengkap."),
        number=TEXT,
        due=END,
    ),
    "delivery.inspected": notice(
        _("Barang pesanan %(number)s sudah diperiksa"),
        _("Berita acara serah terima (BAST) menyusul."),
        number=TEXT,
    ),
    "delivery.found_bad": notice(
        _("Barang pesanan %(number)s sudah diperiksa"),
        _("Tidak ada yang diterima baik. Penerima barang belum menyatakannya ditolak."),
        number=TEXT,
    ),
    "delivery.accepted": notice(
        _("Barang pesanan %(number)s diterima"),
        _("%(bast)s terbit. Dibayar paling lambat %(due)s."),
        number=TEXT,
        bast=TEXT,
        due=LAST_DAY,
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
        due=LAST_DAY,
    ),
}


def order_shipped(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    part = ""
    if is_in_parts(order):
        part = "part_" if is_rest_expected(order) else "rest_"
    asked, others = _receiving(order, now)
    said: dict[str, Any] = {"about": delivery.pk, "number": order.number}
    if order.method == DeliveryMethod.PICKUP:
        what, said["shop"] = "ready", order.seller.name
    else:
        what, said["carrier"] = "shipped", delivery.carrier
    tell(asked, order, f"delivery.{part}{what}", now, **said)
    tell(others, order, f"delivery.told_{part}{what}", now, **said)


def _receiving(order: Order, now: datetime) -> tuple[list[User], list[User]]:
    """Who is asked to receive the goods, and who of the buyer's side is only told; while a department has no receiver,
    those who can appoint one hear of it."""
    buying = buyers(order)
    asked = officers(order, now, OfficerRole.RECEIVER) or buying
    return asked, [person for person in buying if person not in asked]


def delivery_rejected(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    said = {"delivery": delivery.number, "number": order.number}
    tell([*sellers(order), *buyers(order)], order, "delivery.rejected", now, about=delivery.pk, **said)


def delivery_arrived(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    said: dict[str, Any] = {"about": delivery.pk, "number": order.number, "due": delivery.inspect_due_at}
    asked, others = _receiving(order, now)
    tell([*sellers(order), *others], order, "delivery.arrived", now, **said)
    tell(asked, order, "delivery.inspect", now, **said)


def inspection_done(delivery: Delivery, *, now: datetime) -> None:
    """Nobody is asked to inspect it any more."""
    done(delivery.order, now, "delivery.inspect", about=delivery.pk)
    done(delivery.order, now, "delivery.inspect_near", about=delivery.pk)


def inspection_near(delivery: Delivery, *, now: datetime) -> None:
    order, due = delivery.order, delivery.inspect_due_at
    assert due is not None
    asked, others = _receiving(order, now)
    about = f"{delivery.pk}:{due.isoformat()}"
    tell([*asked, *others], order, "delivery.inspect_near", now, about=about, number=order.number, due=due)


def delivery_inspected(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    kind = "delivery.found_bad" if is_all_rejected(delivery) else "delivery.inspected"
    tell(sellers(order), order, kind, now, about=delivery.pk, number=order.number)


def delivery_accepted(delivery: Delivery, invoice: Invoice, *, now: datetime) -> None:
    order, about, due = delivery.order, delivery.pk, invoice.due_at
    if due is None:
        said = {"number": order.number, "net": invoice.net}
        tell(sellers(order), order, "delivery.accepted_cash", now, about=about, **said)
        return
    bast = delivery.bast_number
    tell(sellers(order), order, "delivery.accepted", now, about=about, number=order.number, bast=bast, due=due)
    tell(
        officers(order, now, OfficerRole.TREASURER),
        order,
        "invoice.issued",
        now,
        about=about,
        gross=invoice.gross,
        shop=order.seller.name,
        number=order.number,
        due=due,
    )
