"""Officers are told of cases past their deadline."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from epeken.notifications.models import Notification
from tests.umkm.drafts import waiting
from umkm.verification import policies, tasks
from umkm.verification import services as verification
from umkm.verification.models import VerificationCase

pytestmark = pytest.mark.django_db


def test_an_overdue_case_is_told_once_a_day(citizen: Any, verifier: Any, other_verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    late = case.due_at
    in_time = late - timedelta.resolution
    assert verification.remind_overdue(now=in_time) == 0
    assert [policies.is_late(case, moment) for moment in (in_time, late)] == [False, True]
    for _hour in range(2):
        assert verification.remind_overdue(now=late) == 1
    told = Notification.objects.filter(kind="case.overdue").values_list("person", flat=True)
    assert sorted(told) == sorted([verifier.pk, other_verifier.pk])
    verification.remind_overdue(now=late + timedelta(days=1))
    assert Notification.objects.filter(kind="case.overdue", person=verifier).count() == 2


def test_the_officer_who_holds_it_is_told_alone(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    case = waiting(citizen, now)
    verification.take_case(actor=other_verifier, case=case, now=now)
    verification.remind_overdue(now=case.due_at + timedelta(hours=1))
    assert [n.person for n in Notification.objects.filter(kind="case.overdue")] == [other_verifier]


def test_the_beat_task_is_a_door(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    VerificationCase.objects.filter(pk=case.pk).update(due_at=now - timedelta(days=1))
    tasks.remind_overdue()
    assert Notification.objects.filter(kind="case.overdue", person=verifier).count() == 1
