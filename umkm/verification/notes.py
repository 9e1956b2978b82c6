"""The reason an officer tells a shop."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.core.reasons import LEAST_REASON


def read_note(note: str, *, field: str = "reason", missing: str = "", most: int = 300) -> str:
    """What the shop reads, of at most so many letters. `missing`: what is asked for where nothing is written. Raises:
    RuleBroken."""
    note = note.strip()
    require(note, missing or _("Tulis alasannya. Penjual akan membacanya."), field=field, code=f"{field}_missing")
    require(
        len(note) >= LEAST_REASON,
        _("Tulis alasannya paling sedikit %(least)d huruf, supaya penjual tahu apa yang dinilai.")
        % {"least": LEAST_REASON},
        field=field,
        code=f"{field}_too_short",
    )
    told = _("Alasan paling panjang %(most)s huruf.") % {"most": number_format(most, force_grouping=True)}
    require(len(note) <= most, told, field=field, code=f"{field}_too_long")
    return note
