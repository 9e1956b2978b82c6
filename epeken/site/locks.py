"""The one order in which services lock rows, whatever they do: two of them never wait for each other in a circle.

Within a table rows are locked by pk (`LockingQuerySet.locked`). A hot row is locked by its conditional UPDATE. Each
service names its locks in its docstring (`Locks:`); tests/site/test_locks.py runs every service and compares.
"""

from django.db.models import Model

from epeken.notifications.models import DataBreach, NotificationDelivery, OutgoingMail, OutgoingText
from epeken.users.models import User
from orders.billing.models import Commitment, Invoice
from orders.carts.models import Cart
from orders.deliveries.models import Delivery
from orders.disputes.models import Dispute
from orders.documents.models import Document
from orders.orders.models import Order
from procurement.agencies.models import Agency, AgencyMember
from procurement.budgets.models import BudgetLine
from procurement.disclosures.models import DisclosureCase, InspectorateKey
from procurement.negotiations.models import Negotiation
from procurement.quotations.models import Quotation
from procurement.request_templates.models import RequestTemplate
from procurement.requests.models import PurchaseRequest
from procurement.rotation.models import RotationDraw
from umkm.appeals.models import Appeal
from umkm.area_checks.models import AreaCheck
from umkm.assisted.models import AssistedRegistration
from umkm.automatic.models import AutomaticDecision
from umkm.catalogue.models import Product
from umkm.discovery.models import SearchWord
from umkm.identity.models import IdentityChange
from umkm.imports.models import GoodsImport
from umkm.members.models import MemberInvitation
from umkm.owners.models import Owner, TurnoverMonth
from umkm.sanctions.models import Sanction
from umkm.seller_imports.models import SellerImport
from umkm.sellers.models import Seller
from umkm.separations.models import SeparationRequest
from umkm.tax_papers.models import TaxPaper
from umkm.verification.models import VerificationCase

LOCK_ORDER: tuple[type[Model], ...] = (
    User, Agency, AgencyMember, RequestTemplate,
    BudgetLine, Quotation, PurchaseRequest, RotationDraw, Negotiation, InspectorateKey, DisclosureCase,
    Cart, Order, Delivery, Invoice, Commitment, Dispute, Document,
    SellerImport, Seller, Sanction, VerificationCase, AreaCheck, AssistedRegistration, MemberInvitation, Appeal,
    IdentityChange, TaxPaper, SeparationRequest, Owner, TurnoverMonth, GoodsImport, Product,
    AutomaticDecision,
    SearchWord, DataBreach, NotificationDelivery, OutgoingMail, OutgoingText,
)  # fmt: skip
