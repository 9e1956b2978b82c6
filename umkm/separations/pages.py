"""What the owner and the officer read of a contested tie. Reads only."""

from typing import Any

from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_date, long_end
from umkm.sellers.models import Seller
from umkm.sellers.pages.history import rows_of
from umkm.separations.models import SeparationRequest
from umkm.separations.states import OPEN_STATES, SeparationState


def told(request: SeparationRequest) -> str:
    """How far it is, as the owner reads it."""
    if request.state in OPEN_STATES:
        words = (
            _("Sanggahan Anda ada pada kepala dinas, yang diminta memutus paling lambat %(due)s.")
            if request.state == SeparationState.WITH_HEAD
            else _("Sanggahan Anda ada pada petugas lain, yang memutus paling lambat %(due)s.")
        )
        return words % {"due": long_end(request.due_at)}
    assert request.decided_at is not None  # by its CHECK
    said = {"day": long_date(request.decided_at), "note": request.note}
    if request.state == SeparationState.WITHDRAWN:
        return _("Ditarik pemohon %(day)s sebelum diputus: tetap satu pemilik.") % said
    if request.state == SeparationState.KEPT:
        return _("Diputus %(day)s: tetap satu pemilik. %(note)s Ajukan lagi hanya dengan bukti baru.") % said
    return _("Diputus %(day)s: tidak lagi satu pemilik. %(note)s") % said


def names_of(shops: list[Seller]) -> str:
    return ", ".join(str(shop) for shop in shops)


def history(request: SeparationRequest) -> list[dict[str, Any]]:
    words = {
        "create": _("Diajukan"),
        "climb": _("Naik ke kepala dinas"),
        "separate": _("Dipisahkan"),
        "keep": _("Tetap satu pemilik"),
        "withdraw": _("Ditarik pemohon"),
    }
    return rows_of(request, words)
