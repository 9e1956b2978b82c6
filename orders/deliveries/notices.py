"""Who is told what about goods on their way and their arrival; of their result see `result_notices`."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import END, SENTENCE, TEXT
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.deliveries.models import Delivery
from orders.deliveries.policies import ASKED_IN_TURN
from orders.orders.models import Order
from orders.orders.next_step import is_in_parts, is_rest_expected
from orders.orders.notices import buyers, done, officers, sellers, tell
from orders.orders.states import DeliveryMethod
from procurement.agencies.policies import inspectors
from procurement.agencies.querysets import INSPECT
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
    "delivery.again_shipped": notice(
        _("Barang pengganti pesanan %(number)s dikirim"),
        _("Dibawa oleh %(carrier)s. Catat bila sudah tiba."),
        number=TEXT,
        carrier=TEXT,
    ),
    "delivery.again_ready": notice(
        _("Barang pengganti pesanan %(number)s siap diambil"),
        _("Ambil di %(shop)s, lalu catat bila barangnya sudah Anda terima."),
        number=TEXT,
        shop=TEXT,
    ),
    "delivery.told_again_shipped": notice(
        _("Barang pengganti pesanan %(number)s dikirim"),
        _("Dibawa oleh %(carrier)s. Penerima barang mencatat kedatangannya."),
        number=TEXT,
        carrier=TEXT,
    ),
    "delivery.told_again_ready": notice(
        _("Barang pengganti pesanan %(number)s siap diambil"),
        _("Diambil di %(shop)s. Penerima barang mencatat kedatangannya."),
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
    "delivery.withdrawn": notice(
        _("Surat jalan %(delivery)s ditarik penjual"),
        _("Pesanan %(number)s. %(note)s Barangnya masih disiapkan."),
        number=TEXT,
        delivery=TEXT,
        note=SENTENCE,
    ),
    "delivery.arrived": notice(
        _("Barang pesanan %(number)s sudah tiba"),
        _("Penerimanya memeriksa paling lambat %(due)s; sesudah itu dianggap diterima."),
        number=TEXT,
        due=END,
    ),
    "delivery.handed_over": notice(
        _("Penjual mencatat pesanan %(number)s sudah Anda terima"),
        _("Benarkan atau sanggah paling lambat %(due)s; sesudah itu dianggap diterima lengkap."),
        number=TEXT,
        due=END,
    ),
    "delivery.not_recorded": notice(
        _("Barang pesanan %(number)s belum dicatat tiba"),
        _("Sudah lewat waktunya. Catat tiba, atau catat tidak datang. Tagihannya menunggu."),
        number=TEXT,
    ),
    "delivery.not_fetched": notice(
        _("Barang pesanan %(number)s belum dicatat diambil"),
        _("Sudah lewat waktunya. Ambil lalu catat, atau hubungi %(shop)s."),
        number=TEXT,
        shop=TEXT,
    ),
    "delivery.told_not_recorded": notice(
        _("Barang pesanan %(number)s belum dicatat tiba"),
        _("Penerima barang diingatkan. Bila tetap tidak dicatat, diteruskan ke kepala dinas, lalu ke inspektorat."),
        number=TEXT,
    ),
    "delivery.seller_may_tell": notice(
        _("Pembeli belum mencatat barang pesanan %(number)s"),
        _("Bila sudah Anda serahkan, catat di halaman pesanan. Tanpa catatan siapa pun, barang dianggap tidak datang."),
        number=TEXT,
    ),
    "delivery.passed_on": notice(
        _("%(agency)s belum mencatat barang pesanan %(number)s"),
        _("Dikirim %(shop)s, ditunggu %(at)s. Tanpa catatan tiba, penjual tidak dapat menagih."),
        agency=TEXT,
        number=TEXT,
        shop=TEXT,
        at=END,
    ),
    "delivery.missed": notice(
        _("Barang pesanan %(number)s tidak datang"),
        "%(note)s",
        number=TEXT,
        note=SENTENCE,
    ),
    "delivery.unfetched": notice(
        _("Barang pesanan %(number)s tidak diambil"),
        "%(note)s",
        number=TEXT,
        note=SENTENCE,
    ),
    "delivery.unseen": notice(
        _("Barang pesanan %(number)s dianggap tidak datang"),
        _("Penjual dan pembeli sama-sama tidak mencatat serah terimanya."),
        number=TEXT,
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
}

# What asks somebody to see to it that goods on their way come, or that their arrival is recorded.
ARRIVAL_ASKED = [
    *[f"delivery.{part}{what}" for part in ("", "part_", "rest_", "again_") for what in ("shipped", "ready")],
    "delivery.not_recorded",
    "delivery.not_fetched",
    "delivery.told_not_recorded",
    "delivery.seller_may_tell",
    "delivery.passed_on",
]
# What says that goods wait to be inspected, to those who inspect and to those who wait for it.
INSPECTION_ASKED = ["delivery.inspect", "delivery.inspect_near", "delivery.handed_over", "delivery.arrived"]


def order_shipped(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    part = ""
    if delivery.remedy_id is not None:
        part = "again_"
    elif is_in_parts(order):
        part = "part_" if is_rest_expected(order) else "rest_"
    asked, others = _receiving(order, now)
    said: dict[str, Any] = {"about": delivery.pk, "number": order.number}
    if order.method == DeliveryMethod.PICKUP:
        what, said["shop"] = "ready", order.seller.name
    else:
        what, said["carrier"] = "shipped", delivery.carrier
    tell(asked, order, f"delivery.{part}{what}", now, **said)
    tell(others, order, f"delivery.told_{part}{what}", now, **said)


def shipment_withdrawn(delivery: Delivery, *, now: datetime) -> None:
    """Whoever was told that it left; nobody is asked about its arrival any more."""
    order = delivery.order
    arrival_done(delivery, now=now)
    asked, others = _receiving(order, now)
    said = {"number": order.number, "delivery": delivery.number, "note": delivery.remark}
    tell(dict.fromkeys([*asked, *others]), order, "delivery.withdrawn", now, about=delivery.pk, **said)


def _receiving(order: Order, now: datetime) -> tuple[list[User], list[User]]:
    """Who is asked to receive the goods, and who of the buyer's side is only told; while a department has no receiver,
    those who can appoint one hear of it."""
    buying = buyers(order)
    asked = officers(order, now, OfficerRole.RECEIVER) or buying
    return asked, [person for person in buying if person not in asked]


def not_recorded(delivery: Delivery, *, now: datetime) -> None:
    """The arrival was not recorded in time: those whose turn it is to see to it (`policies.ASKED_IN_TURN`)."""
    order = delivery.order
    asked, others = _receiving(order, now)
    said: dict[str, Any] = {"about": f"{delivery.pk}:{delivery.escalations}", "number": order.number}
    if delivery.escalations == 1:
        if order.method == DeliveryMethod.PICKUP:
            tell(asked, order, "delivery.not_fetched", now, shop=order.seller.name, **said)
        else:
            tell(asked, order, "delivery.not_recorded", now, **said)
        if order.agency is None:
            tell(sellers(order), order, "delivery.seller_may_tell", now, **said)
        else:
            tell([*others, *sellers(order)], order, "delivery.told_not_recorded", now, **said)
        return
    assert order.agency is not None
    turn = ASKED_IN_TURN[delivery.escalations - 1]
    people = inspectors() if turn == INSPECT else officers(order, now, OfficerRole(turn))
    said |= {"agency": order.agency.name, "shop": order.seller.name, "at": delivery.deliver_at}
    tell(people, order, "delivery.passed_on", now, **said)


def arrival_done(delivery: Delivery, *, now: datetime) -> None:
    """Nobody is asked to fetch the goods or to record their arrival any more."""
    done(delivery.order, now, *ARRIVAL_ASKED, about=delivery.pk)


def delivery_missed(delivery: Delivery, *, actor: User | None, now: datetime) -> None:
    """Both sides, except the person who said so."""
    order = delivery.order
    arrival_done(delivery, now=now)
    people = [p for p in [*sellers(order), *buyers(order)] if actor is None or p.pk != actor.pk]
    said: dict[str, Any] = {"about": delivery.pk, "number": order.number}
    if actor is None:
        tell(people, order, "delivery.unseen", now, **said)
    else:
        kind = "delivery.unfetched" if order.method == DeliveryMethod.PICKUP else "delivery.missed"
        tell(people, order, kind, now, note=delivery.remark, **said)


def delivery_arrived(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    said: dict[str, Any] = {"about": delivery.pk, "number": order.number, "due": delivery.due_at}
    if delivery.is_told_by_seller:
        tell(buyers(order), order, "delivery.handed_over", now, **said)
        return
    asked, others = _receiving(order, now)
    tell([*sellers(order), *others], order, "delivery.arrived", now, **said)
    tell(asked, order, "delivery.inspect", now, **said)


def inspection_done(delivery: Delivery, *, now: datetime) -> None:
    """Nobody is asked to inspect or confirm it any more."""
    done(delivery.order, now, *INSPECTION_ASKED, about=delivery.pk)


def inspection_near(delivery: Delivery, *, now: datetime) -> None:
    order, due = delivery.order, delivery.due_at
    assert due is not None
    asked, others = _receiving(order, now)
    about = f"{delivery.pk}:{due.isoformat()}"
    tell([*asked, *others], order, "delivery.inspect_near", now, about=about, number=order.number, due=due)
