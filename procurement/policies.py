"""Who may do what with a department's request. Yes or no; the services say why not."""

from datetime import date
from typing import Any

from procurement.models import Agency, AgencyMember, PurchaseRequest
from procurement.querysets import INSPECT
from procurement.states import OfficerRole, RequestState

APPROVERS = (OfficerRole.PP, OfficerRole.PPK)
OPEN = (RequestState.DRAFT, RequestState.SENT_BACK)
RELEASABLE = (RequestState.SUBMITTED, RequestState.APPROVED)


def seats(actor: Any, agency_id: int, day: date) -> set[str]:
    """Roles the person holds in the department on the day."""
    return set(AgencyMember.objects.of(actor, day).filter(agency_id=agency_id).values_list("role", flat=True))


def has_role(actor: Any, agency: Agency, role: OfficerRole, day: date) -> bool:
    return AgencyMember.objects.of(actor, day).filter(agency=agency, role=role).exists()


def holders(agency_id: int, role: str, day: date) -> list[Any]:
    """The people holding the role, in the order of their appointment."""
    rows = AgencyMember.objects.on(day).filter(agency_id=agency_id, role=role, user__is_active=True)
    return list({row.user_id: row.user for row in rows.select_related("user").order_by("pk")}.values())


def is_inspector(actor: Any) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm(INSPECT))


def can_request(actor: Any, agency: Agency, day: date) -> bool:
    return has_role(actor, agency, OfficerRole.REQUESTER, day)


def can_edit(actor: Any, request: PurchaseRequest) -> bool:
    """The requester, while it lies on the requester's desk."""
    return actor.pk == request.requester_id and request.state in OPEN


def can_withdraw(actor: Any, request: PurchaseRequest) -> bool:
    return actor.pk == request.requester_id and request.machine.allows(request.state, "withdraw")


def has_approver_seat(actor: Any, request: PurchaseRequest, day: date) -> bool:
    """The role the amount asks for, in this department, today."""
    if request.approver_role not in APPROVERS:
        return False
    return has_role(actor, request.agency, OfficerRole(request.approver_role), day)


def can_decide(actor: Any, request: PurchaseRequest, day: date) -> bool:
    return (
        request.state == RequestState.SUBMITTED
        and actor.pk != request.requester_id
        and has_approver_seat(actor, request, day)
    )


def can_issue(actor: Any, request: PurchaseRequest, day: date) -> bool:
    """Whether to offer the surat pesanan: its approver, or one who might have been; never the requester."""
    if request.state != RequestState.APPROVED or actor.pk == request.requester_id:
        return False
    if actor.pk == request.approver_id:
        return True
    roles = (OfficerRole.PPK,) if request.approver_role == OfficerRole.PPK else APPROVERS
    return bool(seats(actor, request.agency_id, day) & set(roles))


def approver_role(agency_id: int, total: int, *, limit: int, requester_id: int, day: date) -> OfficerRole | None:
    """Who decides on `total`: the PP up to the limit, the PPK above it or where no other PP is appointed.

    None when nobody but the requester could. Source: Perpres 16/2018 jo. 12/2021 jo. 46/2025.
    """
    roles = [OfficerRole.PP, OfficerRole.PPK] if total <= limit else [OfficerRole.PPK]
    for role in roles:
        if any(person.pk != requester_id for person in holders(agency_id, role, day)):
            return role
    return None
