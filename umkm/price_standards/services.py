"""Decrees are taken whole or not at all, and never changed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken, require
from epeken.core.services import service
from epeken.users.models import User
from umkm.price_standards import imports
from umkm.price_standards.imports import WantedPrice
from umkm.price_standards.models import PriceDecree, StandardPrice


@service
def take_decree(
    *,
    actor: User,
    wanted: Sequence[WantedPrice],
    decree: str,
    decree_on: date,
    valid_from: date,
    now: datetime,
    shown: str | None = None,
) -> PriceDecree:
    """The decree's prices hold from `valid_from` on, for what it names; earlier ones keep theirs for earlier days.

    `shown` is the digest on the page that posts (`PricePreview.shown`): what it did not show is not taken.
    Raises: NotAllowed, RuleBroken. Locks: none; a decree of the same number is refused by the database.
    """
    if not actor.has_perm("umkm.add_pricedecree"):
        raise NotAllowed(_("Hanya pengelola standar harga yang dapat mengimpornya."))
    number = check_decree(decree, decree_on, valid_from, now)
    found = imports.preview(imports.PriceFile(list(wanted), [], []), valid_from)
    require(
        shown is None or shown == found.shown,
        _("Harga yang berlaku berubah sejak halaman ini dibuka. Periksa perbandingannya, lalu simpan sekali lagi."),
        code="standards_changed",
    )
    try:
        with transaction.atomic():
            made = PriceDecree.objects.create(
                number=number, decree_on=decree_on, valid_from=valid_from, taken_by=actor, taken_at=now
            )
    except IntegrityError:
        raise RuleBroken(_taken(number), field="decree", code="decree_twice") from None
    rows = [line.standard() for line in wanted]
    for row in rows:
        row.decree = made
    StandardPrice.objects.bulk_create(rows, batch_size=1000)
    return made


def check_decree(decree: str, decree_on: date, valid_from: date, now: datetime) -> str:
    """Its number, as kept. Raises: RuleBroken."""
    number = decree.strip()
    require(number, _("Tulis nomor keputusannya."), field="decree", code="decree_missing")
    require(
        decree_on <= clock.local_date(now),
        _("Tanggal keputusan belum tiba."),
        field="decree_on",
        code="decree_later",
    )
    require(
        valid_from >= decree_on,
        _("Harga tidak berlaku sebelum keputusannya ditetapkan."),
        field="valid_from",
        code="decree_backdated",
    )
    require(not PriceDecree.objects.filter(number=number).exists(), _taken(number), field="decree", code="decree_twice")
    return number


def _taken(number: str) -> str:
    return _("Keputusan %(number)s sudah diimpor.") % {"number": number}
