"""Who holds an office while its holder is away: which offices are theirs, who else holds them, who may stand in."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from epeken.core.clock import valid_on
from epeken.core.i18n.times import long_date
from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.states import OfficerRole, office_label
from procurement.leaves.models import OfficerLeave
from procurement.requests.models import PurchaseRequest
from procurement.requests.officers import APPROVERS
from procurement.requests.states import LIVE


def offices_of(agency: Agency, user: User, first: date, last: date) -> list[AgencyMember]:
    """The person's own appointments in the department on any of the days."""
    own = AgencyMember.objects.own().filter(valid_on(first, last), agency=agency, user=user)
    return list(own.select_related("agency", "user").order_by("pk"))


def days_of(office: AgencyMember, first: date, last: date) -> tuple[date, date]:
    """Those of the days on which the appointment runs."""
    return max(first, office.valid_from), min(last, office.valid_until or last)


def standing_in(agency: Agency, user: User, first: date, last: date) -> Any:
    """Where the person stands in for somebody on any of the days."""
    leaves = OfficerLeave.objects.on(first, last).filter(agency=agency)
    rows = AgencyMember.objects.filter(valid_on(first, last), agency=agency, user=user, leave__in=leaves)
    return rows.select_related("leave__user").order_by("pk")


def is_held_by_others(office: AgencyMember, first: date, last: date) -> bool:
    """Some other person present all the days holds it; a PPK decides also what a PP would."""
    roles = APPROVERS if office.role == OfficerRole.PP else (office.role,)
    others = _present(office.agency, first, last).filter(role__in=roles)
    return bool(others.exclude(user=office.user_id).exists())


def candidates(agency: Agency, user: User, first: date, last: date) -> list[User]:
    """Officers of the department who are there all the days, but the one who is away."""
    rows = _present(agency, first, last).exclude(user=user).select_related("user").order_by("user__name", "pk")
    return list({row.user_id: row.user for row in rows}.values())


def barred(office: AgencyMember, people: Collection[User], first: date, last: date) -> dict[int, str]:
    """By pk, those of `people` who cannot stand in for the holder of the office on the days, and why: what
    `problem_of` refuses of who is there. At most four queries, whatever their number."""
    found: dict[int, str] = {}
    known = {person.pk for person in people}
    if not is_held_by_others(office, first, last):
        for request in _waiting_for(office).prefetch_related("takeovers").order_by("-pk"):
            for pk in {request.requester_id, *(row.earlier_id for row in request.takeovers.all())} & known:
                found[pk] = _("pemesan permintaan %(number)s, yang menunggu jabatan ini") % {"number": request.number}
    same = AgencyMember.objects.own().filter(valid_on(first, last), agency=office.agency_id, role=office.role)
    found |= dict.fromkeys(set(same.values_list("user", flat=True)) & known, _("sendiri memegang jabatan ini"))
    for leave in OfficerLeave.objects.on(first, last).filter(agency=office.agency_id, user__in=known).order_by("-pk"):
        days = {"first": long_date(leave.valid_from), "last": long_date(leave.valid_until)}
        found[leave.user_id] = _("cuti %(first)s sampai %(last)s") % days
    return found


def problem_of(office: AgencyMember, person: User, first: date, last: date) -> str:
    """Why the person cannot stand in for the holder of the office; "" when they can."""
    agency, who = office.agency, {"who": person, "office": office_label(office.role)}
    if not person.is_active:
        return _("Akun %(who)s tidak aktif. Pilih pejabat lain.") % who
    if person.pk == office.user_id:
        return _("Pejabat yang cuti tidak dapat menggantikan dirinya sendiri.")
    own = AgencyMember.objects.own().filter(agency=agency, user=person)
    if own.filter(valid_on(first, last), role=office.role).exists():
        return _("%(who)s sendiri memegang jabatan %(office)s pada tanggal itu. Pilih pejabat lain.") % who
    away = OfficerLeave.objects.on(first, last).filter(agency=agency, user=person).first()
    if away is not None:
        days = {"first": long_date(away.valid_from), "last": long_date(away.valid_until)}
        return _("%(who)s sendiri cuti %(first)s sampai %(last)s. Pilih pejabat lain.") % (who | days)
    if not _present(agency, first, last).filter(user=person).exists():
        return (
            _("%(who)s bukan pejabat dinas ini selama seluruh cuti itu. Pilih pejabat yang penunjukannya cukup lama.")
            % who
        )
    own_request = _written_by(person, office).first()
    if own_request is not None and not is_held_by_others(office, first, last):
        return _(
            "%(who)s adalah pemesan permintaan %(number)s yang menunggu %(office)s, dan tidak memutuskan permintaannya "
            "sendiri. Pilih pejabat lain."
        ) % (who | {"number": own_request.number})
    return ""


def _present(agency: Agency, first: date, last: date) -> Any:
    """Own appointments of active people that run all the days, of those who are not away on any of them."""
    away = OfficerLeave.objects.on(first, last).filter(agency=agency).values("user")
    rows = AgencyMember.objects.own().filter(valid_on(first), agency=agency, user__is_active=True)
    return rows.filter(valid_on(last)).exclude(user__in=away)


def own_requests(leave: OfficerLeave) -> list[tuple[AgencyMember, list[PurchaseRequest]]]:
    """By stand-in, what waits for the office and is their own: another officer decides on it while they stand in."""
    rows = leave.stand_ins.select_related("user", "agency").order_by("pk")
    found = [(row, list(_written_by(row.user, row))) for row in rows]
    return [(row, requests) for row, requests in found if requests]


def _written_by(person: User, office: AgencyMember) -> Any:
    """Of what the office is to decide on or to order, what the person wrote, also before another took it over."""
    wrote = Q(requester=person) | Q(takeovers__earlier=person)
    return _waiting_for(office).filter(wrote).distinct().order_by("pk")


def _waiting_for(office: AgencyMember) -> Any:
    """Requests the office is to decide on or to order."""
    return PurchaseRequest.objects.filter(agency=office.agency, state__in=LIVE, needed_role=office.role)
