"""The inspectorate is told each morning how many complaints wait, and nothing about any of them."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import COUNT
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from procurement.agencies.policies import inspectors

WAITING = "disclosure-waiting:"  # the beginning of the notices' keys

KINDS = {
    "disclosure.waiting": notice(
        _("Pengaduan tersegel yang belum dibuka: %(count)s"),
        _("Buka dengan berkas kunci inspektorat Anda. Isinya tidak tertulis di pemberitahuan ini."),
        count=COUNT,
    ),
}


def waiting(count: int, *, day: date, now: datetime) -> None:
    notify(
        inspectors(),
        kind="disclosure.waiting",
        url=reverse("procurement:disclosure-list"),
        key=f"{WAITING}{day:%Y%m%d}",
        now=now,
        count=count,
    )
