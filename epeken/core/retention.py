"""What nobody needs any more, once a night: finished jobs, old claims, ended sessions, stale locks."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection

from epeken.core.clock import over
from epeken.core.models import Claim, Job, KeptUpload

DONE_JOBS = timedelta(days=30)
# Longer than any form stays open; a key that old is never sent again.
CLAIMS = timedelta(days=90)
ATTEMPTS = timedelta(days=30)
KEPT_UPLOADS = timedelta(days=1)


def tidy(now: datetime) -> dict[str, int]:
    """Removes rows past their use; jobs that gave up stay until somebody looks. Returns how many of each."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM epeken_cache WHERE expires <= %s", [now])
        cached = cursor.rowcount
    return {
        "jobs": Job.objects.filter(over("done_at", now - DONE_JOBS)).delete()[0],
        "claims": Claim.objects.filter(over("created_at", now - CLAIMS)).delete()[0],
        "sessions": Session.objects.filter(over("expire_date", now)).delete()[0],
        "user sessions": UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0],
        "attempts": AccessAttempt.objects.filter(over("attempt_time", now - ATTEMPTS)).delete()[0],
        "kept uploads": KeptUpload.objects.filter(over("created_at", now - KEPT_UPLOADS)).delete()[0],
        "cache": cached,
    }
