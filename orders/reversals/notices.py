"""Who is told what about a payment that is to be reversed."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import LAST_DAY, RUPIAH, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.billing.models import Invoice, Payment
from orders.orders.models import Order
from orders.orders.notices import buyers, done, officers, sellers, tell
from orders.reversals.models import PaymentReversal
from orders.reversals.states import ReversalReason, ReversalState
from procurement.agencies.states import OfficerRole

KINDS = {
    "invoice.reversal_asked": notice(
        _("Pembatalan pembayaran %(amount)s menunggu keputusan Anda"),
        _("Pesanan %(number)s. Alasan bendahara: %(reason)s. Putuskan paling lambat %(due)s."),
        amount=RUPIAH,
        number=TEXT,
        reason=choice(ReversalReason),
        due=LAST_DAY,
    ),
    "invoice.reversal_near": notice(
        _("Pembatalan pembayaran %(amount)s masih menunggu keputusan Anda"),
        _("Pesanan %(number)s. Putuskan paling lambat %(due)s; sebelum itu pembayarannya tetap tercatat."),
        amount=RUPIAH,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.reversal_ended": notice(
        _("Pembatalan pembayaran pesanan %(number)s: %(state)s"),
        "%(answer)s",
        number=TEXT,
        state=choice(ReversalState),
        answer=SENTENCE,
    ),
    "invoice.record_corrected": notice(
        _("Catatan pembayaran %(amount)s untuk pesanan %(number)s dibetulkan"),
        _(
            "Uangnya sudah dikirim; hanya catatannya keliru: %(reason)s. Tagihan %(invoice)s dicatat ulang paling "
            "lambat %(due)s."
        ),
        amount=RUPIAH,
        number=TEXT,
        reason=choice(ReversalReason),
        invoice=TEXT,
        due=LAST_DAY,
    ),
    "invoice.amount_corrected": notice(
        _("Jumlah pembayaran untuk pesanan %(number)s dibetulkan"),
        _(
            "Tercatat %(amount)s, yang sebenarnya dikirim %(sent)s; itu yang dicatat ulang. Yang masih harus dikirim "
            "untuk tagihan %(invoice)s %(left)s, paling lambat %(due)s."
        ),
        amount=RUPIAH,
        sent=RUPIAH,
        left=RUPIAH,
        number=TEXT,
        invoice=TEXT,
        due=LAST_DAY,
    ),
    "invoice.reversed": notice(
        _("Pembayaran %(amount)s untuk pesanan %(number)s dibatalkan"),
        _(
            "%(reason)s. Tagihan %(invoice)s disetujui lagi, lalu dibayar atau dicatat ulang oleh bendahara; batas "
            "bayarnya tetap."
        ),
        amount=RUPIAH,
        number=TEXT,
        reason=choice(ReversalReason),
        invoice=TEXT,
    ),
}


def asked(row: PaymentReversal, order: Order, *, now: datetime) -> None:
    said = {"amount": row.payment.amount, "number": order.number, "reason": row.reason, "due": row.due_at}
    heads = [person for person in officers(order, now, OfficerRole.HEAD) if person.pk != row.asked_by_id]
    tell(heads, order, "invoice.reversal_asked", now, about=row.pk, **said)


def near(row: PaymentReversal, order: Order, *, now: datetime) -> None:
    said = {"amount": row.payment.amount, "number": order.number, "due": row.due_at}
    heads = [person for person in officers(order, now, OfficerRole.HEAD) if person.pk != row.asked_by_id]
    tell(heads, order, "invoice.reversal_near", now, about=f"{row.pk}:{row.due_at.isoformat()}", **said)


def ended(row: PaymentReversal, order: Order, *, actor: User, now: datetime) -> None:
    """Refused or withdrawn: treasurers and heads, except who did it."""
    _decided(row, order, now)
    people = officers(order, now, OfficerRole.TREASURER, OfficerRole.HEAD)
    said = {"number": order.number, "state": row.state, "answer": row.answer}
    others = [person for person in people if person.pk != actor.pk]
    tell(others, order, "invoice.reversal_ended", now, about=row.pk, **said)


def released(row: PaymentReversal, payment: Payment, invoice: Invoice, order: Order, *, now: datetime) -> None:
    """Both sides, and whoever pays again."""
    _decided(row, order, now)
    people = dict.fromkeys([*sellers(order), *buyers(order), *officers(order, now, OfficerRole.TREASURER)])
    said: dict[str, Any] = {"amount": payment.amount, "number": order.number, "invoice": invoice.number}
    due = invoice.due_at
    if row.is_misrecorded and due is not None and row.sent_amount is not None:
        said |= {"sent": row.sent_amount, "left": invoice.to_send}
        tell(people, order, "invoice.amount_corrected", now, about=row.pk, **said, due=due)
    elif row.is_misrecorded and due is not None:
        tell(people, order, "invoice.record_corrected", now, about=row.pk, **said, reason=row.reason, due=due)
    else:
        tell(people, order, "invoice.reversed", now, about=row.pk, **said, reason=row.reason)


def _decided(row: PaymentReversal, order: Order, now: datetime) -> None:
    """Nobody is asked to decide any more."""
    for kind in ("invoice.reversal_asked", "invoice.reversal_near"):
        done(order, now, kind, about=row.pk)
