"""What the shop reads of an appeal. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_date, long_end
from epeken.users.models import User
from umkm.appeals import policies
from umkm.appeals.models import Appeal
from umkm.appeals.states import OPEN_STATES, AppealState
from umkm.sellers.models import Seller
from umkm.sellers.pages.history import rows_of
from umkm.sellers.policies import can_freeze
from umkm.verification.policies import can_read, can_verify


@dataclass(frozen=True)
class AppealStatus:
    """`appeal_by`: the last day to appeal, "" when it cannot be done; `told`: how far the appeal is, "" without one;
    `mine`: what the shop's people sent themselves."""

    appeal_by: str
    told: str
    tag: str = ""
    mine: Appeal | None = None
    is_open: bool = False


def status_of(
    appeal: Appeal | None, *, seller: Seller, decided_at: datetime, is_standing: bool, now: datetime
) -> AppealStatus:
    """`is_standing`: the decision can still be appealed against."""
    if appeal is not None:
        # What an earlier owner wrote is none of their successor's.
        mine = appeal if seller.owner_since is None or appeal.filed_at >= seller.owner_since else None
        tag = "done" if appeal.state == AppealState.GRANTED else "now"
        return AppealStatus("", _told(appeal), tag, mine, appeal.state in OPEN_STATES)
    last = policies.last_moment(decided_at)
    return AppealStatus("" if clock.is_over(last, now) or not is_standing else long_end(last), "")


def _told(appeal: Appeal) -> str:
    due = {"due": long_end(appeal.due_at)}
    if appeal.state == AppealState.WITH_OFFICER:
        return _("Banding Anda ada pada petugas lain, yang memutus paling lambat %(due)s.") % due
    if appeal.state == AppealState.WITH_HEAD:
        return _("Banding Anda ada pada kepala dinas, yang memutus paling lambat %(due)s.") % due
    day = long_date(appeal.decided_at) if appeal.decided_at else ""
    if appeal.state == AppealState.WITHDRAWN:
        return _("Banding Anda tarik %(day)s. Keputusan yang pertama tetap berlaku.") % {"day": day}
    if appeal.state == AppealState.REFUSED:
        return _("Banding ditolak %(day)s. %(note)s") % {"day": day, "note": appeal.note}
    if appeal.note:
        return _("Banding dikabulkan %(day)s. %(note)s") % {"day": day, "note": appeal.note}
    return _("Banding dikabulkan %(day)s, karena tidak diputus pada waktunya.") % {"day": day}


def file_url(appeal: Appeal, reader: User) -> str:
    """What the first decision rested on, where this officer may open it; "" where they may not."""
    if appeal.case is not None and can_read(reader, appeal.case):
        return reverse("admin:umkm_verificationcase_change", args=[appeal.case_id])
    may_see_shop = can_verify(reader) or can_freeze(reader)
    return reverse("admin:umkm_seller_change", args=[appeal.seller_id]) if may_see_shop else ""


def history(appeal: Appeal) -> list[dict[str, Any]]:
    words = {
        "create": _("Diajukan"),
        "climb": _("Naik ke kepala dinas"),
        "grant": _("Dikabulkan"),
        "refuse": _("Ditolak"),
        "withdraw": _("Ditarik pemohon"),
        "lapse": _("Dianggap dikabulkan: tidak diputus pada waktunya"),
    }
    return rows_of(appeal, words)
