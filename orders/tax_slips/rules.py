"""Object codes and numbers of bukti potong, by the tax period. PPN has none: its tax invoice is the seller's."""

from epeken.core.rules import Count, Text
from orders.billing.states import TaxKind

OBJECTS = {
    TaxKind.PPH22: Text("tax.object_code_pph22"),
    TaxKind.PPH22_FINAL: Text("tax.object_code_final"),
    TaxKind.PPH23: Text("tax.object_code_pph23"),
}
# The last day to make one, of the month after the period.
MONTH_DAY = Count("tax.slip_month_day")
NUMBER_LENGTH = Count("tax.slip_number_length")
