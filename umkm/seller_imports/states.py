"""What becomes of the rows of a list of residents. States of the import itself: `imports.states`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from umkm.imports.states import RowOutcome, RowPlan


class SellerRowPlan(TextChoices):
    """What a row asks for, as found when the file was read."""

    CREATE = RowPlan.CREATE.value, _("Pendaftaran baru")
    KNOWN = "known", _("Sudah terdaftar, dilewati")
    WRONG = RowPlan.WRONG.value, _("Ditolak")


class SellerRowOutcome(TextChoices):
    """Values as `RowOutcome` has them."""

    WAITING = RowOutcome.WAITING.value, _("Belum dijalankan")
    DONE = RowOutcome.DONE.value, pgettext_lazy("pendaftaran", "Sudah dibuat")
    REFUSED = RowOutcome.REFUSED.value, _("Ditolak saat dijalankan")
    UNDONE = RowOutcome.UNDONE.value, _("Sudah dimusnahkan")
    KEPT = RowOutcome.KEPT.value, _("Tetap: sudah milik warganya")
