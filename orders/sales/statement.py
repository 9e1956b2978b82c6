"""The statement of a shop's month, for its own books, a bank or a tax office: one row an invoice, with the sums.

It is laid out when it is asked for and kept nowhere: what it states stands on the invoices it names.
"""

from datetime import date, datetime
from typing import Any

from django.utils import translation

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time, month_year, short_date
from epeken.core.i18n.words import rupiah
from orders.billing.querysets import InvoiceQuerySet
from orders.documents.layout import facts
from orders.documents.render import render
from orders.orders import notices, parties
from orders.orders.models import OrderSeller
from orders.sales import pages
from umkm.sellers.models import Seller


def make(seller: Seller, month: date, found: InvoiceQuerySet, now: datetime) -> bytes:
    """The PDF of what `pages.sold` found, at most exports.MOST_ROWS invoices: a shop's cap keeps it far below."""
    with translation.override("id"):
        data = _data(seller, month, found, now)
        return render(data, {}, title=f"{data['title']} {data['numbers'][0]}", moment=now)


def _data(seller: Seller, month: date, found: InvoiceQuerySet, now: datetime) -> dict[str, Any]:
    sums, claims = pages.sums(found), pages.claims_of(seller, month)
    last = pages.last_of(month)
    running = "" if last < clock.local_date(now) else f"Bulan ini belum selesai: dihitung sampai {full_time(now)}."
    return {
        "kind": "statement",
        "title": "Laporan Penjualan Bulanan",
        "numbers": [month_year(month)],
        "head": facts.shop_head(OrderSeller(**parties.seller_facts(seller))),
        "facts": [
            ("Masa", f"{full_date(month)} sampai {full_date(last)}"),
            ("Banyaknya tagihan", str(sums.count)),
            ("Jumlah penjualan", rupiah(sums.gross)),
            ("Pajak yang dipotong pembeli", rupiah(sums.withheld)),
            *((f"– {label}", rupiah(amount)) for label, amount in pages.taxes_of(found)),
            ("Untuk toko", rupiah(sums.net)),
            ("Dinyatakan diterima oleh toko", rupiah(sums.confirmed)),
            ("Dibayar menurut dinas saja", rupiah(sums.told)),
            ("Belum dibayar", rupiah(sums.unpaid)),
            *((label, rupiah(amount)) for label, amount in claims),
        ],
        "rows": [_row(invoice) for invoice in pages.with_rows(found)],
        "sums": [rupiah(sums.gross), rupiah(sums.withheld), rupiah(sums.net), rupiah(sums.paid)],
        "goods": [(one.name, one.quantity, rupiah(one.amount)) for one in pages.best_goods(found)],
        "remarks": [
            *([running] if running else []),
            "Penjualan dihitung dari tagihan, yang terbit ketika barang diterima pembeli, atau dianggap diterima.",
            *(["Ganti rugi bukan penjualan dan tidak termasuk jumlah penjualan."] if claims else []),
            f"Dicetak dari e-Peken {full_time(now)}.",
        ],
        "qr": "",
    }


def _row(invoice: Any) -> dict[str, str]:
    return {
        "at": short_date(clock.local_date(invoice.issued_at)),
        "number": invoice.number,
        "order": invoice.order.number,
        "buyer": notices.buyer_name(invoice.order),
        "goods": pages.goods_of(invoice),
        "gross": rupiah(invoice.gross),
        "withheld": rupiah(invoice.withheld),
        "net": rupiah(invoice.net),
        "paid": rupiah(pages.confirmed(invoice) + pages.told(invoice)),
    }
