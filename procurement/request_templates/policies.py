"""Who may write a department's templates, and who may make a request from one."""

from datetime import date

from epeken.users.models import User
from procurement.agencies.policies import memberships
from procurement.agencies.states import OfficerRole
from procurement.request_templates.models import RequestTemplate

WRITERS = {OfficerRole.REQUESTER, OfficerRole.PP, OfficerRole.PPK}


def can_write(actor: User, agency_id: int | None, day: date) -> bool:
    """Requester, PP and PPK of the department; the city's own are written in the admin."""
    return agency_id is not None and bool(memberships(actor, agency_id, day) & WRITERS)


def can_change(actor: User, template: RequestTemplate, day: date) -> bool:
    return template.retired_at is None and can_write(actor, template.agency_id, day)
