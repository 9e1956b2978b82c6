"""The dated rule of ceilings."""

from epeken.core.rules import Rupiah

# A new or raised ceiling of a file above this is asked about once more: a slip of the hand adds three zeros.
ASKED_ABOVE = Rupiah("budget.asked_above")
