"""The list of a person's sessions."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from epeken.core.clock import running
from epeken.users.models import User
from epeken.users.sessions.limits import SEEN

# The first that fits: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
]


@dataclass(frozen=True)
class SessionRow:
    pk: int
    device: str
    ip: str
    seen_at: datetime
    is_current: bool


def session_rows(user: User, current: str | None, now: datetime) -> list[SessionRow]:
    """This one first, then the one used last."""
    known = {row.session_key: row for row in UserSession.objects.filter(user=user)}
    rows = []
    for session in Session.objects.filter(running("expire_date", now), session_key__in=known):
        row = known[session.session_key]
        seen = session.get_decoded().get(SEEN)
        rows.append(
            SessionRow(
                pk=row.pk,
                device=device_words(row.user_agent),
                ip=row.ip,
                seen_at=datetime.fromtimestamp(seen, UTC) if seen else row.created_at,
                is_current=session.session_key == current,
            )
        )
    return sorted(rows, key=lambda row: (not row.is_current, -row.seen_at.timestamp()))


def device_words(agent: str) -> str:
    browser = next((name for word, name in BROWSERS if re.search(word, agent)), "")
    system = next((name for word, name in SYSTEMS if re.search(word, agent)), "")
    if browser and system:
        return _("%(browser)s di %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Peramban lain")
