"""The reason an officer tells a shop."""

from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.core.reasons import LEAST_REASON


def read_note(note: str) -> str:
    """Raises: RuleBroken."""
    note = note.strip()
    require(note, _("Tulis alasannya. Penjual akan membacanya."), field="reason", code="reason_missing")
    require(
        len(note) >= LEAST_REASON,
        _("Tulis alasannya paling sedikit %(least)d huruf, supaya penjual tahu apa yang dinilai.")
        % {"least": LEAST_REASON},
        field="reason",
        code="reason_too_short",
    )
    require(len(note) <= 300, _("Alasan paling panjang 300 huruf."), field="reason", code="reason_too_long")
    return note
