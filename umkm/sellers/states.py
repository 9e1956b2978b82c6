"""Kinds and states of sellers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine


class SellerKind(TextChoices):
    UMKM = "umkm", _("UMKM (produsen)")
    SWK = "swk", _("Stan SWK")
    KELONTONG = "kelontong", _("Toko kelontong")


class SellerForm(TextChoices):
    PERSON = "person", _("Perorangan")
    BODY = "body", _("Badan usaha")


class SellerState(TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Menunggu pemeriksaan")
    SENT_BACK = "sent_back", _("Perlu perbaikan")
    ACTIVE = "active", _("Aktif")
    REJECTED = "rejected", _("Ditolak")
    FROZEN = "frozen", _("Dibekukan")
    LEFT = "left", pgettext_lazy("toko", "Sudah keluar")


SELLER = Machine(
    SellerState.DRAFT,
    {
        (SellerState.DRAFT, "submit"): SellerState.SUBMITTED,
        (SellerState.SENT_BACK, "submit"): SellerState.SUBMITTED,
        (SellerState.SUBMITTED, "approve"): SellerState.ACTIVE,
        (SellerState.SUBMITTED, "send_back"): SellerState.SENT_BACK,
        (SellerState.SUBMITTED, "reject"): SellerState.REJECTED,
        # An appeal was granted; or the applicant tries again with the old entry.
        (SellerState.REJECTED, "reopen"): SellerState.SUBMITTED,
        (SellerState.REJECTED, "retry"): SellerState.DRAFT,
        (SellerState.ACTIVE, "freeze"): SellerState.FROZEN,
        (SellerState.FROZEN, "restore"): SellerState.ACTIVE,
        (SellerState.ACTIVE, "leave"): SellerState.LEFT,
        (SellerState.LEFT, "return"): SellerState.SUBMITTED,
    },
)


class Weekday(TextChoices):
    MON = "1", _("Senin")
    TUE = "2", _("Selasa")
    WED = "3", _("Rabu")
    THU = "4", _("Kamis")
    FRI = "5", _("Jumat")
    SAT = "6", _("Sabtu")
    SUN = "7", _("Minggu")


# The shop is on the market, or will be again when its freeze ends.
RUNNING = (SellerState.ACTIVE, SellerState.FROZEN)
