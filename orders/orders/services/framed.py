"""Surat pesanan that a frame lets go out at once, in the name of the PP or PPK who proposed it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.services import service
from epeken.core.sweeps import sweep
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.requests import policies as requests_policies
from procurement.requests.errors import OwnShop
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, holds
from procurement.requests.states import RequestState

# What could not go out by then waits for a PP or PPK, who was told of it when it was approved.
TRIED_FOR = timedelta(hours=1)


@service
def issue_at_once(*, request: PurchaseRequest, now: datetime) -> list[Order]:
    """The surat pesanan of a request that its frame approved, in the name of who proposed the frame: PP or PPK bind the
    department, so that person must hold the office today and be tied to none of the sellers.

    Raises: NotAllowed, InvalidMove, RuleBroken, IssueRefused.
    Locks: BudgetLine, PurchaseRequest, Seller, TurnoverMonth, Product.
    Source: Perpres 16/2018 art. 11 and 12 (who binds the department).
    """
    request = holds.locked_with_budget(request)
    frame = request.frame
    if request.state != RequestState.APPROVED or frame is None or not frame.is_issued_at_once:
        raise InvalidMove()
    officer = frame.proposer
    if not officer.is_active or not requests_policies.may_issue(officer, request, clock.local_date(now)):
        raise NotAllowed(_("Penunjukan pengusul kerangka ini tidak berlaku hari ini, jadi PP atau PPK menerbitkannya."))
    if (shop := requests_policies.own_shop(officer, request)) is not None:
        raise OwnShop(shop)
    decisions.check_held(request, now)
    return agreement.issue_locked(officer, request, now, note=frame.number)


def issue_all_at_once(*, now: datetime) -> int:
    """Requests approved by such a frame in the last hour are ordered, each in its own transaction; how many now.

    Safe in parallel: the second to reach a request finds it ordered. What is refused is left to a person.
    Locks: as issue_at_once.
    """
    waiting = PurchaseRequest.objects.approved().filter(
        frame__is_issued_at_once=True, approved_at__gt=now - TRIED_FOR
    ).order_by("approved_at")  # fmt: skip
    return sweep(
        waiting,
        lambda request: issue_at_once(request=request, now=now),
        failure="Request %s could not be ordered",
        passed_over=(DomainError,),
    )
