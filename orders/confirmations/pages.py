"""What pages say about a seller's confirmation, and what this person may do about it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.clock import last_day, local_date
from epeken.core.i18n.times import long_date, long_time
from epeken.users.models import User
from orders.confirmations import policies
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import TO_ANSWER, ConfirmationState
from orders.orders.models import Order
from orders.orders.policies import is_seller_of


@dataclass(frozen=True)
class ConfirmationCard:
    """`words`: how it stands. `tone`: of its tag."""

    row: SellerConfirmation
    edition: int  # of the document that is confirmed; 0 without one
    words: str
    said: str
    tone: str
    confirms: bool
    objects: bool
    refusal: str  # why the seller who is asked cannot object now; "" where they can
    answers: bool
    is_asked: bool  # this person is the seller who is waited for


def cards_of(order: Order, user: User, now: datetime) -> list[ConfirmationCard]:
    """Reads `confirmations` `with_edition`, which a page prefetches."""
    day = local_date(now)
    return [
        ConfirmationCard(
            row=row,
            edition=row.edition or 0,
            words=words_of(row, is_own=is_seller_of(user, order)),
            said="" if _is_told_by_complaint(row, order) else row.said,
            tone=_TONES.get(row.state, ""),
            confirms=bool(row.edition) and policies.can_confirm(user, row, order),
            objects=policies.can_object(user, row, order),
            refusal=policies.objection_refusal(row, order) if row.state in TO_ANSWER else "",
            answers=policies.can_answer(user, row, order, day),
            is_asked=row.state == ConfirmationState.WAITING and is_seller_of(user, order),
        )
        for row in order.confirmations.all()
        if row.state != ConfirmationState.VOID
    ]


def _is_told_by_complaint(row: SellerConfirmation, order: Order) -> bool:
    """Whether the seller's objection stands on the page as the complaint that it opened."""
    return row.payment_id is None and any(one.opened_at == row.changed_at for one in order.disputes.all())


def of_payment(cards: list[ConfirmationCard], payment_pk: int) -> ConfirmationCard | None:
    return next((card for card in cards if card.row.payment_id == payment_pk), None)


def of_delivery(cards: list[ConfirmationCard], delivery_pk: int) -> ConfirmationCard | None:
    return next((card for card in cards if card.row.delivery_id == delivery_pk), None)


def missing_of(cards: list[ConfirmationCard]) -> SellerConfirmation | None:
    """Money of the order that its seller says did not come, and that its treasurer looks for."""
    objected = (card.row for card in cards if card.row.state == ConfirmationState.OBJECTED)
    return next((row for row in objected if row.payment_id is not None), None)


_TONES = {
    ConfirmationState.WAITING: "now",
    ConfirmationState.CONFIRMED: "done",
    ConfirmationState.OBJECTED: "no",
}


def words_of(row: SellerConfirmation, *, is_own: bool) -> str:
    """`is_own`: read by the seller who is waited for."""
    until = long_date(last_day(row.due_at))
    is_money = row.payment_id is not None
    if row.state == ConfirmationState.CONFIRMED:
        said = _("Diterima penjual, %(at)s") if is_money else _("Dikonfirmasi penjual, %(at)s")
        return said % {"at": long_time(row.changed_at)}
    if row.state == ConfirmationState.OBJECTED and not is_money:
        return _("Penjual berkeberatan, %(at)s") % {"at": long_time(row.changed_at)}
    if row.state == ConfirmationState.OBJECTED:
        answered = long_date(last_day(row.trace_due_at)) if row.trace_due_at else "–"
        if row.escalations:
            said = (
                _("Penjual: uang belum masuk. Bendahara tidak menjawab sampai %(day)s, diteruskan ke kepala dinas")
                if row.escalations == 1
                else _("Penjual: uang belum masuk. Bendahara tidak menjawab sampai %(day)s, diteruskan ke inspektorat")
            )
            return said % {"day": answered}
        return _("Penjual: uang belum masuk. Bendahara memeriksa di bank dan menjawab paling lambat %(day)s") % {
            "day": answered
        }
    if row.state == ConfirmationState.SILENT:
        return _("Penjual tidak menanggapi sampai %(day)s") % {"day": until}
    if is_own:
        said = _("Belum Anda konfirmasi") if is_money else _("BAST belum Anda konfirmasi")
    else:
        said = _("Belum dikonfirmasi penjual") if is_money else _("BAST belum dikonfirmasi penjual")
    return f"{said}, {_('ditunggu sampai %(day)s') % {'day': until}}"
