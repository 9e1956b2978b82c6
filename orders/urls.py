"""Addresses of orders, noun by noun. Paths in Indonesian, names in English."""

from orders.addenda import urls as addenda
from orders.attestations import urls as attestations
from orders.billing import urls as billing
from orders.cancellations import urls as cancellations
from orders.carts import urls as carts
from orders.compensations import urls as compensations
from orders.confirmations import urls as confirmations
from orders.deliveries import urls as deliveries
from orders.departures import urls as departures
from orders.disputes import urls as disputes
from orders.documents import urls as documents
from orders.drafts import urls as drafts
from orders.ladder import urls as ladder
from orders.orders import urls as orders
from orders.oversight import urls as oversight
from orders.photo_places import urls as photo_places
from orders.pins import urls as pins
from orders.realisation import urls as realisation
from orders.remedies import urls as remedies
from orders.reversals import urls as reversals
from orders.sales import urls as sales
from orders.scorecards import urls as scorecards
from orders.tax_decisions import urls as tax_decisions
from orders.tax_deposits import urls as tax_deposits
from orders.tax_invoices import urls as tax_invoices
from orders.tax_slips import urls as tax_slips
from orders.year_end import urls as year_end

app_name = "orders"

urlpatterns = [
    *carts.urlpatterns,
    *orders.urlpatterns,
    *deliveries.urlpatterns,
    *pins.urlpatterns,
    *drafts.urlpatterns,
    *photo_places.urlpatterns,
    *billing.urlpatterns,
    *tax_decisions.urlpatterns,
    *tax_deposits.urlpatterns,
    *tax_invoices.urlpatterns,
    *tax_slips.urlpatterns,
    *realisation.urlpatterns,
    *sales.urlpatterns,
    *departures.urlpatterns,
    *oversight.urlpatterns,
    *scorecards.urlpatterns,
    *ladder.urlpatterns,
    *year_end.urlpatterns,
    *disputes.urlpatterns,
    *remedies.urlpatterns,
    *reversals.urlpatterns,
    *confirmations.urlpatterns,
    *cancellations.urlpatterns,
    *compensations.urlpatterns,
    *addenda.urlpatterns,
    *attestations.urlpatterns,  # before the code of a document
    *documents.urlpatterns,
]
