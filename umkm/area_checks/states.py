"""Levels below the office that look at a registration on the spot, and the states of such a check."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine
from umkm.verification.states import SellerDocumentKind


class AreaLevel(TextChoices):
    """In the order in which they are asked."""

    KELURAHAN = "kelurahan", _("Kelurahan")
    KECAMATAN = "kecamatan", _("Kecamatan")


class AreaCheckState(TextChoices):
    RUNNING = "running", _("Menunggu petugas wilayah")
    AGREED = "agreed", pgettext_lazy("pemeriksaan wilayah", "Sesuai")
    OBJECTED = "objected", _("Ada keberatan")
    SENT_BACK = "sent_back", _("Dikembalikan ke pendaftar")
    KEPT = "kept", _("Sesuai menurut pemeriksaan sebelumnya")
    PASSED = "passed", _("Tidak diperiksa sampai tenggat, diteruskan")
    SKIPPED = "skipped", _("Tidak ada petugas lagi, diteruskan")
    ENDED = "ended", _("Berhenti: pendaftaran sudah diputus")


AREA_CHECK = Machine(
    AreaCheckState.RUNNING,
    {
        (AreaCheckState.RUNNING, "agree"): AreaCheckState.AGREED,
        (AreaCheckState.RUNNING, "object"): AreaCheckState.OBJECTED,
        (AreaCheckState.RUNNING, "send_back"): AreaCheckState.SENT_BACK,
        (AreaCheckState.RUNNING, "keep"): AreaCheckState.KEPT,
        (AreaCheckState.RUNNING, "pass"): AreaCheckState.PASSED,
        (AreaCheckState.RUNNING, "skip"): AreaCheckState.SKIPPED,
        (AreaCheckState.RUNNING, "end"): AreaCheckState.ENDED,
    },
)

# What an officer of the area reads and may send back: where the shop is and how to reach it. Nothing of a person's
# identity, tax or money is among it.
FIELDS = (
    "name", "owner_name", "phone", "food_court", "stall_number", "address", "kelurahan", "latitude", "longitude",
)  # fmt: skip
PAPERS = (
    SellerDocumentKind.SHOP_FRONT, SellerDocumentKind.PRODUCTION, SellerDocumentKind.STALL,
    SellerDocumentKind.STALL_LETTER,
)  # fmt: skip
