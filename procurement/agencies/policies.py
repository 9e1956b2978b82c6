"""Who holds which role in a department. Pure yes or no."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from epeken.core.queries import written_once
from epeken.users.models import User, Visitor
from epeken.users.page_memory import remembered
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.querysets import INSPECT
from procurement.agencies.states import OfficerRole
from umkm.sellers.policies import had_shop

APPOINT = "procurement.add_agencymember"


def places(actor: Visitor, day: date) -> list[Any]:
    """All the person is appointed to on the day, with the departments; `is_away` where they are on leave."""

    if not getattr(actor, "is_authenticated", False):
        return []
    return remembered(actor, ("appointments", day), lambda: _appointed(day, actor.pk))


@written_once
def _appointed(day: Any, person: Any) -> Any:
    found = AgencyMember.objects.appointed(day).with_away(day).select_related("agency")
    return found.filter(user=person).order_by("pk")


def appointments(actor: Visitor, day: date) -> list[AgencyMember]:
    """The offices the person holds on the day, with the departments."""
    return [member for member in places(actor, day) if not member.is_away]


def holds_office(actor: Visitor, day: date) -> bool:
    """Whether the person decides about a department's money or goods that day: who is on leave does not."""
    return bool(appointments(actor, day))


def memberships(actor: Visitor, agency_id: int | None, day: date) -> set[str]:
    """Roles the person holds in the department on the day."""
    return {member.role for member in appointments(actor, day) if member.agency_id == agency_id}


def first_office(actor: Visitor, agency_id: int | None, offices: Iterable[OfficerRole], day: date) -> str:
    """The first of the offices that the person holds in the department on the day; "" for anybody else."""
    roles = memberships(actor, agency_id, day)
    return next((office.value for office in offices if office in roles), "")


def has_role(actor: Visitor, agency: Agency, role: OfficerRole, day: date) -> bool:
    return role in memberships(actor, agency.pk, day)


def ended_appointment(actor: Visitor, day: date) -> AgencyMember | None:
    """The last appointment of the person that is over, unless they hold an office in that department today."""
    found = AgencyMember.objects.over(actor, day).select_related("agency").order_by("-valid_until", "-pk").first()
    return None if found is None or memberships(actor, found.agency_id, day) else found


def acting_as(actor: Visitor, agency_id: int | None, role: str, day: date) -> str:
    """What an act in the role records: with the capacity, when the person holds it only as Plt. or Plh."""
    return acting_office(actor, agency_id, [role], day) or str(role)


def acting_office(actor: Visitor, agency_id: int | None, offices: Iterable[str], day: date) -> str:
    """As `acting_as`, in the first of the offices that the person holds; "" for anybody else."""
    held = [member for member in appointments(actor, day) if member.agency_id == agency_id]
    for office in offices:
        found = [member for member in held if member.role == office]
        if found:
            return min(found, key=lambda member: (member.capacity, member.pk)).office
    return ""


def holders(agency_id: int, role: str, day: date) -> list[Any]:
    """The people holding the role, in the order of their appointment."""
    return holders_of(agency_id, [role], day)[role]


def holders_of(agency_id: int, roles: Iterable[str], day: date) -> dict[str, list[Any]]:
    """The people holding each of the roles, in the order of their appointment. One query."""
    wanted = list(roles)
    found = _people_by("role", _holding(agency_id, tuple(map(str, wanted)), day) if wanted else ())
    return {role: found.get(role, []) for role in wanted}


@written_once
def _holding(agency: Any, roles: Any, day: Any) -> Any:
    return _with_people(AgencyMember.objects.on(day).filter(agency_id=agency, role__in=roles))


def holders_by_agency(agencies: Iterable[int], role: str, day: date) -> dict[int, list[Any]]:
    """By department: as `holders`. One query."""
    rows = AgencyMember.objects.on(day).filter(agency__in=set(agencies), role=role)
    return _people_by("agency_id", _with_people(rows))


def _with_people(rows: QuerySet[AgencyMember]) -> QuerySet[AgencyMember]:
    return rows.filter(user__is_active=True).select_related("user").order_by("pk")


def _people_by(column: str, rows: Iterable[AgencyMember]) -> dict[Any, list[Any]]:
    """Of `_with_people`, by the values of the column: each person once, in the order of their appointment."""
    found: dict[Any, dict[int, Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), {}).setdefault(row.user_id, row.user)
    return {value: list(people.values()) for value, people in found.items()}


def who_appoint() -> list[Any]:
    """The people of the city who appoint officers of departments."""
    found = ModelBackend().with_perm(APPOINT).filter(is_staff=True)
    return list(found.order_by("pk"))


def inspectors() -> list[Any]:
    """The people of the inspectorate."""
    return list(ModelBackend().with_perm(INSPECT, include_superusers=False).order_by("pk"))


def was_appointed(actor: User) -> bool:
    """Whether the person holds or held an office of a department, or reads all of them."""
    return is_inspector(actor) or AgencyMember.objects.filter(user=actor).exists()


def deals_with_departments(actor: User) -> bool:
    """Whether the person sells, or was appointed: both sides of what a department buys."""
    return had_shop(actor) or was_appointed(actor)


def is_inspector(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm(INSPECT))
