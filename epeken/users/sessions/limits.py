"""A session ends when nothing was done in it for a while, and at its longest time whatever was done.

Officers and staff decide about other people's money and data, often at a shared desk: theirs are short
(`SESSION_LIMITS`). The moments are kept in the session itself, so that looking at them asks nothing of the database.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from epeken.core import clock
from epeken.users import policies
from epeken.users.models import User

BEGAN, SEEN, KIND = "session_began", "session_seen", "session_kind"  # seconds since 1970; a key of SESSION_LIMITS
# `seen` is written at most this often, and the person's appointments are asked again then.
RENEWED = 120


def begin(session: SessionBase, user: User, now: float) -> None:
    """Somebody has just signed in."""
    session[BEGAN] = session[SEEN] = int(now)
    session[KIND] = _kind(user)


def is_over(session: SessionBase, now: float) -> bool:
    """False for a session without moments: `touch` gives it some."""
    idle, longest = _limits(session)
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    return clock.is_over(seen + idle.total_seconds(), now) or clock.is_over(began + longest.total_seconds(), now)


def touch(session: SessionBase, user: User, now: float) -> None:
    if BEGAN not in session:
        begin(session, user, now)
    elif now - session[SEEN] >= RENEWED:
        session[SEEN] = int(now)
        session[KIND] = _kind(user)


def _kind(user: User) -> str:
    return "officer" if policies.owes_second_factor(user) else "person"


def _limits(session: SessionBase) -> tuple[timedelta, timedelta]:
    return settings.SESSION_LIMITS[session.get(KIND, "person")]
