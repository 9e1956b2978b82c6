"""Every time left says what ends then, and a state has one name, on the desk, the list and the pages."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.i18n.times import deadline_words
from procurement.requests.models import PurchaseRequest
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_request
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db
BARE = re.compile(r">\s*(Sisa \d|Lewat \d|Waktu habis)")


def texts(office: Office, number: str) -> dict[str, str]:
    addresses = {
        "list": ("requester", reverse("procurement:request-list")),
        "desk": ("requester", reverse("site:agency-dashboard")),
        "page": ("requester", reverse("procurement:request-detail", args=[number])),
        "officers": ("pp", reverse("procurement:approval-list")),
        "decision": ("pp", reverse("procurement:approval-detail", args=[number])),
        "head": ("head", reverse("site:agency-dashboard")),
    }
    return {
        name: " ".join(signed_in(getattr(office, who)).get(url, follow=True).text.split())
        for name, (who, url) in addresses.items()
    }


def test_a_decision_that_is_late_is_called_that_everywhere() -> None:
    now = clock.now()
    office = Office(now=now)
    request = make_request(office, state="submitted", now=now - HOUR)
    PurchaseRequest.objects.filter(pk=request.pk).update(due_at=now - 4 * DAY, held_until=now + 43 * HOUR)
    read = texts(office, request.number)
    for name, page in read.items():
        assert re.search(r"Keputusan: lewat \d hari", page), name
        assert not BARE.search(page), name
    for name in ("page", "decision"):
        assert "Barang ditahan: sisa 1 hari 18 jam" in read[name]


def test_what_is_held_for_an_approved_request_is_called_that() -> None:
    now = clock.now()
    office = Office(now=now)
    request = make_request(office, state="approved", now=now - 2 * HOUR)
    PurchaseRequest.objects.filter(pk=request.pk).update(held_until=now + 43 * HOUR, due_at=now + 43 * HOUR)
    read = texts(office, request.number)
    for name in ("list", "desk", "page"):
        assert "Barang ditahan: sisa 1 hari 18 jam" in read[name]
        assert not BARE.search(read[name]), name


@pytest.mark.parametrize(
    ("state", "said"), [("sent_back", "Perlu perbaikan"), ("lapsed", "Waktu tahan habis"), ("rejected", "Ditolak")]
)
def test_a_state_has_one_name(state: str, said: str) -> None:
    now = clock.now()
    office = Office(now=now)
    request = make_request(office, state=state, now=now - 2 * HOUR)
    PurchaseRequest.objects.filter(pk=request.pk).update(closed_at=now)
    read = texts(office, request.number)
    for name in ("list", "desk", "page"):
        assert said in read[name], name


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (MONDAY + timedelta(hours=3), "Keputusan: sisa 3 jam 0 menit"),
        (MONDAY - 3 * DAY, "Keputusan: lewat 3 hari"),
        (MONDAY - timedelta(minutes=1), "Keputusan: waktu habis"),
    ],
)
def test_what_ends_is_said_before_the_time_left(due: datetime, said: str) -> None:
    assert deadline_words("Keputusan", due, MONDAY) == said
