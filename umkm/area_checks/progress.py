"""The levels in the row of desks that an applicant sees. Reads only."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.web.templatetags.uang import tanggal
from umkm.area_checks import policies
from umkm.area_checks.states import AreaCheckState
from umkm.verification.models import VerificationCase


def desks(case: VerificationCase, now: datetime) -> list[dict[str, Any]]:
    """One for each level that was asked in this round."""
    found = []
    for check in case.area_checks.select_related("kelurahan__kecamatan").order_by("pk"):
        is_running = check.state == AreaCheckState.RUNNING
        note = _("paling lambat %(due)s") % {"due": tanggal(clock.last_day(check.due_at))}
        if not is_running and check.decided_at is not None:
            note = f"{check.get_state_display()}, {tanggal(check.decided_at)}"
        state = ("late" if policies.is_late(check, now) else "now") if is_running else "done"
        found.append({"title": check.place, "note": note, "state": state})
    return found
