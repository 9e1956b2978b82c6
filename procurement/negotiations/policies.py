"""Who may negotiate, for which side. Yes or no; the services say why not."""

from datetime import date, datetime

from epeken.core import clock
from epeken.users.models import User
from procurement.negotiations import results
from procurement.negotiations.models import Negotiation
from procurement.negotiations.states import LIVE, TURNS, NegotiationState, Side
from procurement.requests import policies as requests_policies
from procurement.requests.models import PurchaseRequest
from procurement.sourcing import sheets
from umkm.sellers import policies as shops


def can_open(actor: User, request: PurchaseRequest, day: date) -> bool:
    """Whoever decides on the request today: only they can bind the department.

    Source: Perpres 16/2018 art. 11 and 12 (PPK and pejabat pengadaan negotiate).
    """
    return requests_policies.can_decide(actor, request, day)


def side_of(actor: User, negotiation: Negotiation, day: date) -> Side | None:
    """The side for which the person may act today; the shop's own people are never the department's."""
    if shops.can_act_for(actor, negotiation.seller):
        return Side.SELLER
    return Side.BUYER if can_open(actor, negotiation.request, day) else None


def has_turn(negotiation: Negotiation, side: Side | None) -> bool:
    return side is not None and TURNS.get(NegotiationState(negotiation.state)) == side


def is_silent(negotiation: Negotiation, now: datetime) -> bool:
    """Whether the side whose turn it is let its time pass."""
    return negotiation.state in LIVE and clock.is_over(negotiation.due_at, now)


def can_stop(negotiation: Negotiation, side: Side | None, now: datetime) -> bool:
    """In one's turn, or after the other side's silence; the department takes back its own offer also before it, unless
    it has to negotiate with this seller. Three queries at most, for the comparison of the request."""
    if side is None or negotiation.state not in LIVE:
        return False
    if has_turn(negotiation, side) or is_silent(negotiation, now):
        return True
    return side == Side.BUYER and not results.is_compulsory(sheets.kept(negotiation.request), negotiation.seller_id)
