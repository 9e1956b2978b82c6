"""The dated rules of the app's nouns, found by core at the start."""

from orders.addenda import rules as addenda
from orders.billing import rules as billing
from orders.cancellations import rules as cancellations
from orders.carts import rules as carts
from orders.confirmations import rules as confirmations
from orders.deliveries import rules as deliveries
from orders.disputes import rules as disputes
from orders.ladder import rules as ladder
from orders.orders import rules as orders
from orders.reversals import rules as reversals
from orders.tax_deposits import rules as tax_deposits
from orders.tax_invoices import rules as tax_invoices
from orders.tax_slips import rules as tax_slips
from orders.year_end import rules as year_end

__all__ = [
    "addenda",
    "billing",
    "cancellations",
    "carts",
    "confirmations",
    "deliveries",
    "disputes",
    "ladder",
    "orders",
    "reversals",
    "tax_deposits",
    "tax_invoices",
    "tax_slips",
    "year_end",
]
