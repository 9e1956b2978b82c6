"""States of a dispute."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class DisputeState(TextChoices):
    OPENED = "opened", _("Menunggu jawaban")
    ANSWERED = "answered", _("Dijawab, menunggu keputusan")
    DECIDED = "decided", _("Diputus")


class DisputeOutcome(TextChoices):
    """What a decision comes to. Only the seller owes anything by it."""

    NOTHING = "nothing", _("Tidak ada yang harus diganti")
    DEDUCTION = "deduction", _("Tagihan dipotong")
    REPLACEMENT = "replacement", _("Barang diganti")
    REFUND = "refund", _("Uang dikembalikan")


DISPUTE = Machine(
    DisputeState.OPENED,
    {
        (DisputeState.OPENED, "answer"): DisputeState.ANSWERED,
        (DisputeState.ANSWERED, "decide"): DisputeState.DECIDED,
        (DisputeState.OPENED, "decide"): DisputeState.DECIDED,
    },
)
