"""Officers are told of cases past their deadline."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.notifications.models import Notification
from tests.factories import umkm as make
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.umkm.drafts import waiting
from umkm.verification import figures, policies, rules, tasks
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


def test_the_head_of_the_office_hears_of_what_stays_undecided_and_sees_the_list(
    citizen: Any, verifier: Any, now: datetime
) -> None:
    head = make.make_staff("umkm.decide_appeal")
    case = waiting(citizen, now)
    end = clock.working_days_later(case.due_at, rules.HEAD_TOLD.on(clock.local_date(now)))
    verification.remind_overdue(now=end - timedelta.resolution)
    assert not Notification.objects.filter(kind="case.left").exists()
    for _hour in range(2):
        verification.remind_overdue(now=end)
    told = Notification.objects.get(kind="case.left")
    assert told.person == head and str(case.seller) in told.parameters["shops"]
    page = signed_in(head)
    VerificationCase.objects.filter(pk=case.pk).update(due_at=clock.now() - timedelta(days=1))
    listed = page.get(told.url)
    assert listed.status_code == 200 and str(case.seller) in listed.text
    opened = reverse("admin:umkm_verificationcase_change", args=[case.pk])
    assert opened not in listed.text and page.get(opened).status_code == 403


def test_how_long_the_office_takes_is_told_to_everybody_once_enough_were_decided(
    citizen: Any, verifier: Any, now: datetime, client: Any
) -> None:
    set_rule("seller.decision_figure_least", 2)
    cases = [waiting(citizen, now, number=1), waiting(make.make_user(), now, number=2)]
    remarks = {"name": "Namanya kurang jelas"}
    verification.send_back_case(actor=verifier, case=cases[0], remarks=remarks, now=now + timedelta(days=1))
    later = now + timedelta(days=4)
    assert figures.decision_days(later) is None
    verification.send_back_case(actor=verifier, case=cases[1], remarks=remarks, now=later)
    found = figures.decision_days(later)
    assert found is not None and (found.half, found.most, found.count) == (1, 4, 2)
    assert figures.decision_days(later + timedelta(days=found.span)) is None
    VerificationCase.objects.update(opened_at=clock.now() - timedelta(days=2), decided_at=clock.now())
    assert "dari 2 pendaftaran" in " ".join(client.get(reverse("umkm:register")).text.split())


def test_the_beat_task_is_a_door(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now)
    VerificationCase.objects.filter(pk=case.pk).update(due_at=now - timedelta(days=1))
    tasks.remind_overdue()
    assert Notification.objects.filter(kind="case.overdue", person=verifier).count() == 1
