"""Ending sessions."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from epeken.core.services import service
from epeken.users.models import User


@service
def end_session(*, actor: User, session: UserSession) -> None:
    """Whoever uses this session of the actor's is signed out. Another person's is left alone."""
    _end(UserSession.objects.filter(pk=session.pk, user=actor))


@service
def end_other_sessions(*, user: User, kept: str | None) -> int:
    """Every session of the person but the one with the key `kept`; how many."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=kept or ""))


def _end(sessions: "QuerySet[UserSession]") -> int:
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    return len(keys)
