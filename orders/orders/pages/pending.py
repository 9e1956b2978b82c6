"""What somebody reads before an act that ends what waits for an answer: a request to cancel, a proposed change."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.users.models import User
from orders.addenda import policies as addenda_policies
from orders.addenda.models import Addendum
from orders.cancellations import pages as cancellation_pages
from orders.cancellations import policies as cancellation_policies
from orders.orders.models import Order
from orders.orders.next_step import dispute_of, waiting_of
from orders.orders.policies import is_seller_of
from orders.schedules.due import is_scheduled


@dataclass(frozen=True)
class PendingNote:
    """`href`: where this person answers; where it is read, when the answer is another's."""

    text: str
    href: str
    link: str


def sending_words(order: Order, now: datetime) -> str:
    """For the seller's lists; "" when nothing waits. Reads the cancellations of the order."""
    change = ""
    if _is_change_awaited(order, now):
        change = f"{_change_words(order, for_seller=True)} {_sent_words(order)}"
    return " ".join(text for text in (cancellation_pages.before_sending(order), change) if text)


def sending_notes(user: User, order: Order, now: datetime) -> list[PendingNote]:
    """For the page on which the seller sends. One query of an order somebody wishes to change."""
    found = change_notes(user, order, now, _sent_words(order))
    waiting = waiting_of(order)
    if waiting is None:
        return found
    text = cancellation_pages.before_sending(order)
    if cancellation_policies.may_answer(user, waiting, order, now):
        answer = reverse("orders:cancellation-answer", args=[order.number])
        return [PendingNote(text, answer, _("Jawab permintaan itu")), *found]
    page = reverse("orders:order-detail", args=[order.number])
    return [PendingNote(text, page, _("Lihat permintaan itu")), *found]


def change_notes(user: User, order: Order, now: datetime, fate: str) -> list[PendingNote]:
    """The proposed change that waits, if any. `fate`: what the act of the page does to it. One query of an order
    somebody wishes to change."""
    row = _change_of(order, now)
    if row is None:
        return []
    date = row.due_day.number if row.due_day is not None else None
    text = f"{_change_words(order, for_seller=is_seller_of(user, order), date=date)} {fate}"
    if addenda_policies.may_answer(user, row, order, now):
        answer = reverse("orders:addendum-answer", args=[order.number, row.pk])
        return [PendingNote(text, answer, _("Jawab usul itu"))]
    page = reverse("orders:order-detail", args=[order.number])
    return [PendingNote(text, f"{page}#perubahan-{row.pk}", _("Lihat usul itu"))]


def _is_change_awaited(order: Order, now: datetime) -> bool:
    """A proposed change waits until its end, which an undecided dispute moves. Reads the disputes of the order."""
    if order.amend_due_at is None:
        return False
    return dispute_of(order) is not None or not clock.is_over(order.amend_due_at, now)


def _change_of(order: Order, now: datetime) -> Addendum | None:
    if not _is_change_awaited(order, now):
        return None
    return Addendum.objects.waiting().filter(order=order).select_related("due_day").first()


def _change_words(order: Order, *, for_seller: bool, date: int | None = None) -> str:
    """`date`: the number of the one date of the schedule that would change, where it is known."""
    words = {
        (True, False): _("Dinas mengusulkan perubahan pesanan ini: jawab dahulu."),
        (True, True): _("Usul perubahan Anda menunggu jawaban dinas."),
        (False, True): _("Penjual mengusulkan perubahan pesanan ini: jawab dahulu."),
        (False, False): _("Usul perubahan dari dinas menunggu jawaban penjual."),
    }
    of_date = {
        (True, False): _("Dinas mengusulkan perubahan pengiriman ke-%(n)s: jawab dahulu."),
        (True, True): _("Usul Anda untuk mengubah pengiriman ke-%(n)s menunggu jawaban dinas."),
        (False, True): _("Penjual mengusulkan perubahan pengiriman ke-%(n)s: jawab dahulu."),
        (False, False): _("Usul dinas untuk mengubah pengiriman ke-%(n)s menunggu jawaban penjual."),
    }
    key = (for_seller, order.amend_by_seller)
    return words[key] if date is None else of_date[key] % {"n": date}


def _sent_words(order: Order) -> str:
    if is_scheduled(order):
        return _("Bila barang untuk tanggal itu dikirim, usulnya gugur.")
    return _("Bila semua barangnya dikirim, usulnya gugur.")
