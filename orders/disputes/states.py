"""States of a dispute.

Not answered in time it passes to the city's officer (`pass`): nobody's answer is invented, and the other side may still
answer until it is decided. Not decided in time, others are told (`climb`), and a buyer's complaint ends without a
result (`lapse`).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class DisputeState(TextChoices):
    OPENED = "opened", _("Menunggu jawaban")
    ANSWERED = "answered", _("Dijawab, menunggu keputusan")
    DECIDED = "decided", _("Diputus")
    LAPSED = "lapsed", _("Tidak diputus sampai batas")


UNDECIDED = (DisputeState.OPENED, DisputeState.ANSWERED)


class DisputeOutcome(TextChoices):
    """What a decision comes to. The seller owes what it gives; an acceptance and a refusal correct what was received
    instead. Goods that nobody counted yet are refused when they are counted, not by a decision."""

    NOTHING = "nothing", _("Tidak ada yang harus diganti")
    DEDUCTION = "deduction", _("Tagihan dipotong")
    REPLACEMENT = "replacement", _("Barang diganti")
    REFUND = "refund", _("Uang dikembalikan")
    # Goods that were recorded as refused, or as not having come, were good, or did come.
    ACCEPTANCE = "acceptance", _("Barang dihitung diterima")
    # Goods that were recorded as received are not what was ordered: they go back and are not paid for.
    REFUSAL = "refusal", _("Barang ditolak dan dikembalikan")


def wish_label(outcome: str) -> str:
    """What a buyer asks for, in their words; it is given as the outcome of this name."""
    words = {
        DisputeOutcome.NOTHING: _("Penjelasan saja, tanpa ganti"),
        DisputeOutcome.DEDUCTION: _("Tagihannya dipotong"),
        DisputeOutcome.REPLACEMENT: _("Barangnya diganti"),
        DisputeOutcome.REFUND: _("Uangnya dikembalikan"),
        DisputeOutcome.REFUSAL: _("Barangnya saya kembalikan dan tidak dibayar"),
    }
    return str(words[DisputeOutcome(outcome)])


DISPUTE = Machine(
    DisputeState.OPENED,
    {
        (DisputeState.OPENED, "answer"): DisputeState.ANSWERED,
        (DisputeState.OPENED, "pass"): DisputeState.OPENED,
        (DisputeState.ANSWERED, "decide"): DisputeState.DECIDED,
        (DisputeState.OPENED, "decide"): DisputeState.DECIDED,
        (DisputeState.OPENED, "climb"): DisputeState.OPENED,
        (DisputeState.ANSWERED, "climb"): DisputeState.ANSWERED,
        (DisputeState.OPENED, "lapse"): DisputeState.LAPSED,
        (DisputeState.ANSWERED, "lapse"): DisputeState.LAPSED,
    },
)
