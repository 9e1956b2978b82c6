"""The evidence of a claim is opened by both sides and by the city's officers who decide about it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from epeken.core import clock
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import HOUR, photo
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Any:
    now = clock.now() - 3 * HOUR
    office = make.make_office(now=clock.now())
    order = make.accepted(make.make_issued(office, now=now), now)
    row = cancelling.asked(order, office.pp, now=now + HOUR)
    return cancelling.claimed(row, evidence=photo(), now=now + 2 * HOUR)


def staff(group: str) -> Any:
    person = goods.make_staff(name=group)
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.mark.parametrize(("group", "status"), [("Pengaduan", 200), ("Inspektorat", 200), ("Kurator", 404)])
def test_who_decides_and_who_inspects_open_it(claim: Any, group: str, status: int) -> None:
    address = reverse("orders:cancellation-evidence", args=[claim.order.number, claim.pk])
    assert signed_in(staff(group)).get(address).status_code == status
    # Of another order the same row is not found, whoever asks.
    assert signed_in(staff(group)).get(address.replace(claim.order.number, "SP-2026-999999")).status_code == 404


@pytest.mark.parametrize("group", ["Pengaduan", "Inspektorat"])
def test_the_office_reads_the_claim_with_a_link_to_it(claim: Any, group: str) -> None:
    address = reverse("orders:cancellation-evidence", args=[claim.order.number, claim.pk])
    page = signed_in(staff(group)).get(reverse("admin:orders_cancellation_change", args=[claim.pk]))
    assert page.status_code == 200 and f'href="{address}"' in page.text
    assert claim.evidence not in page.text
