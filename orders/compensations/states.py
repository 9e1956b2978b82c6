"""States of an agreed compensation: the head names the budget line, the treasurer pays and records the proof."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


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
    },
)
