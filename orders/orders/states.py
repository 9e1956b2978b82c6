"""States of the agreement; channels, delivery methods, reasons for closing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine


class Channel(TextChoices):
    AGENCY = "agency", _("Dinas")
    ASN = "asn", _("ASN")
    CITIZEN = "citizen", _("Warga")


class DeliveryMethod(TextChoices):
    SELLER = "seller", _("Diantar penjual")
    PICKUP = "pickup", _("Diambil di toko")


class OrderState(TextChoices):
    PLACED = "placed", _("Menunggu penjual")
    ACCEPTED = "accepted", _("Disanggupi penjual")
    FINISHED = "finished", _("Selesai")
    CLOSED = "closed", pgettext_lazy("pesanan", "Batal")


ORDER = Machine(
    OrderState.PLACED,
    {
        (OrderState.PLACED, "accept"): OrderState.ACCEPTED,
        (OrderState.PLACED, "close"): OrderState.CLOSED,
        (OrderState.ACCEPTED, "close"): OrderState.CLOSED,
        (OrderState.ACCEPTED, "close_rest"): OrderState.ACCEPTED,
        # Both sides agreed on other amounts, another moment or place (orders/addenda).
        (OrderState.ACCEPTED, "amend"): OrderState.ACCEPTED,
        # What was to come on dates of its schedule that passed is not waited for any more (orders/schedules).
        (OrderState.ACCEPTED, "miss_date"): OrderState.ACCEPTED,
        (OrderState.ACCEPTED, "finish"): OrderState.FINISHED,
        # The payment that finished it was reversed.
        (OrderState.FINISHED, "reopen"): OrderState.ACCEPTED,
    },
)


class CloseReason(TextChoices):
    NO_ANSWER = "no_answer", _("Penjual tidak menjawab sampai batas waktu")
    SELLER_DECLINED = "seller_declined", _("Penjual tidak sanggup")
    BUYER_CANCELLED = "buyer_cancelled", _("Dibatalkan pembeli")
    SELLER_RELEASED = "seller_released", _("Penjual mundur dengan persetujuan pembeli")
    ALL_REJECTED = "all_rejected", _("Semua barang ditolak")
    NOT_DELIVERED = "not_delivered", _("Tidak ada barang yang datang dan diterima")


# What a seller's event says beside the offices of a department (`Event.acted_as`).
SELLER_SIDE = "seller"
