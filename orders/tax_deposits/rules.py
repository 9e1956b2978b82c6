"""What the treasurer deposits with, how its numbers look, and until when, by the tax period (masa)."""

from epeken.core.rules import Count, Days, Text
from orders.billing.states import TaxKind

# Kode akun pajak and kode jenis setoran, written "411122-920".
CODES = {
    TaxKind.PPH22: Text("tax.deposit_code_pph22"),
    TaxKind.PPH22_FINAL: Text("tax.deposit_code_final"),
    TaxKind.PPH23: Text("tax.deposit_code_pph23"),
    TaxKind.PPN: Text("tax.deposit_code_ppn"),
}
NTPN_LENGTH = Count("tax.ntpn_length")
BILLING_DIGITS = Count("tax.billing_code_digits")
# The last day, of the month after the period.
MONTH_DAY = Count("tax.deposit_month_day")
# What is collected (PPH 22, PPN): days after the payment; 0 where it ends with the other kinds.
COLLECTED_DAYS = Days("tax.deposit_collected_days")
