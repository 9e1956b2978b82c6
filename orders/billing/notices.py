"""Who is told what about invoices and payments."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import DAY, LAST_DAY, RUPIAH, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from orders.billing.models import Invoice, Payment
from orders.billing.states import PaymentMethod
from orders.orders.notices import buyers, done, officers, sellers, tell
from procurement.agencies.states import OfficerRole

KINDS = {
    "invoice.verified": notice(
        _("Berkas tagihan %(number)s lengkap"),
        _("Bendahara akan membayar %(net)s."),
        number=TEXT,
        net=RUPIAH,
    ),
    "invoice.paid": notice(
        _("Dibayar %(amount)s untuk pesanan %(number)s"),
        _("%(method)s tanggal %(day)s."),
        amount=RUPIAH,
        number=TEXT,
        method=choice(PaymentMethod),
        day=DAY,
    ),
    "invoice.replaced": notice(
        _("Tagihan %(earlier)s diganti %(number)s"),
        _("Bendahara menulis: %(reason)s Jumlah untuk Anda %(net)s, batas bayarnya tetap."),
        earlier=TEXT,
        number=TEXT,
        reason=SENTENCE,
        net=RUPIAH,
    ),
    "invoice.lowered": notice(
        _("Tagihan %(number)s dipotong %(amount)s"),
        _("Menurut keputusan keluhan. Yang dibayarkan ke penjual menjadi %(net)s."),
        number=TEXT,
        amount=RUPIAH,
        net=RUPIAH,
    ),
    "invoice.pay_near": notice(
        _("Tagihan %(net)s segera jatuh tempo"),
        _("%(shop)s, pesanan %(number)s. Bayar paling lambat %(due)s."),
        net=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.late": notice(
        _("Tagihan %(net)s lewat batas bayar"),
        _("%(shop)s, pesanan %(number)s. Batasnya %(due)s, dan penjual menunggu uangnya."),
        net=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.cash_received": notice(
        _("Penjual menerima uang tunai %(amount)s"),
        _("Untuk pesanan %(number)s."),
        amount=RUPIAH,
        number=TEXT,
    ),
}


def invoice_verified(invoice: Invoice, *, now: datetime) -> None:
    said = {"number": invoice.number, "net": invoice.net}
    tell(sellers(invoice.order), invoice.order, "invoice.verified", now, about=invoice.pk, **said)


def invoice_replaced(invoice: Invoice, *, earlier: Invoice, reason: str, now: datetime) -> None:
    _unasked(earlier, now)
    said = {"earlier": earlier.number, "number": invoice.number, "reason": reason, "net": invoice.net}
    tell(sellers(invoice.order), invoice.order, "invoice.replaced", now, about=invoice.pk, **said)


def invoice_lowered(invoice: Invoice, amount: int, *, now: datetime) -> None:
    """Whoever pays it, and the seller; nobody is reminded of the earlier sum."""
    _unasked(invoice, now)
    people = [*officers(invoice.order, now, OfficerRole.TREASURER), *sellers(invoice.order)]
    said = {"number": invoice.number, "amount": amount, "net": invoice.net}
    tell(people, invoice.order, "invoice.lowered", now, about=f"{invoice.pk}:{invoice.deduction}", **said)


def payment_recorded(invoice: Invoice, payment: Payment, *, now: datetime) -> None:
    if invoice.outstanding == 0:
        _paid(invoice, now)
    tell(
        [*sellers(invoice.order), *buyers(invoice.order)],
        invoice.order,
        "invoice.paid",
        now,
        about=payment.pk,
        amount=payment.amount,
        number=invoice.order.number,
        method=payment.method,
        day=payment.paid_on,
    )


def invoice_late(invoice: Invoice, role: OfficerRole, *, now: datetime) -> None:
    """Whoever pays, or whoever answers for the department."""
    order = invoice.order
    people = officers(order, now, role)
    said = {"net": invoice.net, "shop": order.seller.name, "number": order.number, "due": invoice.due_at}
    # Late anew after its payment was reversed.
    about = invoice.pk if invoice.reversed_at is None else f"{invoice.pk}:{invoice.reversed_at.isoformat()}"
    tell(people, order, "invoice.late", now, about=about, **said)


def payment_near(invoice: Invoice, *, now: datetime) -> None:
    order, due = invoice.order, invoice.due_at
    assert due is not None
    said = {"net": invoice.net, "shop": order.seller.name, "number": order.number, "due": due}
    people = officers(order, now, OfficerRole.TREASURER)
    tell(people, order, "invoice.pay_near", now, about=f"{invoice.pk}:{due.isoformat()}", **said)


def cash_received(invoice: Invoice, *, now: datetime) -> None:
    order = invoice.order
    _paid(invoice, now)
    said = {"amount": invoice.net, "number": order.number}
    tell(buyers(order), order, "invoice.cash_received", now, about=invoice.pk, **said)


def _paid(invoice: Invoice, now: datetime) -> None:
    """Nobody is waiting to pay it."""
    done(invoice.order, now, "invoice.issued", about=invoice.delivery_id)
    _unasked(invoice, now)


def _unasked(invoice: Invoice, now: datetime) -> None:
    """Nobody is reminded of this very invoice any more."""
    for kind in ("invoice.pay_near", "invoice.late", "invoice.brought", "invoice.followed"):
        done(invoice.order, now, kind, about=invoice.pk)
