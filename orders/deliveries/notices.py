"""Who is told what. Rows are written in the caller's transaction; mail leaves after commit."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_date, long_time
from epeken.core.i18n.words import rupiah
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.orders.notices import buyers, officers, sellers, tell
from orders.orders.states import DeliveryMethod
from procurement.agencies.states import OfficerRole


def order_shipped(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    title = (
        _("Pesanan %(number)s siap diambil")
        if order.method == DeliveryMethod.PICKUP
        else _("Pesanan %(number)s dikirim")
    )
    people = [*buyers(order), *officers(order, now, OfficerRole.RECEIVER)]
    tell(people, order, "delivery.shipped", now, title % {"number": order.number},
          _("Dibawa oleh %(carrier)s. Catat bila sudah tiba.") % {"carrier": delivery.carrier})  # fmt: skip


def delivery_arrived(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    due = long_time(delivery.inspect_due_at) if delivery.inspect_due_at else ""
    tell(sellers(order), order, "delivery.arrived", now,
          _("Barang pesanan %(number)s sudah tiba") % {"number": order.number},
          _("Diperiksa paling lambat %(due)s; sesudah itu dianggap diterima.") % {"due": due})  # fmt: skip
    tell([*buyers(order), *officers(order, now, OfficerRole.RECEIVER)], order, "delivery.inspect", now,
          _("Periksa barang pesanan %(number)s") % {"number": order.number},
          _("Paling lambat %(due)s; sesudah itu dianggap diterima lengkap.") % {"due": due})  # fmt: skip


def delivery_inspected(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    tell(sellers(order), order, "delivery.inspected", now,
          _("Barang pesanan %(number)s sudah diperiksa") % {"number": order.number},
          _("Berita acara serah terima (BAST) menyusul."))  # fmt: skip


def delivery_accepted(delivery: Delivery, *, now: datetime) -> None:
    order, invoice = delivery.order, Invoice.objects.get(order_id=delivery.order_id)
    due = long_date(invoice.due_at) if invoice.due_at else ""
    body = (
        _("BAST %(bast)s terbit. Dibayar paling lambat %(due)s.") % {"bast": delivery.bast_number, "due": due}
        if due
        else _("Uang tunai %(net)s dapat dicatat.") % {"net": rupiah(invoice.net or 0)}
    )
    tell(sellers(order), order, "delivery.accepted", now,
          _("Barang pesanan %(number)s diterima") % {"number": order.number}, body)  # fmt: skip
    if due:
        tell(officers(order, now, OfficerRole.TREASURER), order, "invoice.issued", now,
              _("Tagihan %(gross)s menunggu pembayaran") % {"gross": rupiah(invoice.gross or 0)},
              _("%(shop)s, pesanan %(number)s, batas %(due)s.")
              % {"shop": order.seller.name, "number": order.number, "due": due})  # fmt: skip
