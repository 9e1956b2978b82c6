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


class CeilingBasis(TextChoices):
    """What the highest price of a frame's goods stands far above."""

    STANDARD = "standard", _("Standar harga kota")
    MARKET = "market", _("Harga tengah di pasar")
    FEW = "few", _("Harga termahal di pasar")  # too few owners for a reference
    OWN = "own", _("Harga barang itu sendiri")  # nobody else sells such goods
    NONE = "none", _("Belum ada harga di pasar")


FRAME = Machine(
    FrameState.PROPOSED,
    {
        (FrameState.PROPOSED, "sign"): FrameState.SIGNED,
        (FrameState.PROPOSED, "refuse"): FrameState.REFUSED,
        (FrameState.PROPOSED, "withdraw"): FrameState.WITHDRAWN,
        (FrameState.SIGNED, "end"): FrameState.ENDED,
    },
)
