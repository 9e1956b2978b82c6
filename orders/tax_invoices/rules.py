"""What the number of a tax invoice looks like, by the day of the tax invoice."""

from epeken.core.rules import Count, Text

DIGITS = Count("tax_invoice.digits")
COLLECTED_CODE = Text("tax_invoice.collected_code")  # its first two digits where a treasurer collects the PPN
