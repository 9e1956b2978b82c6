"""An appointment that ends is told before, once, to who can do something about it."""

from datetime import timedelta
from typing import Any

import pytest

from epeken.core import clock
from epeken.notifications.models import Notification
from procurement.agencies.models import AgencyMember
from procurement.leaves import services
from tests.factories.procurement import DAY, MONDAY, Office, make_leave, make_officer
from tests.factories.rules import set_rule

pytestmark = pytest.mark.django_db
TODAY = clock.local_date(MONDAY)


def told() -> set[tuple[str, Any]]:
    rows = Notification.objects.filter(kind__startswith="office.ending")
    return {(row.kind, row.person) for row in rows}


@pytest.mark.parametrize(
    ("days", "is_told"),
    [(-1, False), (0, True), (5, True), (6, False)],
    ids=["leave_over", "leave_today", "leave_at_the_limit", "leave_past_the_limit"],
)
def test_an_end_is_told_from_the_dated_day_on(office: Office, admin_user: Any, days: int, is_told: bool) -> None:
    set_rule("office.ending_days", 5)
    AgencyMember.objects.filter(user=office.ppk).update(valid_until=TODAY + timedelta(days=days))
    for _each in range(2):
        assert services.remind_endings(now=MONDAY) == is_told
    people = {office.ppk, office.head, admin_user}
    assert told() == ({("office.ending_last", person) for person in people} if is_told else set())
    assert Notification.objects.filter(kind__startswith="office.ending").count() == 3 * is_told


def test_where_another_holds_the_office_the_work_goes_on(office: Office) -> None:
    AgencyMember.objects.filter(user=office.ppk).update(valid_until=TODAY)
    other = make_officer("ppk", office.agency)
    services.remind_endings(now=MONDAY)
    assert {kind for kind, _person in told()} == {"office.ending"}
    # On leave the next day, the other one holds nothing.
    Notification.objects.all().delete()
    make_leave(office, other, office.head, first_day=TODAY + DAY)
    services.remind_endings(now=MONDAY)
    assert {kind for kind, _person in told()} == {"office.ending"}, "the stand-in does"


def test_the_end_of_a_standing_in_is_no_end_of_an_appointment(office: Office) -> None:
    make_leave(office, office.ppk, office.head)
    assert services.remind_endings(now=MONDAY) == 0
