"""States of a delivery.

That goods came is said by somebody who was there: silence never moves a sent delivery to arrived, it only passes the
question on (`escalate`). What did not come is missed, and its goods are still to be sent, unless the decision of a
dispute says that it did come. What was accepted, and of which a decision refuses everything, is rejected.
"""

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
    MISSED = "missed", _("Tidak datang")
    WITHDRAWN = "withdrawn", _("Catatan kirim ditarik")


# On its way, or there and not yet accepted or rejected.
WITHOUT_RESULT = (DeliveryState.SHIPPED, DeliveryState.ARRIVED, DeliveryState.INSPECTED)
# Over, and nothing of it was kept.
WITHOUT_GOODS = (DeliveryState.REJECTED, DeliveryState.MISSED, DeliveryState.WITHDRAWN)

DELIVERY = Machine(
    DeliveryState.SHIPPED,
    {
        (DeliveryState.SHIPPED, "arrive"): DeliveryState.ARRIVED,
        (DeliveryState.SHIPPED, "escalate"): DeliveryState.SHIPPED,
        (DeliveryState.SHIPPED, "miss"): DeliveryState.MISSED,
        # It never left: its seller recorded it by mistake.
        (DeliveryState.SHIPPED, "withdraw"): DeliveryState.WITHDRAWN,
        # The seller said that the person had it; the person says that nothing came.
        (DeliveryState.ARRIVED, "miss"): DeliveryState.MISSED,
        # It was decided that it did come.
        (DeliveryState.MISSED, "overrule"): DeliveryState.ACCEPTED,
        (DeliveryState.ARRIVED, "inspect"): DeliveryState.INSPECTED,
        # Nobody inspected it in time.
        (DeliveryState.ARRIVED, "assume"): DeliveryState.ACCEPTED,
        (DeliveryState.INSPECTED, "accept"): DeliveryState.ACCEPTED,
        (DeliveryState.INSPECTED, "reject"): DeliveryState.REJECTED,
        # It was decided that nothing of it is kept.
        (DeliveryState.ACCEPTED, "reject"): DeliveryState.REJECTED,
    },
)
