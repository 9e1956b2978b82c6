"""Who is told that a shop is excused from a requirement, that this ends, and that a requirement begins."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import DAY, SENTENCE, TEXT, Format
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from umkm.requirements.models import Requirement, RequirementWaiver
from umkm.requirements.subjects import label_of
from umkm.sellers.models import Seller
from umkm.sellers.policies import members_of

SUBJECT = Format(str, label_of, "shop_front")

KINDS = {
    "waiver.given": notice(
        _("%(shop)s dikecualikan dari syarat %(what)s sampai %(day)s"),
        _("%(reason)s Penuhi syaratnya sebelum hari itu; sesudahnya syarat ini berlaku lagi."),
        shop=TEXT,
        what=SUBJECT,
        day=DAY,
        reason=SENTENCE,
    ),
    "waiver.ends": notice(
        _("Pengecualian %(what)s untuk %(shop)s berakhir %(day)s"),
        _("Penuhi syaratnya sebelum hari itu. Sesudahnya barang yang memerlukannya tidak tampil."),
        shop=TEXT,
        what=SUBJECT,
        day=DAY,
    ),
    "waiver.ended": notice(
        _("Pengecualian %(what)s untuk %(shop)s sudah berakhir"),
        _("Syaratnya berlaku lagi. Buka halaman pendaftaran toko untuk melihat apa yang diperlukan."),
        shop=TEXT,
        what=SUBJECT,
    ),
    "waiver.withdrawn": notice(
        _("Pengecualian %(what)s untuk %(shop)s dicabut"),
        _("%(reason)s Syaratnya berlaku lagi mulai sekarang."),
        shop=TEXT,
        what=SUBJECT,
        reason=SENTENCE,
    ),
    "waiver.requirement_begins": notice(
        _("%(what)s wajib untuk %(shop)s mulai %(day)s"),
        _("Syarat ini juga berlaku bagi toko yang sudah buka. Sejak hari itu barang yang memerlukannya tidak tampil."),
        shop=TEXT,
        what=SUBJECT,
        day=DAY,
    ),
}


def waiver_given(waiver: RequirementWaiver, *, now: datetime) -> None:
    _tell(waiver, "given", now, day=waiver.valid_until, reason=waiver.reason)


def waiver_ends(waiver: RequirementWaiver, *, days: int, now: datetime) -> None:
    """Once for each of the days of the rules."""
    _tell(waiver, "ends", now, nth=f"-{days}", day=waiver.valid_until)


def waiver_ended(waiver: RequirementWaiver, *, now: datetime) -> None:
    _tell(waiver, "ended", now)


def waiver_withdrawn(waiver: RequirementWaiver, *, reason: str, now: datetime) -> None:
    _tell(waiver, "withdrawn", now, reason=reason)


def requirement_begins(seller: Seller, row: Requirement, begins: date, *, days: int, now: datetime) -> None:
    """Once for each of the days of the rules."""
    notify(
        members_of(seller.pk), kind="waiver.requirement_begins", url=reverse("umkm:application", args=[seller.pk]),
        key=f"requirement-{row.pk}-{seller.pk}-{begins}-{days}", now=now, shop=str(seller), what=row.subject,
        day=begins,
    )  # fmt: skip


def _tell(waiver: RequirementWaiver, what: str, now: datetime, nth: str = "", **more: Any) -> None:
    notify(
        members_of(waiver.seller_id), kind=f"waiver.{what}", url=reverse("umkm:application", args=[waiver.seller_id]),
        key=f"waiver-{waiver.pk}-{what}{nth}", now=now, shop=str(waiver.seller), what=waiver.subject, **more,
    )  # fmt: skip
