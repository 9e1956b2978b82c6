"""States of a proposal to change an accepted surat pesanan. What is not answered changes nothing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class AddendumState(TextChoices):
    ASKED = "asked", _("Menunggu jawaban pihak lain")
    AGREED = "agreed", _("Disepakati kedua pihak")
    REFUSED = "refused", _("Tidak disetujui, pesanan tetap seperti semula")
    WITHDRAWN = "withdrawn", _("Ditarik, pesanan tetap seperti semula")
    LAPSED = "lapsed", _("Tidak dijawab, pesanan tetap seperti semula")
    OVERTAKEN = "overtaken", _("Gugur karena barangnya dikirim atau tidak ditunggu lagi")


ADDENDUM = Machine(
    AddendumState.ASKED,
    {
        (AddendumState.ASKED, "agree"): AddendumState.AGREED,
        (AddendumState.ASKED, "refuse"): AddendumState.REFUSED,
        (AddendumState.ASKED, "withdraw"): AddendumState.WITHDRAWN,
        (AddendumState.ASKED, "lapse"): AddendumState.LAPSED,
        (AddendumState.ASKED, "overtake"): AddendumState.OVERTAKEN,
    },
)
