"""States of an import, and what becomes of the rows of goods."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine


class ImportState(TextChoices):
    READING = "reading", _("Dibaca")
    REFUSED = "refused", _("Tidak terbaca")
    EMPTY = "empty", _("Tidak ada yang dijalankan")
    CHECKED = "checked", _("Menunggu persetujuan Anda")
    RUNNING = "running", _("Berjalan")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", pgettext_lazy("impor", "Dihentikan")
    UNDOING = "undoing", _("Sedang dikembalikan")
    UNDONE = "undone", _("Sudah dikembalikan")


IMPORT = Machine(
    ImportState.READING,
    {
        (ImportState.READING, "refuse"): ImportState.REFUSED,
        (ImportState.READING, "check"): ImportState.CHECKED,
        (ImportState.READING, "find_nothing"): ImportState.EMPTY,
        (ImportState.READING, "cancel"): ImportState.CANCELLED,
        (ImportState.CHECKED, "cancel"): ImportState.CANCELLED,
        (ImportState.CHECKED, "confirm"): ImportState.RUNNING,
        (ImportState.RUNNING, "cancel"): ImportState.CANCELLED,
        # Nobody said a word to it for the days of the rule.
        (ImportState.READING, "expire"): ImportState.CANCELLED,
        (ImportState.CHECKED, "expire"): ImportState.CANCELLED,
        # Its jobs gave up; of a list that holds personal data.
        (ImportState.RUNNING, "expire"): ImportState.CANCELLED,
        (ImportState.RUNNING, "finish"): ImportState.DONE,
        (ImportState.DONE, "undo"): ImportState.UNDOING,
        (ImportState.CANCELLED, "undo"): ImportState.UNDOING,
        (ImportState.UNDOING, "finish_undo"): ImportState.UNDONE,
    },
)


class RowPlan(TextChoices):
    """What a row asks for, as found when the file was read."""

    CREATE = "create", pgettext_lazy("impor", "Barang baru")
    CHANGE = "change", _("Berubah")
    SAME = "same", pgettext_lazy("impor", "Tidak berubah")
    WRONG = "wrong", _("Ditolak")


class RowOutcome(TextChoices):
    WAITING = "waiting", _("Belum dijalankan")
    DONE = "done", _("Sudah dijalankan")
    REFUSED = "refused", _("Ditolak saat dijalankan")
    UNDONE = "undone", _("Sudah dikembalikan")
    PARTLY = "partly", _("Sebagian menunggu kurator")
    KEPT = "kept", _("Tidak dikembalikan")
