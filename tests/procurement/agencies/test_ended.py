"""What a person whose appointment has ended reads instead of a department's page."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from procurement.agencies import policies
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from tests.factories.procurement import Office, make_officer, make_request
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db
ENDED = "Penunjukan Anda sebagai Pejabat pengadaan (PP)"


@pytest.fixture
def today() -> Any:
    return clock.local_date(clock.now())


def test_an_ended_appointment_is_said_on_the_pages_it_opened(today: Any) -> None:
    office = Office(now=clock.now())
    page = reverse("procurement:request-detail", args=[make_request(office, now=clock.now()).number])
    AgencyMember.objects.filter(user=office.pp).update(valid_until=today - timedelta(days=1))
    answer = signed_in(office.pp).get(page)
    assert answer.status_code == 404 and f"{ENDED} {office.agency}" in answer.text
    # Somewhere else it explains nothing, and nobody else reads it.
    assert ENDED not in signed_in(office.pp).get("/barang/9-tidak-ada/").text
    stranger = make_officer(OfficerRole.PP)
    assert (answer := signed_in(stranger).get(page)).status_code == 404 and "Penunjukan" not in answer.text


def test_the_last_day_counts_and_another_office_there_stands(today: Any) -> None:
    office = Office(now=clock.now())
    rows = AgencyMember.objects.filter(user=office.pp)
    rows.update(valid_until=today)
    assert policies.ended_appointment(office.pp, today) is None
    assert policies.ended_appointment(office.pp, today + timedelta(days=1)) == rows.get()
    make_officer(OfficerRole.RECEIVER, office.agency, user=office.pp)
    assert policies.ended_appointment(office.pp, today + timedelta(days=1)) is None
