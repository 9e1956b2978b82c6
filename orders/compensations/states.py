"""States of an agreed compensation: the head names the budget line, the treasurer pays and records the proof.

A payment is reversed as one of an invoice is (`orders/reversals`).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine
from orders.reversals.states import ReversalReason


class CompensationState(TextChoices):
    AGREED = "agreed", _("Menunggu mata anggaran dari kepala dinas")
    CHARGED = "charged", _("Menunggu dibayar bendahara")
    PAID = "paid", _("Ganti rugi sudah dibayar")


# A line may be changed until it is paid: its year can end before.
COMPENSATION = Machine(
    CompensationState.AGREED,
    {
        (CompensationState.AGREED, "charge"): CompensationState.CHARGED,
        (CompensationState.CHARGED, "charge"): CompensationState.CHARGED,
        (CompensationState.CHARGED, "pay"): CompensationState.PAID,
        # A payment was wrong, or its money came back: it is paid or recorded anew, from the same line.
        (CompensationState.PAID, "reverse"): CompensationState.CHARGED,
    },
)

# All of it is paid to one shop, so neither its amount nor what it was for can be written wrongly.
REVERSAL_REASONS = tuple(
    reason for reason in ReversalReason if reason not in (ReversalReason.AMOUNT, ReversalReason.INVOICE)
)
