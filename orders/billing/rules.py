"""Payment, stamp duty and who collects tax."""

from epeken.core.rules import Rupiah, Text, WorkingDays
from orders.billing.states import TaxRegime

PAYMENT = WorkingDays("invoice.payment_days")  # counted from the BAST
EMETERAI_ABOVE = Rupiah("invoice.emeterai_above")
REGIME = Text("tax.regime", choices=frozenset(TaxRegime.values))
