"""Django looks here for the admin of the app; it lies with its nouns."""

from orders.addenda import admin as addenda
from orders.billing import admin as billing
from orders.cancellations import admin as cancellations
from orders.compensations import admin as compensations
from orders.confirmations import admin as confirmations
from orders.deliveries import admin as deliveries
from orders.disputes import admin as disputes
from orders.documents import admin as documents
from orders.ladder import admin as ladder
from orders.orders import admin as orders
from orders.remedies import admin as remedies
from orders.reversals import admin as reversals

__all__ = [
    "addenda",
    "billing",
    "cancellations",
    "compensations",
    "confirmations",
    "deliveries",
    "disputes",
    "documents",
    "ladder",
    "orders",
    "remedies",
    "reversals",
]
