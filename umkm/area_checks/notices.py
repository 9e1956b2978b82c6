"""Who is told of a check in a kelurahan or kecamatan."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.messages import LAST_DAY, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import mark_done, notify
from epeken.users.models import User
from umkm.area_checks import policies
from umkm.area_checks.models import AreaCheck

KINDS = {
    "case.area_asked": notice(
        _("Periksa %(shop)s di %(place)s"),
        _("Apakah tempat usahanya benar? Jawab paling lambat %(due)s; sesudah itu diteruskan tanpa jawaban Anda."),
        shop=TEXT,
        place=TEXT,
        due=LAST_DAY,
    ),
    "case.area_ends": notice(
        _("%(shop)s di %(place)s belum diperiksa"),
        _("Hari ini hari terakhir. Besok pendaftaran ini diteruskan tanpa jawaban Anda."),
        shop=TEXT,
        place=TEXT,
    ),
}


def check_asked(check: AreaCheck, *, now: datetime) -> None:
    people = policies.officers_of(check, clock.local_date(now))
    _tell(check, people, "asked", now, due=check.due_at)


def check_ends(check: AreaCheck, people: Iterable[User], *, now: datetime) -> None:
    _tell(check, people, "ends", now)


def check_over(check: AreaCheck, *, now: datetime) -> None:
    """Nobody is asked any more."""
    mark_done(f"area-check-{check.pk}-", now=now)


def _tell(check: AreaCheck, people: Iterable[User], what: str, now: datetime, **parameters: object) -> None:
    notify(
        people,
        kind=f"case.area_{what}",
        url=reverse("umkm:area-check", args=[check.pk]),
        key=f"area-check-{check.pk}-{what}",
        now=now,
        shop=str(check.case.seller),
        place=check.place,
        **parameters,
    )
