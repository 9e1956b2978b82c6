"""Registration of sellers."""

from epeken.core.rules import Days, Text, WorkingDays

VERIFICATION = WorkingDays("seller.verification_days")
KEPT_AFTER_REJECTION = Days("seller.rejected_keep_days")  # documents serve for a new try so long
OFFICE = Text("office.name")  # the department that looks after the sellers
