"""Who is told what. Rows are written in the caller's transaction; mail leaves after commit."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_date
from epeken.core.i18n.words import rupiah
from orders.billing.models import Invoice, Payment
from orders.orders.notices import buyers, sellers, tell


def invoice_verified(invoice: Invoice, *, now: datetime) -> None:
    tell(sellers(invoice.order), invoice.order, "invoice.verified", now,
          _("Berkas tagihan %(number)s lengkap") % {"number": invoice.number},
          _("Bendahara akan membayar %(net)s.") % {"net": rupiah(invoice.net or 0)})  # fmt: skip


def invoice_paid(invoice: Invoice, payment: Payment, *, now: datetime) -> None:
    body = _("%(method)s tanggal %(day)s.") % {
        "method": payment.get_method_display(),
        "day": long_date(payment.paid_on),
    }
    people = [*sellers(invoice.order), *buyers(invoice.order)]
    tell(people, invoice.order, "invoice.paid", now,
          _("Dibayar %(amount)s untuk pesanan %(number)s")
          % {"amount": rupiah(payment.amount), "number": invoice.order.number}, body)  # fmt: skip


def cash_received(invoice: Invoice, *, now: datetime) -> None:
    tell(buyers(invoice.order), invoice.order, "invoice.paid", now,
          _("Penjual menerima uang tunai %(amount)s") % {"amount": rupiah(invoice.net or 0)},
          _("Pesanan %(number)s selesai.") % {"number": invoice.order.number})  # fmt: skip
