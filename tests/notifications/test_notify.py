"""Being told once, in the caller's transaction."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from epeken.core import clock
from epeken.core.models import Job
from epeken.notifications.models import Notification, NotificationDelivery
from epeken.notifications.services import notify, set_muted
from epeken.users.models import User
from tests.factories.umkm import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("penerima@contoh.invalid", "x", name="Pak Penerima")


def tell(*people: User, key: str = "order:1:placed") -> None:
    notify(
        people,
        kind="order.accepted",
        shop="Dapur Bu Lirih",
        number="SP-1",
        at=clock.now(),
        url="/pesanan/1/",
        key=key,
        now=clock.now(),
    )


def sent_to() -> list[int]:
    """Pks of the people to whom a letter was made, by a worker."""
    return sorted(NotificationDelivery.objects.values_list("notification__person_id", flat=True))


def test_notify_writes_inbox_and_job(person: User) -> None:
    tell(person)
    line = Notification.objects.get(person=person)
    assert Job.objects.get(name="notifications.deliver").arguments == {"notification_pk": line.pk}


def test_the_same_key_tells_once(person: User, run_jobs: Callable[[], int]) -> None:
    tell(person)
    run_jobs()
    tell(person)
    run_jobs()
    assert Notification.objects.count() == NotificationDelivery.objects.count() == 1


def test_a_rolled_back_transaction_tells_nobody(person: User) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(person)
        raise RuntimeError
    assert Notification.objects.count() == Job.objects.count() == 0


@pytest.mark.parametrize("muted_first", [True, False])
def test_a_muted_area_still_fills_the_inbox(person: User, run_jobs: Callable[[], int], muted_first: bool) -> None:
    if muted_first:
        set_muted(person=person, areas={"order"})
    tell(person)
    set_muted(person=person, areas={"order"})  # before the letter left
    run_jobs()
    assert Notification.objects.count() == 1
    assert sent_to() == []
    assert not Job.objects.waiting().exists()


def test_what_changes_rights_is_sent_whatever_was_muted(person: User, run_jobs: Callable[[], int]) -> None:
    set_muted(person=person, areas={"sanction"})  # chosen while it could be
    notify([person], kind="sanction.ended", key="sanction-1", now=clock.now(), shop="Dapur", level="sp1")
    run_jobs()
    assert sent_to() == [person.pk]


def test_muting_after_an_attempt_keeps_the_letter(person: User, run_jobs: Callable[[], int], settings: Any) -> None:
    """Its server may have taken it."""
    tell(person)
    settings.MAIL_TRANSPORT = "tests.notifications.test_delivery.Away"
    run_jobs()
    (before,) = NotificationDelivery.objects.values_list("message_id", flat=True)
    set_muted(person=person, areas={"order"})
    settings.MAIL_TRANSPORT = "epeken.notifications.channels.email.mailbox.DemoMailBackend"
    Job.objects.update(due_at=clock.now())
    run_jobs()
    assert NotificationDelivery.objects.get(sent_at__isnull=False).message_id == before


def test_many_are_told_as_quickly_as_one_and_each_as_they_wish(
    person: User, django_assert_num_queries: DjangoAssertNumQueries, run_jobs: Callable[[], int]
) -> None:
    silent, gone, told = (make_user() for _person in range(3))
    set_muted(person=silent, areas={"order"})
    User.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()
    tell(told)
    Job.objects.all().delete()
    with django_assert_num_queries(2 + 2):  # and the savepoint of a service called by a test
        tell(person, person, silent, gone, told)
    assert sorted(Notification.objects.values_list("person_id", flat=True)) == [
        person.pk, *sorted(other.pk for other in (silent, gone, told)),
    ]  # fmt: skip
    run_jobs()
    assert sent_to() == [person.pk]
