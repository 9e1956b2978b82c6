"""What an officer of an area, the applicant and a verifier see of these checks. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.distance import metres
from epeken.core.i18n.times import full_date, long_date, long_time
from epeken.users.models import Visitor
from umkm.area_checks import policies, services
from umkm.area_checks.models import AreaCheck, VisitPhoto
from umkm.area_checks.states import FIELDS, AreaCheckState, AreaLevel
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.pages.application import pin_words, shown
from umkm.verification.models import VerificationCase

ANSWERED = (AreaCheckState.AGREED, AreaCheckState.KEPT)


@dataclass(frozen=True)
class AreaRow:
    """One check in a list."""

    check: AreaCheck
    url: str
    due: str
    is_today: bool
    is_late: bool


def rows(checks: QuerySet[AreaCheck], now: datetime) -> tuple[list[AreaRow], list[AreaRow]]:
    """Those that wait, by deadline, and those the person answered."""
    found = checks.select_related("case__seller__food_court", "kelurahan__kecamatan").order_by("due_at", "pk")
    made = [
        AreaRow(
            check=check,
            url=reverse("umkm:area-check", args=[check.pk]),
            due=long_time(clock.told_end(check.due_at)),
            is_today=clock.last_day(check.due_at) == clock.local_date(now),
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


def parts(seller: Seller) -> list[str]:
    """What may be sent back."""
    return [*_asked(seller), *services.papers_of(seller).values_list("kind", flat=True)]


def _asked(seller: Seller) -> list[str]:
    """Of this kind of seller; a pin on the map is one."""
    asked = steps.fields_of(seller)
    return [name for name in FIELDS if name in asked and name != "longitude"]


@dataclass(frozen=True)
class AreaFinding:
    """What one level found, for the office and the applicant. `kind` as the colour of a mark."""

    place: str
    level: str
    state: str
    kind: str
    is_running: bool
    is_objection: bool
    who: str  # the officer and their visit, as a sentence
    note: str
    photos: list[VisitPhoto]


def findings(case: VerificationCase, reader: Visitor) -> list[AreaFinding]:
    """With the photos this reader may open."""
    seen = VisitPhoto.objects.visible_to(reader).exclude(file="")
    checks = case.area_checks.select_related("kelurahan__kecamatan", "officer")
    checks = checks.prefetch_related(Prefetch("photos", queryset=seen, to_attr="seen_photos"))
    return [
        AreaFinding(
            place=check.place,
            level=check.level,
            state=_state(check),
            kind=_kind(check),
            is_running=check.state == AreaCheckState.RUNNING,
            is_objection=check.state == AreaCheckState.OBJECTED,
            who=_who(check, case.seller),
            note=check.note,
            photos=check.seen_photos,
        )
        for check in checks.order_by("pk")
    ]


def _state(check: AreaCheck) -> str:
    if check.state == AreaCheckState.RUNNING:
        return _("menunggu jawaban sampai %(due)s") % {"due": long_date(clock.last_day(check.due_at))}
    return check.get_state_display()


def _kind(check: AreaCheck) -> str:
    if check.state == AreaCheckState.OBJECTED:
        return "fail"
    return "" if check.state in ANSWERED else "warn"


def waits_for(level: str | None) -> str:
    """The state of a case while a level is asked; "" while none is."""
    return _("Menunggu %(level)s") % {"level": AreaLevel(level).label.lower()} if level else ""


def _who(check: AreaCheck, seller: Seller) -> str:
    told = [str(check.officer or ""), _visit(check, seller)]
    return f"{', '.join(text for text in told if text)}." if check.officer else ""


def _visit(check: AreaCheck, seller: Seller) -> str:
    told = [] if check.visited_on is None else [_("dikunjungi %(day)s") % {"day": full_date(check.visited_on)}]
    if check.latitude is not None and check.longitude is not None:
        here: tuple[Decimal, Decimal] = (check.latitude, check.longitude)
        told.append(_("titik peta %(pin)s") % {"pin": pin_words(*here)})
        if seller.latitude is not None and seller.longitude is not None:
            away = number_format(metres(here, (seller.latitude, seller.longitude)), force_grouping=True)
            told.append(_("%(n)s m dari titik peta pendaftar") % {"n": away})
    return ", ".join(told)
