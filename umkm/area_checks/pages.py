"""What an officer of an area, the applicant and a verifier see of these checks. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.distance import metres
from epeken.core.i18n.times import full_date, long_date
from epeken.core.web.templatetags.uang import tanggal
from umkm.area_checks import policies, services
from umkm.area_checks.models import AreaCheck
from umkm.area_checks.states import FIELDS, AreaCheckState
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.pages.application import shown
from umkm.verification.models import VerificationCase

ANSWERED = (AreaCheckState.AGREED, AreaCheckState.KEPT)


@dataclass(frozen=True)
class AreaRow:
    """One check in a list."""

    check: AreaCheck
    url: str
    due: str
    is_late: bool


def rows(checks: QuerySet[AreaCheck], now: datetime) -> tuple[list[AreaRow], list[AreaRow]]:
    """Those that wait, by deadline, and those the person answered."""
    found = checks.select_related("case__seller__food_court", "kelurahan__kecamatan").order_by("due_at", "pk")
    made = [
        AreaRow(
            check=check,
            url=reverse("umkm:area-check", args=[check.pk]),
            due=tanggal(clock.last_day(check.due_at)),
            is_late=policies.is_late(check, now),
        )
        for check in found
    ]
    waiting = [row for row in made if row.check.state == AreaCheckState.RUNNING]
    return waiting, [row for row in reversed(made) if row.check.state != AreaCheckState.RUNNING]


def facts(seller: Seller) -> list[dict[str, str]]:
    """What the officer compares with what they see."""
    calls = {"phone": f"tel:{seller.phone}"} if seller.phone else {}
    return [
        {"label": steps.label_of(name), "value": shown(seller, name), "href": calls.get(name, "")}
        for name in _asked(seller)
    ]


def parts(seller: Seller) -> list[dict[str, str]]:
    """What may be sent back."""
    names = [*_asked(seller), *services.papers_of(seller).values_list("kind", flat=True)]
    return [{"name": name, "label": steps.label_of(name)} for name in names]


def _asked(seller: Seller) -> list[str]:
    """Of this kind of seller; a pin on the map is one."""
    asked = steps.fields_of(seller)
    return [name for name in FIELDS if name in asked and name != "longitude"]


@dataclass(frozen=True)
class AreaFinding:
    """What one level found, for the office and the applicant. `kind` as the colour of a mark."""

    place: str
    state: str
    kind: str
    is_running: bool
    is_objection: bool
    who: str
    note: str
    visit: str
    photos: list[Any]


def findings(case: VerificationCase) -> list[AreaFinding]:
    checks = case.area_checks.select_related("kelurahan__kecamatan", "officer").prefetch_related("photos")
    return [
        AreaFinding(
            place=check.place,
            state=_state(check),
            kind=_kind(check),
            is_running=check.state == AreaCheckState.RUNNING,
            is_objection=check.state == AreaCheckState.OBJECTED,
            who=str(check.officer or ""),
            note=check.note,
            visit=_visit(check, case.seller),
            photos=[photo for photo in check.photos.all() if photo.file],
        )
        for check in checks.order_by("pk")
    ]


def _state(check: AreaCheck) -> str:
    if check.state == AreaCheckState.RUNNING:
        return _("menunggu jawaban sampai %(due)s") % {"due": long_date(clock.last_day(check.due_at))}
    return check.get_state_display()


def _kind(check: AreaCheck) -> str:
    if check.state == AreaCheckState.OBJECTED:
        return "late"
    return "" if check.state in ANSWERED else "warn"


def _visit(check: AreaCheck, seller: Seller) -> str:
    if check.visited_on is None:
        return ""
    told = _("dikunjungi %(day)s") % {"day": full_date(check.visited_on)}
    if check.latitude is None or check.longitude is None:
        return told
    if seller.latitude is None or seller.longitude is None:
        return told
    here: tuple[Decimal, Decimal] = (check.latitude, check.longitude)
    away = metres(here, (seller.latitude, seller.longitude))
    return _("%(told)s, %(n)s m dari titik peta pendaftar") % {
        "told": told, "n": number_format(away, force_grouping=True),
    }  # fmt: skip
