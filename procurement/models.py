"""Django looks here for the models of the app; they lie with their nouns."""

from procurement.agencies.models import Agency, AgencyMember
from procurement.attachments.models import RequestAttachment
from procurement.budgets.models import Account, BudgetEntry, BudgetLine, CeilingRevision
from procurement.disclosures.models import (
    Disclosure,
    DisclosureCase,
    DisclosureEvent,
    DisclosureLook,
    DisclosureMessage,
    InspectorateKey,
    InspectorateKeyEvent,
)
from procurement.frames.models import ApprovalFrame, FrameEvent, FrameGoods
from procurement.guards.models import AccountGoods, GuardFinding
from procurement.leaves.models import OfficerLeave
from procurement.negotiations.models import Negotiation, NegotiationEvent, NegotiationRound, RoundPrice
from procurement.numbering.models import NumberForm
from procurement.quotations.models import (
    Invitation,
    OfferPassing,
    OfferPrice,
    Quotation,
    QuotationAnswer,
    QuotationEvent,
    QuotationLine,
    QuotationLook,
    QuotationOffer,
    QuotationQuestion,
    QuotationSeal,
    SealedOffer,
)
from procurement.request_templates.models import RequestTemplate, TemplateLine
from procurement.requests.models import (
    CeilingAnswer,
    PurchaseRequest,
    RequestEvent,
    RequestLine,
    RequestSeller,
    RequestTakeover,
)
from procurement.rotation.models import (
    RotationDraw,
    RotationEntrant,
    RotationEvent,
    RotationPass,
    RotationPlace,
)
from procurement.schedules.models import ScheduledAmount, ScheduledDay
from procurement.signatures.models import ApprovalRule, ApprovalSignature
from procurement.sourcing.models import ComparisonSheet, SheetGoods, SheetOffer

__all__ = [
    "Account",
    "AccountGoods",
    "Agency",
    "AgencyMember",
    "ApprovalFrame",
    "ApprovalRule",
    "ApprovalSignature",
    "BudgetEntry",
    "BudgetLine",
    "CeilingAnswer",
    "CeilingRevision",
    "ComparisonSheet",
    "Disclosure",
    "DisclosureCase",
    "DisclosureEvent",
    "DisclosureLook",
    "DisclosureMessage",
    "FrameEvent",
    "FrameGoods",
    "GuardFinding",
    "InspectorateKey",
    "InspectorateKeyEvent",
    "Invitation",
    "Negotiation",
    "NegotiationEvent",
    "NegotiationRound",
    "NumberForm",
    "OfferPassing",
    "OfferPrice",
    "OfficerLeave",
    "PurchaseRequest",
    "Quotation",
    "QuotationAnswer",
    "QuotationEvent",
    "QuotationLine",
    "QuotationLook",
    "QuotationOffer",
    "QuotationQuestion",
    "QuotationSeal",
    "RequestAttachment",
    "RequestEvent",
    "RequestLine",
    "RequestSeller",
    "RequestTakeover",
    "RequestTemplate",
    "RotationDraw",
    "RotationEntrant",
    "RotationEvent",
    "RotationPass",
    "RotationPlace",
    "RoundPrice",
    "ScheduledAmount",
    "ScheduledDay",
    "SealedOffer",
    "SheetGoods",
    "SheetOffer",
    "TemplateLine",
]
