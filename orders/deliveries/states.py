"""States of a delivery."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine


class DeliveryState(TextChoices):
    SHIPPED = "shipped", _("Dalam perjalanan")
    ARRIVED = "arrived", _("Tiba, menunggu pemeriksaan")
    INSPECTED = "inspected", _("Diperiksa, menunggu BAST")
    ACCEPTED = "accepted", pgettext_lazy("barang", "Diterima")
    REJECTED = "rejected", _("Ditolak")


# On its way, or there and not yet accepted or rejected.
WITHOUT_RESULT = (DeliveryState.SHIPPED, DeliveryState.ARRIVED, DeliveryState.INSPECTED)

DELIVERY = Machine(
    DeliveryState.SHIPPED,
    {
        (DeliveryState.SHIPPED, "arrive"): DeliveryState.ARRIVED,
        (DeliveryState.ARRIVED, "inspect"): DeliveryState.INSPECTED,
        (DeliveryState.INSPECTED, "accept"): DeliveryState.ACCEPTED,
        (DeliveryState.INSPECTED, "reject"): DeliveryState.REJECTED,
    },
)
