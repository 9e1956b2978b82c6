"""Payment, who approves it, stamp duty and who collects tax."""

from epeken.core.rules import Rupiah, Text, WorkingDays
from orders.billing.states import TaxRegime
from procurement.agencies.states import OfficerRole

PAYMENT = WorkingDays("invoice.payment_days")  # counted from the BAST
# Who approves a payment before the treasurer makes it: the head (PA/KPA), or the PPK.
APPROVER = Text("payment.approver", choices=frozenset({OfficerRole.HEAD.value, OfficerRole.PPK.value}))
EMETERAI_ABOVE = Rupiah("invoice.emeterai_above")
REGIME = Text("tax.regime", choices=frozenset(TaxRegime.values))
