"""Before the time to sign a frame ends its head hears of it, once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from procurement.frames import reminders, services
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_frame
from tests.factories.rules import set_rule
from tests.orders.books import refused
from tests.pages import browse, words

pytestmark = pytest.mark.django_db
FAR = clock.local_date(MONDAY) + timedelta(days=20)


@pytest.fixture(autouse=True)
def three_days() -> None:
    set_rule("purchase.frame_sign_days", 3)
    set_rule("reminder.hours_ahead", 24)


def told(office: Office) -> int:
    return Notification.objects.filter(person=office.head, kind="request.frame_near").count()


def test_the_head_is_reminded_a_day_before_and_once() -> None:
    office = Office()
    frame = make_frame(office, products=[make.make_product()], state="proposed", valid_from=FAR,
                       valid_until=FAR + timedelta(days=20))  # fmt: skip
    assert clock.last_day(frame.due_at) == clock.local_date(MONDAY + 3 * DAY)
    assert reminders.remind_ahead(now=frame.due_at - 25 * HOUR) == 0
    assert reminders.remind_ahead(now=frame.due_at - 24 * HOUR) == 1
    assert reminders.remind_ahead(now=frame.due_at - HOUR) == 0
    assert told(office) == 1
    refused(InvalidMove, lambda: reminders.remind_frame(frame=frame, now=frame.due_at - HOUR))
    services.sign_frame(actor=office.head, frame=frame, decree="1", key=new_key(), now=frame.due_at)
    assert not Notification.objects.unread().filter(person=office.head, kind__startswith="request.frame_").exists()


@pytest.mark.parametrize("ended", ["signed", "refused"])
def test_nobody_is_reminded_of_what_was_decided_nor_after_its_end(ended: str) -> None:
    office = Office()
    dates = {"valid_from": FAR, "valid_until": FAR + timedelta(days=20)}
    frame = make_frame(office, products=[make.make_product()], state="proposed", **dates)
    if ended == "signed":
        services.sign_frame(actor=office.head, frame=frame, decree="1", key=new_key(), now=MONDAY + HOUR)
        assert reminders.remind_ahead(now=frame.due_at - HOUR) == 0
    else:
        assert reminders.remind_ahead(now=frame.due_at) == 0
    assert told(office) == 0


def test_it_is_signed_before_its_first_day() -> None:
    """What holds from tomorrow is signed today; what holds from today has the days of the rule."""
    office, day = Office(), clock.local_date(MONDAY)
    soon = make_frame(office, products=[make.make_product()], state="proposed", valid_from=day + timedelta(days=1))
    assert soon.due_at == clock.start_of(day + timedelta(days=1))
    today = make_frame(office, products=[make.make_product()], state="proposed", valid_from=day)
    assert clock.last_day(today.due_at) == clock.local_date(MONDAY + 3 * DAY)


def test_the_desk_of_the_head_says_how_long_there_is() -> None:
    now = clock.now()
    office = Office(now=now)
    make_frame(office, products=[make.make_product()], state="proposed", now=now)
    page = words(browse(office.head).get(reverse("site:agency-dashboard")))
    assert "Konsumsi rapat mingguan" in page
    assert "Sisa" in page
