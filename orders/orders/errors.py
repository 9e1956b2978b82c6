"""Refusals of orders that carry more than a sentence."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from epeken.core.errors import DomainError, InvalidMove, RuleBroken, WayOn
from orders.orders.states import OrderState
from orders.orders.words import close_words
from procurement.requests.errors import SamePerson

if TYPE_CHECKING:
    from orders.orders.models import Order


class IssueRefused(RuleBroken):
    """One seller cannot take its part, so no surat pesanan of the request is issued. Keeps the cause's code."""

    def __init__(self, seller: str, cause: DomainError) -> None:
        message = _(
            "Surat pesanan belum terbit, tidak ada yang berubah. Penyebabnya %(seller)s: %(cause)s "
            "Bila tidak bisa menunggu, tarik permintaan ini lalu ajukan dengan penjual lain."
        ) % {"seller": seller, "cause": cause.message}
        super().__init__(message, code=cause.code)


class DisputeOpen(RuleBroken):
    """Nothing is handed over or paid while a dispute is undecided. The way on is the complaint on the order's page."""

    code = "dispute_open"

    def __init__(self, order: "Order") -> None:
        super().__init__(_("Ada keluhan yang belum selesai pada pesanan ini. Selesaikan keluhannya dahulu."))
        self.way = WayOn(_("Lihat keluhannya"), "orders:order-detail", order.number, "sengketa")


class OrderMovedOn(InvalidMove):
    """What is asked begins in a state the order has left; it says where it stands now and leads to its page."""

    def __init__(self, order: "Order") -> None:
        now = OrderState(order.state).label
        why = f": {close_words(order)}" if order.close_reason else ""
        said = _("Pesanan ini sudah berubah sejak halaman ini dibuka. Sekarang: %(state)s.")
        super().__init__(said % {"state": f"{now}{why}"})
        self.way = WayOn(_("Lihat pesanannya"), "orders:order-detail", order.number, "")


class RoleAlreadyHeld(SamePerson):
    """The person already acted on the other side of this purchase; the sentence names both."""

    def __init__(self, earlier: str, now: str) -> None:
        super().__init__(
            _(
                "Anda sudah menjadi %(earlier)s pada pembelian ini, jadi %(now)s harus orang lain. "
                "Minta rekan yang ditunjuk untuk melakukannya."
            )
            % {"earlier": earlier, "now": now}
        )
