"""A shop's orders as a file: what it sells to whom, how each stands, and what of it is invoiced."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from epeken.core import clock, exports
from orders.billing.models import Payment
from orders.orders import notices, status
from orders.orders.models import Order, counted_goods
from orders.orders.next_step import live_invoices_of
from orders.orders.querysets import OrderQuerySet
from orders.sales.pages import confirmed, told


def goods_of(order: Order) -> str:
    """All of them, as ordered."""
    return ", ".join(counted_goods((line, line.quantity) for line in order.lines.all()))


def with_arrived(orders: OrderQuerySet) -> OrderQuerySet:
    """With what of each invoice came, as its shop does not deny."""
    arrived = Payment.objects.standing().arrived().with_word()
    return orders.prefetch_related(Prefetch("invoices__payments", arrived, to_attr="arrived_payments"))


def file_head() -> list[str]:
    return [
        _("Nomor pesanan"), _("Pembeli"), _("Barang"), _("Kegiatan"), _("Dipesan"), _("Diantar"), _("Keadaan"),
        _("Jumlah pesanan"), _("Nomor tagihan"), _("Tagihan"), _("Pajak dipotong"), _("Untuk toko"),
        _("Anda nyatakan diterima"), _("Dibayar menurut dinas"),
    ]  # fmt: skip


def file_cells(order: Order) -> list[exports.Cell]:
    """Of an order `with_status` and `with_arrived`."""
    invoices = live_invoices_of(order)
    return [
        order.number,
        notices.buyer_name(order),
        goods_of(order),
        order.title,
        order.placed_at,
        clock.told_end(order.deliver_at),
        status.headline_of(order),
        order.total,
        ", ".join(invoice.number for invoice in invoices),
        sum(invoice.gross for invoice in invoices) if invoices else None,
        sum(invoice.withheld for invoice in invoices) if invoices else None,
        sum(invoice.net for invoice in invoices) if invoices else None,
        sum(confirmed(invoice) for invoice in invoices) if invoices else None,
        sum(told(invoice) for invoice in invoices) if invoices else None,
    ]
