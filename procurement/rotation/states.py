"""States of a draw of turns, why one is called off, and why an owner does not take part."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class DrawState(TextChoices):
    ANNOUNCED = "announced", _("Diumumkan, belum diundi")
    DRAWN = "drawn", _("Sudah diundi")
    CANCELLED = "cancelled", _("Dibatalkan sebelum diundi")


DRAW = Machine(
    DrawState.ANNOUNCED,
    {
        (DrawState.ANNOUNCED, "draw"): DrawState.DRAWN,
        # Only while nobody knows the result.
        (DrawState.ANNOUNCED, "cancel"): DrawState.CANCELLED,
        # Who was first can no longer deliver.
        (DrawState.DRAWN, "pass"): DrawState.DRAWN,
    },
)


class DrawCancelReason(TextChoices):
    CHANGED = "changed", _("Jumlah, waktu, atau tempatnya berubah")
    NOT_NEEDED = "not_needed", _("Barangnya tidak jadi dibeli")
    LIST_WRONG = "list_wrong", _("Daftarnya keliru")
    WITHDRAWN = "withdrawn", _("Permintaannya ditarik")


class LeftOut(TextChoices):
    """Why an owner who could deliver at an equal price does not take part."""

    TIED = "tied", _("terkait pejabat dinas yang membeli")
