"""What won a request for quotation is paid for: its money is held for the draft from the award on.

The winner is bound by the offer, so nothing else may take the budget meanwhile. It is held as long as the sellers stand
by their offers; sending the draft holds what it asks for in its place, and its end frees it.
"""

from datetime import datetime

from epeken.core import clock
from epeken.core.errors import InvalidMove
from epeken.core.services import service
from epeken.core.sweeps import sweep
from epeken.users.models import User
from procurement.budgets import services as budgets
from procurement.budgets.models import BudgetLine
from procurement.requests import notices, policies
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import holds


@service
def hold_award(
    *, request: PurchaseRequest, line: BudgetLine, amount: int, until: datetime, actor: User, now: datetime
) -> None:
    """`amount` is held on `line`, the draft's own, which the caller has locked. Raises: RuleBroken `budget_short`.

    Locks: BudgetLine.
    """
    budgets.hold_charges(
        lines={line.pk: line}, wanted={line.pk: amount}, reference=request.number, actor=actor, now=now
    )
    request.total, request.held_until = amount, until
    request.save(update_fields=["total", "held_until"])


@service
def release_award(*, request: PurchaseRequest, actor: User | None, now: datetime, note: str = "") -> None:
    """What is held for an award is free; a request that holds none changes nothing. Called by whoever ends it, with its
    budget line locked. Locks: BudgetLine."""
    if not policies.holds_award(request):
        return
    holds.charge(request=request, held=None, actor=actor, now=now, note=note)
    request.held_until = None
    request.save(update_fields=["held_until"])


@service
def lapse_award(*, request: PurchaseRequest, now: datetime) -> PurchaseRequest:
    """The sellers stand by their offers no longer, so nothing is held for the draft; its requester and the officers who
    awarded are told. The draft stays, and can be sent while the budget bears it.

    Raises: InvalidMove. Locks: BudgetLine, PurchaseRequest.
    """
    request = holds.locked_with_budget(request)
    if not policies.holds_award(request) or not clock.is_over(request.held_until, now):
        raise InvalidMove()
    release_award(request=request, actor=None, now=now)
    notices.award_freed(request, now=now)
    return request


def lapse_awards(*, now: datetime) -> int:
    """Each in its own transaction; the number that lapsed now. Safe in parallel. Locks: as lapse_award."""
    late = PurchaseRequest.objects.awarded().filter(clock.over("held_until", now)).order_by("held_until")
    return sweep(late, lambda request: lapse_award(request=request, now=now), failure="Award %s could not lapse")
