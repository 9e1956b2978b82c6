"""Requests that are not decided in time, and those that nobody appointed may decide on or go on with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards.work_lists import WorkList, first
from epeken.users.models import User
from procurement.agencies import policies
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.requests.models import PurchaseRequest
from procurement.requests.pages import deadlines


def late_decisions(agency: Agency, now: datetime, viewer: User | None = None) -> WorkList:
    """Requests whose decision is overdue."""
    found = PurchaseRequest.objects.submitted().filter(clock.over("due_at", now), agency=agency)
    return WorkList(
        _("Permintaan lewat batas keputusan"),
        *_requests(found, now, viewer),
        reverse("procurement:request-list"),
        _("Lihat semua permintaan"),
        is_of_others=True,
    )


def without_officer(agency: Agency, now: datetime, viewer: User | None = None) -> WorkList:
    """Requests that nobody appointed may decide on or order: the head asks the city for an appointment."""
    found = PurchaseRequest.objects.filter(agency=agency).without_officer(clock.local_date(now), viewer=viewer)
    return WorkList(
        _("Permintaan tanpa pejabat: minta admin kota menunjuk PP atau PPK"),
        *_requests(found, now, viewer),
        reverse("procurement:request-list"),
        _("Lihat semua permintaan"),
        _("Semua permintaan punya pejabat yang dapat memutuskannya."),
    )


def without_requester(agency: Agency, now: datetime) -> WorkList:
    """Drafts and sent-back requests of who is no requester today: another requester takes them over."""
    found = PurchaseRequest.objects.filter(agency=agency).without_requester(clock.local_date(now))
    count, rows = first(found.select_related("requester").order_by("-pk"))
    return WorkList(
        _("Draf tanpa pemesan: pemesan lain dapat mengambil alih"),
        count,
        [
            {
                "title": row.title,
                "href": reverse("procurement:request-detail", args=[row.number]),
                "note": f"{row.number}, {row.requester}",
            }
            for row in rows
        ],
        reverse("procurement:request-list"),
        _("Lihat semua permintaan"),
    )


def _requests(found: Any, now: datetime, viewer: User | None) -> tuple[int, list[dict[str, Any]]]:
    day = clock.local_date(now)
    count, rows = first(found.with_officer(day, viewer=viewer).order_by("due_at", "pk"))
    rows = list(rows)
    people = policies.holders_of(rows[0].agency_id, {row.officer for row in rows if row.officer}, day) if rows else {}
    return count, [
        {
            "title": row.title,
            "href": reverse("procurement:request-detail", args=[row.number]),
            "note": ", ".join([row.number, _desk(row, people), rupiah(row.total)]),
            "due": row.due_at,
        }
        | deadlines.item(row, now)
        for row in rows
    ]


def _desk(row: Any, people: Mapping[str, list[User]]) -> str:
    """The office it waits for, and who holds it; the requester never decides."""
    names = [str(one) for one in people.get(row.officer, []) if one.pk != row.requester_id]
    office = _office(row.officer)
    return f"{office}: {'/'.join(names)}" if names else office


def _office(role: str) -> str:
    return str(OfficerRole(role).label) if role else _("belum ada pejabat")
