"""Who may do what with a department's request. Yes or no; the services say why not."""

from datetime import date

from epeken.users.models import User
from epeken.users.page_memory import remembered
from procurement.agencies.models import Agency
from procurement.agencies.policies import first_office, has_role, memberships
from procurement.agencies.states import OfficerRole
from procurement.requests import chain
from procurement.requests.models import PurchaseRequest
from procurement.requests.officers import APPROVERS, SIGNERS, office_of
from procurement.requests.states import CLOSED, LIVE, OPEN, RequestState
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller


def can_request(actor: User, agency: Agency, day: date) -> bool:
    return has_role(actor, agency, OfficerRole.REQUESTER, day)


def is_requester(actor: User, request: PurchaseRequest, day: date) -> bool:
    """Who wrote the request, while still appointed as requester of its department."""
    return actor.pk == request.requester_id and OfficerRole.REQUESTER in memberships(actor, request.agency_id, day)


def has_written(actor: User, request: PurchaseRequest) -> bool:
    """Who is its requester, or was before another took it over: they never decide on it. At most one query."""
    if actor.pk == request.requester_id or request.taken_over_at is None:
        return actor.pk == request.requester_id
    return remembered(actor, ("wrote", request.pk), lambda: request.takeovers.filter(earlier=actor).exists())


def can_take_over(actor: User, request: PurchaseRequest, day: date) -> bool:
    """Another requester of the department, while its own holds that role no longer, or is on leave."""
    return (
        request.state in OPEN
        and actor.pk != request.requester_id
        and can_request(actor, request.agency, day)
        and OfficerRole.REQUESTER not in memberships(request.requester, request.agency_id, day)
    )


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


def may_answer_ceiling(actor: User, request: PurchaseRequest, day: date) -> bool:
    """A head of the department who did not write the request."""
    return OfficerRole.HEAD in memberships(actor, request.agency_id, day) and not has_written(actor, request)


def can_withdraw(actor: User, request: PurchaseRequest, day: date) -> bool:
    return request.machine.allows(request.state, "withdraw") and may_withdraw(actor, request, day)


def holds_office(actor: User, request: PurchaseRequest, day: date) -> bool:
    """Whether the person holds the office whose turn it is with the request today: to sign, or to decide."""
    roles = memberships(actor, request.agency_id, day)
    return bool(roles & set(SIGNERS)) and office_of(request, day, viewer=actor) in roles


def own_shop(actor: User, request: PurchaseRequest) -> Seller | None:
    """A shop of the request to which the person is tied: another officer takes over. At most two queries."""
    ties = shops.ties_of(actor)
    if not ties:
        return None
    line = request.lines.filter(seller__in=ties, dropped_at__isnull=True).select_related("seller").first()
    return line.seller if line else None


def can_decide(actor: User, request: PurchaseRequest, day: date) -> bool:
    return (
        request.state == RequestState.SUBMITTED
        and holds_office(actor, request, day)
        and not has_written(actor, request)
        and not chain.has_signed(actor, request)
        and own_shop(actor, request) is None
    )


def may_issue(actor: User, request: PurchaseRequest, day: date) -> bool:
    """A PP or PPK of the department today; above the PP's limit a PPK. Never the requester.

    Having approved it is not enough: an officer whose appointment ended no longer commits the department.
    """
    return bool(issuing_office(actor, request, day)) and not has_written(actor, request)


def issuing_offices(request: PurchaseRequest) -> tuple[OfficerRole, ...]:
    """Those that order what is approved, or send it back."""
    return (OfficerRole(request.needed_role), OfficerRole.PPK) if request.needed_role in APPROVERS else ()


def issuing_office(actor: User, request: PurchaseRequest, day: date) -> str:
    """The issuing office of the person; "" for anybody who may not."""
    return first_office(actor, request.agency_id, issuing_offices(request), day)


def can_issue(actor: User, request: PurchaseRequest, day: date) -> bool:
    """Whether to offer the surat pesanan."""
    return (
        request.state == RequestState.APPROVED and may_issue(actor, request, day) and own_shop(actor, request) is None
    )


def can_reissue(actor: User, request: PurchaseRequest, day: date) -> bool:
    """Whether to offer a surat pesanan to another seller for what an order of the request did not bring."""
    return request.state == RequestState.ORDERED and may_issue(actor, request, day) and own_shop(actor, request) is None


def holds(request: PurchaseRequest) -> bool:
    """Whether budget, goods and cap room are taken for it, also past its time until it lapses."""
    return request.state in LIVE


def holds_award(request: PurchaseRequest) -> bool:
    """Whether the money of what won a request for quotation is held for its draft (`services.awards`)."""
    return request.state in OPEN and request.from_quotation_id is not None and request.held_until is not None


def can_rebuild(actor: User, request: PurchaseRequest, day: date) -> bool:
    return request.state == RequestState.LAPSED and can_request(actor, request.agency, day)


def can_copy(actor: User, request: PurchaseRequest, day: date) -> bool:
    return request.state in CLOSED and can_request(actor, request.agency, day)
