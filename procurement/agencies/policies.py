"""Who holds which role in a department. Pure yes or no."""

from datetime import date
from typing import Any

from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.querysets import INSPECT
from procurement.agencies.states import OfficerRole


def memberships(actor: User, agency_id: int, day: date) -> set[str]:
    """Roles the person holds in the department on the day."""
    return set(AgencyMember.objects.of(actor, day).filter(agency_id=agency_id).values_list("role", flat=True))


def appointments(actor: User, agency_id: int, day: date) -> list[AgencyMember]:
    """What the person is appointed to in the department on the day."""
    return list(AgencyMember.objects.of(actor, day).filter(agency_id=agency_id))


def has_role(actor: User, agency: Agency, role: OfficerRole, day: date) -> bool:
    return AgencyMember.objects.of(actor, day).filter(agency=agency, role=role).exists()


def holders(agency_id: int, role: str, day: date) -> list[Any]:
    """The people holding the role, in the order of their appointment."""
    rows = AgencyMember.objects.on(day).filter(agency_id=agency_id, role=role, user__is_active=True)
    return list({row.user_id: row.user for row in rows.select_related("user").order_by("pk")}.values())


def is_inspector(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm(INSPECT))
