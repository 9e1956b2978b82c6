"""Being told once, in the caller's transaction."""

import pytest
from django.db import transaction

from epeken.core import clock
from epeken.core.models import Job
from epeken.notifications.models import Notification, NotificationDelivery
from epeken.notifications.services import notify, set_muted
from epeken.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("penerima@contoh.invalid", "x", name="Pak Penerima")


def tell(person: User, key: str = "order:1:placed") -> None:
    notify(
        person=person,
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
