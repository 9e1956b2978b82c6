"""Registration of sellers."""

from epeken.core.rules import Text, WorkingDays

VERIFICATION = WorkingDays("seller.verification_days")
OFFICE = Text("office.name")  # the department that looks after the sellers
