"""Django looks here for the models of the app; they lie with their nouns."""

from umkm.appeals.models import Appeal, AppealEvent, AppealPhoto
from umkm.area_checks.models import AreaCheck, AreaCheckEvent, AreaPosting, AreaStage, VisitPhoto
from umkm.assisted.models import AssistedRegistration, AssistedRegistrationEvent
from umkm.automatic.models import AutomaticDecision
from umkm.catalogue.models import (
    Category,
    ChangeProposal,
    PriceChange,
    Product,
    ProductEvent,
    ProductPhoto,
    ProposalEvent,
    TierChange,
)
from umkm.consents.models import Consent, ProcessingPurpose
from umkm.discovery.models import SearchWord, Synonym
from umkm.exposure.models import ExposureDay, Standing, StandingEdition
from umkm.identity.models import IdentityChange, IdentityChangeEvent, IdentityCheck, IdentityValue
from umkm.imports.models import GoodsImport, GoodsImportEvent, GoodsImportProblem, GoodsImportRow
from umkm.members.models import MemberInvitation, MemberInvitationEvent
from umkm.owners.models import Owner, SeparatedTie, TurnoverEntry, TurnoverMonth
from umkm.price_standards.models import PriceDecree, StandardMatch, StandardPrice
from umkm.requirements.models import (
    Requirement,
    RequirementFinding,
    RequirementWaiver,
    RequirementWaiverEvent,
)
from umkm.sanctions.models import Sanction, SanctionEvent
from umkm.seller_imports.models import SellerImport, SellerImportEvent, SellerImportProblem, SellerImportRow
from umkm.sellers.models import FoodCourt, Seller, SellerEvent, SellerMember
from umkm.separations.models import SeparationPhoto, SeparationRequest, SeparationRequestEvent
from umkm.stock.models import CapacityDay, CapacityEntry, StockEntry
from umkm.tax_papers.models import TaxPaper, TaxPaperEvent
from umkm.variants.models import ProductGroup
from umkm.verification.models import (
    CaseCheck,
    CaseEvent,
    CaseRemark,
    CaseValue,
    DocumentView,
    SellerDocument,
    VerificationCase,
)

__all__ = [
    "Appeal",
    "AppealEvent",
    "AppealPhoto",
    "AreaCheck",
    "AreaCheckEvent",
    "AreaPosting",
    "AreaStage",
    "AssistedRegistration",
    "AssistedRegistrationEvent",
    "AutomaticDecision",
    "CapacityDay",
    "CapacityEntry",
    "CaseCheck",
    "CaseEvent",
    "CaseRemark",
    "CaseValue",
    "Category",
    "ChangeProposal",
    "Consent",
    "DocumentView",
    "ExposureDay",
    "FoodCourt",
    "GoodsImport",
    "GoodsImportEvent",
    "GoodsImportProblem",
    "GoodsImportRow",
    "IdentityChange",
    "IdentityChangeEvent",
    "IdentityCheck",
    "IdentityValue",
    "MemberInvitation",
    "MemberInvitationEvent",
    "Owner",
    "PriceChange",
    "PriceDecree",
    "ProcessingPurpose",
    "Product",
    "ProductEvent",
    "ProductGroup",
    "ProductPhoto",
    "ProposalEvent",
    "Requirement",
    "RequirementFinding",
    "RequirementWaiver",
    "RequirementWaiverEvent",
    "Sanction",
    "SanctionEvent",
    "SearchWord",
    "Seller",
    "SellerDocument",
    "SellerEvent",
    "SellerImport",
    "SellerImportEvent",
    "SellerImportProblem",
    "SellerImportRow",
    "SellerMember",
    "SeparatedTie",
    "SeparationPhoto",
    "SeparationRequest",
    "SeparationRequestEvent",
    "StandardMatch",
    "StandardPrice",
    "Standing",
    "StandingEdition",
    "StockEntry",
    "Synonym",
    "TaxPaper",
    "TaxPaperEvent",
    "TierChange",
    "TurnoverEntry",
    "TurnoverMonth",
    "VerificationCase",
    "VisitPhoto",
]
