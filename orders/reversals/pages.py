"""What pages say about the payments of an invoice and their reversals."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from epeken.users.models import User
from orders.billing import policies as billing_policies
from orders.billing.models import Invoice, Payment
from orders.billing.states import InvoiceState, PaymentMethod
from orders.compensations.models import CompensationPayment
from orders.confirmations.pages import ConfirmationCard, of_payment
from orders.confirmations.states import ConfirmationState
from orders.documents import schedule
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.orders.next_step import dispute_of
from orders.orders.states import OrderState
from orders.reversals import policies
from orders.reversals.models import PaymentReversal
from orders.reversals.querysets import ReversalQuerySet
from orders.tax_deposits.models import DepositedTax
from procurement.agencies.querysets import INSPECT


@dataclass(frozen=True)
class PaymentRow:
    """A payment of an invoice as this person sees it. `reversal` that waits is the department's own matter."""

    payment: Payment
    confirmation: ConfirmationCard | None  # what the seller says about it; None of a reversed one, or of cash
    reversal: PaymentReversal | None
    is_reversed: bool
    is_misrecorded: bool  # reversed, and its money was sent
    waits: bool
    asks: bool  # this person may ask to reverse it
    decides: bool
    withdraws: bool
    paper: str  # the number of its own paper, of a department's payment of a part that stands; "" without one


def payment_rows(
    invoice: Invoice, order: Order, user: User, now: datetime, cards: list[ConfirmationCard]
) -> list[PaymentRow]:
    """Oldest first. Reads the invoice's payments `with_reversal`."""
    day = clock.local_date(now)
    payments = list(invoice.payments.all())
    pays = bool(payments) and order.agency_id is not None and billing_policies.can_pay(user, order, day)
    return [_row(payment, invoice, order, user, day, of_payment(cards, payment.pk), pays=pays) for payment in payments]


def _row(
    payment: Payment,
    invoice: Invoice,
    order: Order,
    user: User,
    day: date,
    confirmation: ConfirmationCard | None,
    *,
    pays: bool,
) -> PaymentRow:
    found = payment.reversal
    is_reversed = payment.reversed_at is not None
    waits = found is not None and not is_reversed and sees(user, order, day)
    return PaymentRow(
        payment=payment,
        confirmation=confirmation,
        reversal=found if is_reversed or waits else None,
        is_reversed=is_reversed,
        is_misrecorded=is_reversed and found is not None and found.is_misrecorded,
        waits=waits,
        asks=pays and found is None and _may_be_asked(payment, invoice, order, day),
        decides=waits and policies.can_decide(user, payment, invoice, order, day),
        withdraws=waits and pays,
        paper=schedule.part_number(payment, invoice)
        if order.agency_id is not None and not is_reversed and schedule.is_part(payment, invoice)
        else "",
    )


def _may_be_asked(payment: Payment, invoice: Invoice, order: Order, day: date) -> bool:
    """Nothing stands in the way of reversing it, and its books are open."""
    return invoice.correcting_id is None and dispute_of(order) is None and day <= policies.last_day(payment)


def sees(user: User, order: Order, day: date) -> bool:
    """Whether a request that waits, or came to nothing, is this person's to read: the department's, the
    inspectorate's."""
    return user.has_perm(INSPECT) or orders_policies.is_officer_of(user, order, day)


def seen(rows: ReversalQuerySet, user: User, order: Order, day: date) -> ReversalQuerySet:
    return rows if sees(user, order, day) else rows.none()


def effects(row: PaymentReversal, order: Order) -> list[str]:
    """What releasing it does, in sentences with figures."""
    payment, invoice = row.payment, row.payment.invoice
    left = invoice.outstanding + payment.amount
    said = [
        _(
            "Tagihan %(number)s kembali menunggu persetujuan bayar, lalu %(sent)s yang sudah dikirim dicatat ulang. "
            "Yang masih harus dikirim %(left)s."
        )
        % {"number": invoice.number, "sent": rupiah(row.sent), "left": rupiah(max(left - row.sent, 0))}
        if row.is_misrecorded
        else _("Tagihan %(number)s kembali menunggu persetujuan bayar. Yang belum dibayar menjadi %(left)s.")
        % {"number": invoice.number, "left": rupiah(left)}
    ]
    if payment.method == PaymentMethod.KKPD:
        said[0] = _("Tagihan %(number)s kembali menunggu persetujuan bayar, pajaknya dihitung lagi tanpa kartu.") % {
            "number": invoice.number
        }
    if invoice.state == InvoiceState.PAID:
        said.append(_("Anggaran: %(gross)s pindah dari sudah dibayar ke dipesan.") % {"gross": rupiah(invoice.gross)})
        said.append(_("Kuitansi, bukti pembayaran dan berkas SPJ yang menyatakannya tidak berlaku lagi."))
    if order.state == OrderState.FINISHED:
        said.append(_("Pesanan %(number)s dibuka lagi sampai dibayar.") % {"number": order.number})
    confirmation = getattr(payment, "confirmation", None)
    if confirmation is not None and confirmation.state == ConfirmationState.CONFIRMED:
        at = long_time(confirmation.changed_at)
        said.append(_("Penjual sudah menyatakan uang ini diterima, %(at)s.") % {"at": at})
    said += [
        _("%(kind)s %(amount)s sudah disetor dengan NTPN %(ntpn)s. Setoran itu tetap tercatat.")
        % {"kind": tax.get_kind_display(), "amount": rupiah(tax.amount), "ntpn": tax.ntpn}
        for tax in DepositedTax.objects.live().filter(invoice=invoice)
    ]
    if others := paid_with(payment):
        said.append(
            _("Dibayar dengan nomor bukti yang sama dan tetap tercatat: %(numbers)s.") % {"numbers": ", ".join(others)}
        )
    said.append(
        _("Uangnya sudah dikirim: penjual diberi tahu bahwa hanya catatannya dibetulkan.")
        if row.is_misrecorded
        else _("Batas bayarnya tetap yang semula, dan penjual diberi tahu.")
    )
    return said


def paid_with(payment: Payment | CompensationPayment) -> list[str]:
    """Numbers of the other invoices and compensations that the same number of the department paid: what is wrong with
    the number, its day or its way of paying is wrong with them too."""
    if not payment.reference:
        return []
    order = payment.invoice.order if isinstance(payment, Payment) else payment.compensation.order
    used = payment.method, payment.reference, order.agency_id
    bills = Payment.objects.standing().using_number(*used)
    claims = CompensationPayment.objects.standing().using_number(*used)
    if isinstance(payment, Payment):
        bills = bills.exclude(pk=payment.pk)
    else:
        claims = claims.exclude(pk=payment.pk)
    return [
        *bills.order_by("invoice__number").values_list("invoice__number", flat=True),
        *claims.order_by("compensation__number").values_list("compensation__number", flat=True),
    ]
