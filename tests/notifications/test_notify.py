"""Being told once, in the caller's transaction."""

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


def test_notify_writes_inbox_delivery_and_job(person: User) -> None:
    tell(person)
    delivery = NotificationDelivery.objects.get(notification__person=person)
    assert Job.objects.get(name="notifications.deliver").arguments == {"delivery_pk": delivery.pk}


def test_the_same_key_tells_once(person: User) -> None:
    tell(person)
    tell(person)
    assert Notification.objects.count() == NotificationDelivery.objects.count() == 1


def test_a_rolled_back_transaction_tells_nobody(person: User) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(person)
        raise RuntimeError
    assert Notification.objects.count() == Job.objects.count() == 0


def test_a_muted_area_still_fills_the_inbox(person: User) -> None:
    set_muted(person=person, areas={"order"})
    tell(person)
    assert Notification.objects.count() == 1
    assert NotificationDelivery.objects.count() == 0


def test_many_are_told_as_quickly_as_one_and_each_as_they_wish(
    person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    silent, gone, told = (make_user() for _person in range(3))
    set_muted(person=silent, areas={"order"})
    User.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()
    tell(told)
    Job.objects.all().delete()
    with django_assert_num_queries(4 + 2):  # and the savepoint of a service called by a test
        tell(person, person, silent, gone, told)
    assert sorted(Notification.objects.values_list("person_id", flat=True)) == [
        person.pk, *sorted(other.pk for other in (silent, gone, told)),
    ]  # fmt: skip
    sent = NotificationDelivery.objects.exclude(notification__person=told).get()
    assert sent.notification.person == person
    assert Job.objects.get(name="notifications.deliver").arguments == {"delivery_pk": sent.pk}
