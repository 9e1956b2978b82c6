"""Who may do what in a department's purchase. Yes or no; the services say why not."""

from datetime import date
from typing import Any

from procurement.models import AgencyMember, PurchaseRequest
from procurement.querysets import INSPECT
from procurement.states import OfficerRole, RequestState

APPROVERS = (OfficerRole.PP, OfficerRole.PPK)
OPEN = (RequestState.DRAFT, RequestState.SENT_BACK)
WITHDRAWABLE = (RequestState.DRAFT, RequestState.SENT_BACK, RequestState.SUBMITTED, RequestState.APPROVED)


def roles_of(actor: Any, agency_id: int, day: date) -> set[str]:
    """The roles the person holds in the department on the day."""
    return set(AgencyMember.objects.of(actor, day).filter(agency_id=agency_id).values_list("role", flat=True))


def has_role(actor: Any, agency_id: int, day: date, *roles: OfficerRole) -> bool:
    return AgencyMember.objects.of(actor, day).filter(agency_id=agency_id, role__in=roles).exists()


def is_inspector(actor: Any) -> bool:
    return bool(actor.has_perm(INSPECT))


def can_request(actor: Any, agency_id: int, day: date) -> bool:
    return has_role(actor, agency_id, day, OfficerRole.REQUESTER)


def can_edit(actor: Any, request: PurchaseRequest, day: date) -> bool:
    return request.state in OPEN and actor.pk == request.requester_id and can_request(actor, request.agency_id, day)


def can_withdraw(actor: Any, request: PurchaseRequest) -> bool:
    return request.state in WITHDRAWABLE and actor.pk == request.requester_id


def approver_roles(request: PurchaseRequest) -> tuple[OfficerRole, ...]:
    """Up to the procurement officer's limit a PP decides, or the PPK who stands above; beyond it only the PPK."""
    return (OfficerRole.PPK,) if request.approver_role == OfficerRole.PPK else APPROVERS


def has_approver_seat(actor: Any, request: PurchaseRequest, day: date) -> bool:
    return has_role(actor, request.agency_id, day, *approver_roles(request))


def can_decide(actor: Any, request: PurchaseRequest, day: date) -> bool:
    return (
        request.state == RequestState.SUBMITTED
        and actor.pk != request.requester_id
        and has_approver_seat(actor, request, day)
    )


def can_issue(actor: Any, request: PurchaseRequest, day: date) -> bool:
    """Mirrors orders.policies.can_issue for showing the button; orders decides."""
    if request.state != RequestState.APPROVED or actor.pk == request.requester_id:
        return False
    return actor.pk == request.approver_id or has_approver_seat(actor, request, day)
