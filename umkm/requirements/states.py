"""How a requirement is met, who has to act, and how far a waiver is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine


class Means(TextChoices):
    """Who establishes that a requirement is met."""

    COMPUTED = "computed", _("Ditemukan sistem")
    ATTESTED = "attested", _("Dinyatakan atau dibawa penjual")
    VERIFIED = "verified", _("Ditemukan petugas")


class OfficerFinding(TextChoices):
    """What an officer finds, and no paper and no automatic check says."""

    PLACE_SEEN = "place_seen", _("Tempat usaha dilihat petugas")
    STALL_CONFIRMED = "stall_confirmed", _("Nomor stan dicocokkan dengan pengelola SWK")
    PRODUCTION_SEEN = "production_seen", _("Barang dibuat sendiri, dilihat petugas")


class WhoActs(TextChoices):
    """Whose turn it is while a requirement is unmet."""

    SELLER = "seller", pgettext_lazy("yang bertindak", "Anda")
    AREA = "area", _("Petugas wilayah")
    OFFICE = "office", pgettext_lazy("yang bertindak", "Verifikator dinas")
    SYSTEM = "system", _("Sistem")


class WaiverState(TextChoices):
    IN_FORCE = "in_force", _("Berlaku")
    ENDED = "ended", pgettext_lazy("pengecualian", "Masanya berakhir")
    WITHDRAWN = "withdrawn", pgettext_lazy("pengecualian", "Dicabut petugas")
    REPLACED = "replaced", _("Diganti yang baru")


WAIVER = Machine(
    WaiverState.IN_FORCE,
    {
        (WaiverState.IN_FORCE, "end"): WaiverState.ENDED,
        (WaiverState.IN_FORCE, "withdraw"): WaiverState.WITHDRAWN,
        (WaiverState.IN_FORCE, "replace"): WaiverState.REPLACED,
    },
)
