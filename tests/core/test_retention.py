from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from epeken.core import clock
from epeken.core.idempotency import claim, new_key, settle
from epeken.core.models import Claim, Job
from epeken.core.retention import ATTEMPTS, CLAIMS, DONE_JOBS, tidy
from epeken.core.tasks import tidy_up

pytestmark = pytest.mark.django_db


def test_only_what_is_past_its_use_goes() -> None:
    now = clock.now()
    past = now - DONE_JOBS
    old, fresh = {"name": "x", "created_at": past, "due_at": past}, {"name": "x", "created_at": now, "due_at": now}
    Job.objects.create(**old, done_at=past)
    stay = {
        Job.objects.create(**old).pk,
        Job.objects.create(**old, dead_at=past).pk,
        Job.objects.create(**fresh, done_at=now).pk,
        Job.objects.create(**old, done_at=past + timedelta.resolution).pk,
    }
    key = new_key()
    for person in ("user:1", "user:2"):
        claim(person=person, key=key, body={})
        settle(person=person, key=key, result="1")
    Claim.objects.filter(person="user:1").update(created_at=now - CLAIMS)
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=now)
    Session.objects.create(session_key="b" * 32, session_data="x", expire_date=now + timedelta.resolution)
    AccessAttempt.objects.create(username="a", failures_since_start=1)
    AccessAttempt.objects.update(attempt_time=now - ATTEMPTS)
    cache.clear()  # its table has no model, so emptying the tables of an earlier test leaves it as it was
    cache.set("stays", 1, 600)
    cache.set("goes", 1, 600)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE epeken_cache SET expires = %s WHERE cache_key LIKE %s", [past, "%goes"])

    assert tidy(now) == {
        "jobs": 1,
        "claims": 1,
        "sessions": 1,
        "user sessions": 0,
        "attempts": 1,
        "kept uploads": 0,
        "cache": 1,
    }
    assert set(Job.objects.values_list("pk", flat=True)) == stay
    assert Claim.objects.get().person == "user:2"
    assert Session.objects.get().session_key == "b" * 32
    assert cache.get("stays") == 1


def test_the_nightly_task_runs() -> None:
    tidy_up()
