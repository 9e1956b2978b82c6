"""Django looks here for the models of the app; they lie with their nouns."""

from procurement.agencies.models import Agency, AgencyMember
from procurement.budgets.models import Account, BudgetEntry, BudgetLine, CeilingRevision
from procurement.guards.models import AccountGoods, GuardFinding
from procurement.negotiations.models import Negotiation, NegotiationEvent, NegotiationRound, RoundPrice
from procurement.requests.models import PurchaseRequest, RequestEvent, RequestLine, RequestSeller
from procurement.sourcing.models import ComparisonSheet, SheetGoods, SheetOffer

__all__ = [
    "Account",
    "AccountGoods",
    "Agency",
    "AgencyMember",
    "BudgetEntry",
    "BudgetLine",
    "CeilingRevision",
    "ComparisonSheet",
    "GuardFinding",
    "Negotiation",
    "NegotiationEvent",
    "NegotiationRound",
    "PurchaseRequest",
    "RequestEvent",
    "RequestLine",
    "RequestSeller",
    "RoundPrice",
    "SheetGoods",
    "SheetOffer",
]
