"""Who confirms, objects and answers, and why a seller may not object any more."""

from datetime import date

from django.utils.translation import gettext as _

from epeken.core.clock import last_day
from epeken.core.i18n.times import long_date, long_time
from epeken.users.models import User
from orders.billing import policies as billing_policies
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import TO_ANSWER, TO_CONFIRM, ConfirmationState
from orders.orders.models import Order
from orders.orders.policies import is_seller_of
from orders.orders.states import OrderState


def can_confirm(actor: User, row: SellerConfirmation, order: Order) -> bool:
    return row.state in TO_CONFIRM and is_seller_of(actor, order)


def can_object(actor: User, row: SellerConfirmation, order: Order) -> bool:
    return is_seller_of(actor, order) and not objection_refusal(row, order)


def is_complaint(order: Order) -> bool:
    """Whether an objection to a BAST is a complaint: while the order runs. Once all of it is paid it is the seller's
    word alone, stated on the BAST."""
    return order.state == OrderState.ACCEPTED


def objection_refusal(row: SellerConfirmation, order: Order) -> str:
    """Why the seller cannot object, and what is possible instead; "" where they can. Payment takes no objection away
    before the day that was stated. Reads the disputes of the order, which a page prefetches."""
    is_money = row.payment_id is not None
    if row.state == ConfirmationState.VOID:
        return _("Pembayaran ini sudah dibatalkan, jadi tidak dikonfirmasi lagi. Muat ulang halaman.")
    if row.state == ConfirmationState.OBJECTED:
        said = (
            _("Anda sudah menyatakan uang ini belum masuk, %(at)s. Bendahara memeriksanya.")
            if is_money
            else _("Anda sudah berkeberatan atas BAST ini, %(at)s.")
        )
        return said % {"at": long_time(row.changed_at)}
    if row.state not in TO_ANSWER:
        return (
            _("Uang ini sudah Anda nyatakan masuk. Bila keliru, hubungi bendahara dari halaman pesanannya.")
            if is_money
            else _("BAST ini sudah Anda konfirmasi. Bila ada yang keliru, ajukan keluhan dari pesanannya.")
        )
    if is_money:
        return ""
    if any(dispute.is_undecided for dispute in order.disputes.all()):
        return _(
            "Masih ada keluhan yang belum selesai pada pesanan ini. Waktu Anda menjawab BAST berhenti sampai "
            "keluhannya selesai; sesudah itu Anda bisa berkeberatan."
        )
    if not is_complaint(order) and row.state == ConfirmationState.SILENT:
        said = _(
            "Pesanan ini sudah selesai, dan keberatan atas BAST ditunggu sampai %(day)s. Anda masih bisa "
            "mengonfirmasinya. Bila ada yang keliru, hubungi dinas dari halaman pesanannya."
        )
        return said % {"day": long_date(last_day(row.due_at))}
    return ""


def can_answer(actor: User, row: SellerConfirmation, order: Order, day: date) -> bool:
    """The treasurer, that the money was sent after all."""
    missing = row.payment_id is not None and row.state == ConfirmationState.OBJECTED
    return missing and billing_policies.can_pay(actor, order, day)
