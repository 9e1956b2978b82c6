"""States of the reversal of a recorded payment, and its coded reasons.

The treasurer asks, the head of the department releases or refuses. Silence changes nothing: it keeps waiting, late.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class ReversalState(TextChoices):
    ASKED = "asked", _("Menunggu kepala dinas")
    RELEASED = "released", _("Pembayaran dibatalkan")
    REFUSED = "refused", _("Tidak disetujui, pembayaran tetap tercatat")
    WITHDRAWN = "withdrawn", _("Ditarik, pembayaran tetap tercatat")


# At most one of these for each payment.
STANDING = (ReversalState.ASKED, ReversalState.RELEASED)

REVERSAL = Machine(
    ReversalState.ASKED,
    {
        (ReversalState.ASKED, "release"): ReversalState.RELEASED,
        (ReversalState.ASKED, "refuse"): ReversalState.REFUSED,
        (ReversalState.ASKED, "withdraw"): ReversalState.WITHDRAWN,
    },
)


class ReversalReason(TextChoices):
    AMOUNT = "amount", _("Salah jumlah")
    INVOICE = "invoice", _("Salah tagihan")
    REFERENCE = "reference", _("Salah nomor bukti")
    DATE = "date", _("Salah tanggal bayar")
    METHOD = "method", _("Salah cara bayar")
    RETURNED = "returned", _("Dana kembali ke kas (retur)")
    OTHER = "other", _("Lainnya")


# The money was sent: only what was written down about it is wrong. Of a wrong amount it is said which one left.
MISRECORDED = (ReversalReason.AMOUNT, ReversalReason.REFERENCE, ReversalReason.DATE, ReversalReason.METHOD)
# Words are asked for: the code alone does not say what is right. Money that came back has its day and its paper.
TOLD = tuple(reason for reason in ReversalReason if reason != ReversalReason.RETURNED)
