"""Appointments are dated; a membership begins and ends on its day."""

from datetime import date, timedelta
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken
from procurement.agencies import policies
from procurement.agencies import services as agencies
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from tests.factories import umkm as make
from tests.factories.procurement import MONDAY, Office

pytestmark = pytest.mark.django_db
TODAY = clock.local_date(MONDAY)


def appoint(actor: Any, office: Office, user: Any, **over: Any) -> AgencyMember:
    values = {"role": OfficerRole.PP, "decree": "SK-9", "valid_from": TODAY, "now": MONDAY, **over}
    return agencies.appoint_officer(actor=actor, agency=office.agency, user=user, **values)


def test_an_appointed_officer_holds_the_role_from_that_day(office: Office, admin_user: Any) -> None:
    user = make.make_user()
    appoint(admin_user, office, user, valid_from=TODAY, valid_until=TODAY + timedelta(days=3))
    held = [policies.has_role(user, office.agency, OfficerRole.PP, TODAY + timedelta(days=n)) for n in (-1, 0, 3, 4)]
    assert held == [False, True, True, False]
    assert policies.memberships(user, office.agency.pk, TODAY) == {"pp"}


def test_ending_keeps_the_days_that_were(office: Office, admin_user: Any) -> None:
    membership = appoint(admin_user, office, make.make_user(), valid_from=TODAY - timedelta(days=30))
    agencies.end_appointment(actor=admin_user, appointment=membership, last_day=TODAY, now=MONDAY)
    assert AgencyMember.objects.on(TODAY).filter(pk=membership.pk).exists()
    assert not AgencyMember.objects.on(TODAY + timedelta(days=1)).filter(pk=membership.pk).exists()


@pytest.mark.parametrize("who", ["requester", "pp", "head"])
def test_officers_cannot_appoint(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        appoint(getattr(office, who), office, make.make_user())
    assert not AgencyMember.objects.filter(decree="SK-9").exists()


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"role": "raja"}, "unknown_role"),
        ({"valid_until": TODAY - timedelta(days=1)}, "dates"),
    ],
)
def test_refused_appointments(office: Office, admin_user: Any, over: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        appoint(admin_user, office, make.make_user(), **over)
    assert caught.value.code == code
    assert not AgencyMember.objects.filter(decree="SK-9").exists()


def test_one_person_holds_a_role_once_at_a_time(office: Office, admin_user: Any) -> None:
    with pytest.raises(RuleBroken) as caught:
        appoint(admin_user, office, office.pp)
    assert caught.value.code == "appointed_already"
    assert AgencyMember.objects.filter(user=office.pp).count() == 1


def test_two_roles_of_one_person_are_fine(office: Office, admin_user: Any) -> None:
    appoint(admin_user, office, office.ppk, role=OfficerRole.RECEIVER)
    assert policies.memberships(office.ppk, office.agency.pk, TODAY) == {"ppk", "receiver"}


def test_an_inactive_account_is_not_appointed(office: Office, admin_user: Any) -> None:
    user = make.make_user(is_active=False)
    with pytest.raises(RuleBroken) as caught:
        appoint(admin_user, office, user)
    assert caught.value.code == "inactive_user"


@pytest.mark.parametrize(("last", "code"), [(date(2025, 12, 31), "dates"), (TODAY - timedelta(days=2), "past")])
def test_an_appointment_does_not_end_in_the_past(office: Office, admin_user: Any, last: date, code: str) -> None:
    membership = AgencyMember.objects.get(user=office.pp)
    with pytest.raises(RuleBroken) as caught:
        agencies.end_appointment(actor=admin_user, appointment=membership, last_day=last, now=MONDAY)
    assert caught.value.code == code
    membership.refresh_from_db()
    assert membership.valid_until is None
