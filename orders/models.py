"""Django looks here for the models of the app; they lie with their nouns."""

from orders.addenda.models import Addendum, AddendumEvent, AddendumLine
from orders.attestations.models import Attestation, DailySeal
from orders.billing.models import (
    Commitment,
    CommitmentEvent,
    Invoice,
    InvoiceCheck,
    InvoiceEvent,
    InvoiceSeller,
    InvoiceTaxPaper,
    Payment,
    TaxExemption,
    TaxLine,
    TaxRate,
)
from orders.cancellations.models import Cancellation, CancellationEvent
from orders.carts.models import Cart, CartLine
from orders.compensations.models import (
    Compensation,
    CompensationEvent,
    CompensationPayment,
    CompensationReversal,
    CompensationReversalEvent,
)
from orders.confirmations.models import SellerConfirmation, SellerConfirmationEvent
from orders.deliveries.models import Delivery, DeliveryEvent, DeliveryLine, InspectionPhoto
from orders.disputes.models import Dispute, DisputeEvent, DisputeOffer, DisputePhoto
from orders.documents.models import Attachment, Document, DocumentSignature, SlotRule, SlotWaiver
from orders.drafts.models import DraftedAct
from orders.ladder.models import LateStep
from orders.orders.models import Order, OrderBuyer, OrderEvent, OrderLine, OrderSeller
from orders.photo_places.models import PhotoPlace, PlaceConsent
from orders.remedies.models import Remedy, RemedyEvent
from orders.reversals.models import PaymentReversal, PaymentReversalEvent
from orders.schedules.models import DueAmount, DueDay
from orders.tax_decisions.models import TaxDecision
from orders.tax_deposits.models import DepositedTax, TaxDeposit
from orders.tax_invoices.models import TaxInvoice
from orders.tax_slips.models import TaxSlip, TaxSlipLine
from orders.year_end.models import CarriedCharge, CarriedDebt, YearEndDecision

__all__ = [
    "Addendum",
    "AddendumEvent",
    "AddendumLine",
    "Attachment",
    "Attestation",
    "Cancellation",
    "CancellationEvent",
    "CarriedCharge",
    "CarriedDebt",
    "Cart",
    "CartLine",
    "Commitment",
    "CommitmentEvent",
    "Compensation",
    "CompensationEvent",
    "CompensationPayment",
    "CompensationReversal",
    "CompensationReversalEvent",
    "DailySeal",
    "Delivery",
    "DeliveryEvent",
    "DeliveryLine",
    "DepositedTax",
    "Dispute",
    "DisputeEvent",
    "DisputeOffer",
    "DisputePhoto",
    "Document",
    "DocumentSignature",
    "DraftedAct",
    "DueAmount",
    "DueDay",
    "InspectionPhoto",
    "Invoice",
    "InvoiceCheck",
    "InvoiceEvent",
    "InvoiceSeller",
    "InvoiceTaxPaper",
    "LateStep",
    "Order",
    "OrderBuyer",
    "OrderEvent",
    "OrderLine",
    "OrderSeller",
    "Payment",
    "PaymentReversal",
    "PaymentReversalEvent",
    "PhotoPlace",
    "PlaceConsent",
    "Remedy",
    "RemedyEvent",
    "SellerConfirmation",
    "SellerConfirmationEvent",
    "SlotRule",
    "SlotWaiver",
    "TaxDecision",
    "TaxDeposit",
    "TaxExemption",
    "TaxInvoice",
    "TaxLine",
    "TaxRate",
    "TaxSlip",
    "TaxSlipLine",
    "YearEndDecision",
]
