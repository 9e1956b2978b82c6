from procurement.models.agencies import Account, Agency, AgencyMember
from procurement.models.budgets import BudgetEntry, BudgetLine
from procurement.models.requests import Comparison, PurchaseRequest, RequestEvent, RequestLine, RequestSeller

__all__ = [
    "Account",
    "Agency",
    "AgencyMember",
    "BudgetEntry",
    "BudgetLine",
    "Comparison",
    "PurchaseRequest",
    "RequestEvent",
    "RequestLine",
    "RequestSeller",
]
