"""Telling people, and keeping the promise that each is told once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from epeken.core import clock, registry
from epeken.core.jobs import enqueue_for_new
from epeken.core.rows import insert_each_new
from epeken.core.services import service
from epeken.notifications.channels.email.services import keep_link
from epeken.notifications.channels.text.services import keep_text
from epeken.notifications.kinds import kinds
from epeken.notifications.models import Notification, NotificationDelivery, Preference
from epeken.users.logins import is_number
from epeken.users.models import User

EMAIL = NotificationDelivery.Channel.EMAIL


@service
def notify(people: Iterable[User], *, kind: str, url: str = "", key: str, now: datetime, **parameters: Any) -> None:
    """A line in each one's inbox and, unless they muted it, an e-mail on its way, in the caller's transaction.

    One statement, however many people: whether somebody muted the area is asked when their letter is sent. The same
    `key` tells the same person once. `kind` is `area.what`, one of epeken.notifications.kinds; muting works by area.
    `parameters` are those of the kind. `url` is a path of ours.

    Raises: KeyError for an unknown kind, TypeError for parameters that are not the kind's: faults of the caller.
    """
    kept = kinds()[kind].keep(parameters)
    lines = [
        Notification(person=person, key=key, kind=kind, parameters=kept, url=url, created_at=now)
        for _pk, person in sorted({person.pk: person for person in people}.items())
    ]
    written_to = [line for line in lines if line.person.is_active]
    insert_each_new([line for line in lines if not line.person.is_active], by="person_id")
    enqueue_for_new("notifications.deliver", written_to, argument="notification_pk", key="notice:")


def notify_address(
    *, address: str, subject: str, ask: str, kind: str, url: str, key: str, now: datetime, **parameters: Any
) -> None:
    """Whoever reads this address, or holds this number, hears of it by one letter or text: an account that signs in
    with it by its notice, anybody else by `subject` and `ask`, in the city's language, with the address of the page.
    As `notify`.

    A text also to an account with a number alone, of which a notice that can be muted stays in the inbox.
    """
    known = list(User.objects.named(address))
    notify(known, kind=kind, url=url, key=key, now=now, **parameters)
    if any(person.is_active and (person.email or not _can_be_muted(kind)) for person in known):
        return
    if is_number(address):
        link = settings.SITE_URL.rstrip("/") + url
        keep_text(phone=address, text=f"e-Peken: {subject}. {ask} {link}", now=now)
    else:
        keep_link(recipient=address, subject=subject, ask=ask, path=url, now=now)


@service
def mark_read(*, person: User, notification: Notification, now: datetime) -> None:
    """The line is read; the first reading's time stays."""
    Notification.objects.filter(pk=notification.pk, person=person, read_at__isnull=True).update(read_at=now)


@service
def mark_done(*keys: str, now: datetime) -> None:
    """What these notices asked for is done, by whomever: their unread lines wait for nobody any more.

    `keys`: how the keys of the lines begin. A line read before keeps its time.
    """
    asked = Q(*[("key__startswith", key) for key in keys], _connector=Q.OR)
    Notification.objects.unread().filter(asked).update(read_at=now)


@service
def mark_all_read(*, person: User, now: datetime) -> int:
    """Every waiting line is read. Returns how many were."""
    return Notification.objects.visible_to(person).unread().update(read_at=now)


@service
def set_muted(*, person: User, areas: set[str], channel: str = NotificationDelivery.Channel.EMAIL) -> None:
    """Exactly these areas are silent on the channel from now on; the inbox still fills."""
    Preference.objects.filter(person=person, channel=channel).exclude(kind__in=areas).delete()
    Preference.objects.bulk_create(
        [Preference(person=person, kind=area, channel=channel) for area in sorted(areas)], ignore_conflicts=True
    )


def area_of(kind: str) -> str:
    """`order.placed` belongs to the area `order`, which a person can mute."""
    return kind.partition(".")[0]


def is_muted(person: User, kind: str, channel: str) -> bool:
    """Whether the person wants no letter of the kind on the channel. What nobody can mute is never muted, whatever was
    chosen while one could."""
    if not _can_be_muted(kind):
        return False
    return Preference.objects.filter(person=person, channel=channel, kind__in=[kind, area_of(kind)]).exists()


def channel_of(notice: Notification) -> str | None:
    """Where the notice goes beside the inbox. To an account without an address only what nobody can mute goes out, as
    a text: it changes the person's rights, or tells of something that somebody else may have done in their name; and,
    unless muted, what the city pays such a text for."""
    person = notice.person
    if person.email:
        return None if is_muted(person, notice.kind, EMAIL) else EMAIL
    if person.phone_verified_at is None or not settings.SMS_TRANSPORT:
        return None
    if _can_be_muted(notice.kind):
        if notice.kind not in registry.texted_notices(clock.local_date(notice.created_at)):
            return None
        if is_muted(person, notice.kind, EMAIL):
            return None
    return NotificationDelivery.Channel.TEXT


def _can_be_muted(kind: str) -> bool:
    if kind in registry.unmutable_notices():
        return False
    return area_of(kind) in {area for area, _label in registry.notification_areas()}
