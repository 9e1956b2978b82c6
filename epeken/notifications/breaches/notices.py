"""Who is told of a breach: whose data are concerned, and who handles it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.messages import END, MOMENT, SENTENCE, Format
from epeken.notifications.breaches.models import DataBreach
from epeken.notifications.breaches.states import BreachedData
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from epeken.users.models import User


def _keep(data: Sequence[str]) -> list[str]:
    return [BreachedData(one).value for one in data]


def data_words(data: Sequence[str]) -> str:
    return "; ".join(str(BreachedData(one).label) for one in data)


DATA = Format(_keep, data_words, ["contact"])

KINDS = {
    "privacy.breach": notice(
        _("Data pribadi Anda terdampak suatu kejadian"),
        _(
            "Pada %(found)s kami mengetahui: %(what)s\nData Anda yang terdampak: %(data)s.\n"
            "Terjadi sejak: %(happened)s.\nYang kami lakukan: %(handling)s\nYang sebaiknya Anda lakukan: %(advice)s\n"
            "Anda berhak bertanya dan mengadu; caranya di halaman Bantuan."
        ),
        found=MOMENT,
        what=SENTENCE,
        data=DATA,
        happened=MOMENT,
        handling=SENTENCE,
        advice=SENTENCE,
    ),
    "privacy.breach_due": notice(
        _("Kebocoran data: kabari orangnya dan laporkan"),
        _("Paling lambat %(due)s menurut UU 27/2022 pasal 46."),
        due=END,
    ),
    "privacy.breach_late": notice(
        _("Kebocoran data: tenggat 3 × 24 jam terlewati"),
        _("Masih ada yang belum dikabari atau belum dilaporkan. Selesaikan hari ini dan catat alasannya."),
    ),
}


def handlers() -> list[User]:
    """Who holds the permission, and who may do everything: somebody always hears of one."""
    everything = User.objects.filter(is_superuser=True, is_active=True, is_staff=True)
    people = {person.pk: person for person in (*User.objects.officers_with("notifications.handle_breach"), *everything)}
    return [person for _pk, person in sorted(people.items())]


def people_told(breach: DataBreach, people: Iterable[User], *, now: datetime) -> None:
    notify(
        people,
        kind="privacy.breach",
        url=reverse("support"),
        key=f"breach-{breach.pk}",
        now=now,
        found=breach.found_at,
        what=breach.what,
        data=breach.data,
        happened=breach.happened_at,
        handling=breach.handling,
        advice=breach.advice,
    )


def breach_recorded(breach: DataBreach, *, now: datetime) -> None:
    _tell_handlers(breach, "due", f"breach-{breach.pk}-due", now, due=breach.due_at)


def breach_late(breach: DataBreach, *, now: datetime) -> None:
    """Once a day."""
    _tell_handlers(breach, "late", f"breach-{breach.pk}-late-{clock.local_date(now)}", now)


def _tell_handlers(breach: DataBreach, what: str, key: str, now: datetime, **parameters: object) -> None:
    url = reverse("admin:notifications_databreach_change", args=[breach.pk])
    notify(handlers(), kind=f"privacy.breach_{what}", url=url, key=key, now=now, **parameters)
