"""Warnings and freezing: the steps of the ladder, why, and how far each is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine


class SanctionLevel(TextChoices):
    """In the order in which they are given."""

    SP1 = "sp1", _("Surat Peringatan 1")
    SP2 = "sp2", _("Surat Peringatan 2")
    SP3 = "sp3", _("Surat Peringatan 3")
    FREEZE = "freeze", _("Pembekuan toko")


LADDER = list(SanctionLevel)


class SanctionReason(TextChoices):
    GOODS_DIFFER = "goods_differ", _("Barang tidak sesuai pesanan")
    LATE = "late", _("Berulang kali terlambat mengirim")
    UNANSWERED = "unanswered", _("Berulang kali tidak menjawab pesanan")
    PRICE = "price", _("Harga tidak wajar")
    NOT_OWN_GOODS = "not_own_goods", _("Menjual barang yang bukan buatan sendiri")
    OUTSIDE_DEAL = "outside_deal", _("Mengajak bertransaksi di luar pasar ini")
    FALSE_DATA = "false_data", _("Memakai data atau dokumen palsu")
    BANNED_GOODS = "banned_goods", _("Menjual barang yang dilarang")
    UNSAFE = "unsafe", _("Barang membahayakan kesehatan")
    FRAUD = "fraud", _("Menipu pembeli")


# For these a shop is frozen at once, without a warning before.
GRAVE = frozenset({SanctionReason.FALSE_DATA, SanctionReason.BANNED_GOODS, SanctionReason.UNSAFE, SanctionReason.FRAUD})


class FactKind(TextChoices):
    """What the record of a shop's orders says, and a sanction may rest on."""

    LATE = "late", _("Kiriman terlambat")
    UNANSWERED = "unanswered", _("Pesanan tidak dijawab")
    COMPLAINT = "complaint", _("Keluhan pembeli")


# A reason that speaks of orders names at least one of these.
RESTS_ON = {
    SanctionReason.LATE: (FactKind.LATE,),
    SanctionReason.UNANSWERED: (FactKind.UNANSWERED,),
    SanctionReason.GOODS_DIFFER: (FactKind.COMPLAINT,),
}


class SanctionState(TextChoices):
    IN_FORCE = "in_force", _("Berlaku")
    ENDED = "ended", pgettext_lazy("sanksi", "Masanya berakhir")
    LIFTED = "lifted", pgettext_lazy("sanksi", "Dicabut petugas")
    SET_ASIDE = "set_aside", pgettext_lazy("sanksi", "Dibatalkan karena banding")


SANCTION = Machine(
    SanctionState.IN_FORCE,
    {
        (SanctionState.IN_FORCE, "end"): SanctionState.ENDED,
        (SanctionState.IN_FORCE, "lift"): SanctionState.LIFTED,
        (SanctionState.IN_FORCE, "set_aside"): SanctionState.SET_ASIDE,
    },
)
