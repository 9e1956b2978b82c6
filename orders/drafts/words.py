"""How an act that came from a phone is told: what its clock said, when it came, and how far these are apart."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core.i18n.times import long_time
from orders.deliveries.models import Delivery
from orders.drafts.models import DraftedAct

MINUTE = timedelta(minutes=1)


def claim_of(delivery: Delivery, act: str) -> str:
    """A sentence; "" of what was not written down on a phone."""
    row = next((row for row in delivery.drafted_acts.all() if row.act == act), None)
    return claim_words(row) if row is not None else ""


def claim_words(row: DraftedAct) -> str:
    said = {
        "claimed": long_time(row.claimed_at),
        "received": long_time(row.received_at),
        "apart": _apart(abs(row.received_at - row.claimed_at)),
    }
    if row.claimed_at > row.received_at + MINUTE:
        return _(
            "Ditulis di ponsel %(claimed)s menurut jam ponsel itu, yang lebih cepat %(apart)s; sampai di e-Peken "
            "%(received)s."
        ) % said  # fmt: skip
    return _(
        "Ditulis di ponsel %(claimed)s menurut jam ponsel itu, sampai di e-Peken %(received)s, selisih %(apart)s."
    ) % said  # fmt: skip


def _apart(time: timedelta) -> str:
    minutes = time // MINUTE
    if not minutes:
        return _("kurang dari satu menit")
    days, hours = minutes // 1440, minutes // 60 % 24
    parts = [
        ngettext("%(count)d hari", "%(count)d hari", days) % {"count": days} if days else "",
        ngettext("%(count)d jam", "%(count)d jam", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d menit", "%(count)d menit", minutes % 60) % {"count": minutes % 60} if minutes % 60 else "",
    ]
    return " ".join(part for part in parts if part)
