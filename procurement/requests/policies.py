"""Who may do what with a department's request. Yes or no; the services say why not."""

from datetime import date

from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.agencies.policies import has_role, holders_of, memberships
from procurement.agencies.states import OfficerRole
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import LIVE, RequestState
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller

APPROVERS = (OfficerRole.PP, OfficerRole.PPK)


OPEN = (RequestState.DRAFT, RequestState.SENT_BACK)


def can_request(actor: User, agency: Agency, day: date) -> bool:
    return has_role(actor, agency, OfficerRole.REQUESTER, day)


def is_requester(actor: User, request: PurchaseRequest, day: date) -> bool:
    """Who wrote the request, while still appointed as requester of its department."""
    return actor.pk == request.requester_id and OfficerRole.REQUESTER in memberships(actor, request.agency_id, day)


def can_edit(actor: User, request: PurchaseRequest, day: date) -> bool:
    """The requester, while it lies with the requester."""
    return request.state in OPEN and is_requester(actor, request, day)


def may_withdraw(actor: User, request: PurchaseRequest, day: date) -> bool:
    """The requester; when their appointment has ended, another one of the department, so that budget comes free."""
    if is_requester(actor, request, day):
        return True
    if OfficerRole.REQUESTER in memberships(request.requester, request.agency_id, day):
        return False
    return OfficerRole.REQUESTER in memberships(actor, request.agency_id, day)


def can_withdraw(actor: User, request: PurchaseRequest, day: date) -> bool:
    return request.machine.allows(request.state, "withdraw") and may_withdraw(actor, request, day)


def own_shop(actor: User, request: PurchaseRequest) -> Seller | None:
    """A shop of the request to which the person is tied: another officer takes over. At most two queries."""
    ties = shops.ties_of(actor)
    if not ties:
        return None
    line = request.lines.filter(seller__in=ties, dropped_at__isnull=True).select_related("seller").first()
    return line.seller if line else None


def offices(request: PurchaseRequest) -> list[OfficerRole]:
    """Who may decide on it and order it: a PPK, and where its amount allows a PP; the one it was given to first."""
    allowed = [OfficerRole.PPK] if request.required_role == OfficerRole.PPK else list(APPROVERS)
    return sorted(allowed, key=lambda role: role != request.approver_role)


def office_of(actor: User, request: PurchaseRequest, day: date) -> OfficerRole | None:
    """In which office the person orders what the request asks, or sends it back, by today's appointments."""
    roles = memberships(actor, request.agency_id, day)
    return next((role for role in offices(request) if role in roles), None)


def deciding_office(request: PurchaseRequest, day: date) -> OfficerRole | None:
    """The office that decides on what was sent: the one it was given to; the other when nobody there can any more.

    None when nobody can at all. About four queries.
    """
    lines = request.lines.filter(dropped_at__isnull=True).select_related("seller")
    return first_able(
        request.agency_id,
        offices(request),
        requester_id=request.requester_id,
        sellers=[line.seller for line in lines],
        day=day,
    )


def may_decide(actor: User, request: PurchaseRequest, day: date) -> bool:
    """The appointments of today are asked, not those of the day it was sent. Never the requester."""
    if actor.pk == request.requester_id:
        return False
    role = office_of(actor, request, day)
    return role is not None and (role == request.approver_role or role == deciding_office(request, day))


def can_decide(actor: User, request: PurchaseRequest, day: date) -> bool:
    return (
        request.state == RequestState.SUBMITTED and may_decide(actor, request, day) and own_shop(actor, request) is None
    )


def may_issue(actor: User, request: PurchaseRequest, day: date) -> bool:
    """A PP or PPK of the department today; above the PP's limit a PPK. Never the requester.

    Having approved it is not enough: an officer whose appointment ended no longer commits the department.
    """
    return actor.pk != request.requester_id and office_of(actor, request, day) is not None


def can_issue(actor: User, request: PurchaseRequest, day: date) -> bool:
    """Whether to offer the surat pesanan."""
    return (
        request.state == RequestState.APPROVED and may_issue(actor, request, day) and own_shop(actor, request) is None
    )


def holds(request: PurchaseRequest) -> bool:
    """Whether budget, goods and cap room are taken for it, also past its time until it lapses."""
    return request.state in LIVE


def can_rebuild(actor: User, request: PurchaseRequest, day: date) -> bool:
    return request.state == RequestState.LAPSED and can_request(actor, request.agency, day)


def offices_for(total: int, *, limit: int) -> list[OfficerRole]:
    """Who may decide on `total`: the PP up to the limit, or a PPK; above it a PPK.

    Source: Perpres 16/2018 jo. 12/2021 jo. 46/2025.
    """
    return list(APPROVERS) if total <= limit else [OfficerRole.PPK]


def first_able(
    agency_id: int, roles: list[OfficerRole], *, requester_id: int, sellers: list[Seller], day: date
) -> OfficerRole | None:
    """The first of the offices in which somebody may decide: not the requester, nor who is tied to a seller."""
    people = holders_of(agency_id, roles, day)
    barred = {requester_id} | shops.tied_people([each for role in roles for each in people[role]], sellers)
    return next((role for role in roles if any(each.pk not in barred for each in people[role])), None)
