from orders.models.bills import Bill, BillEvent, Payment, TaxLine, TaxRate
from orders.models.carts import Cart, CartLine
from orders.models.disputes import Dispute, DisputeEvent
from orders.models.documents import Attachment, Document
from orders.models.orders import Order, OrderEvent, OrderLine
from orders.models.receipts import InspectionPhoto, Receipt, ReceiptEvent, ReceiptLine

__all__ = [
    "Attachment",
    "Bill",
    "BillEvent",
    "Cart",
    "CartLine",
    "Dispute",
    "DisputeEvent",
    "Document",
    "InspectionPhoto",
    "Order",
    "OrderEvent",
    "OrderLine",
    "Payment",
    "Receipt",
    "ReceiptEvent",
    "ReceiptLine",
    "TaxLine",
    "TaxRate",
]
