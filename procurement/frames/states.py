"""States of a frame: proposed by PP or PPK, signed by the head, over."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class FrameState(TextChoices):
    PROPOSED = "proposed", _("Menunggu tanda tangan")
    SIGNED = "signed", _("Berlaku")
    REFUSED = "refused", _("Tidak ditandatangani")
    WITHDRAWN = "withdrawn", _("Ditarik pengusul")
    ENDED = "ended", _("Berakhir")


FRAME = Machine(
    FrameState.PROPOSED,
    {
        (FrameState.PROPOSED, "sign"): FrameState.SIGNED,
        (FrameState.PROPOSED, "refuse"): FrameState.REFUSED,
        (FrameState.PROPOSED, "withdraw"): FrameState.WITHDRAWN,
        (FrameState.SIGNED, "end"): FrameState.ENDED,
    },
)
