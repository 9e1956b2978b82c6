"""Registration of sellers."""

from epeken.core.rules import Days, Text, WorkingDays

VERIFICATION = WorkingDays("seller.verification_days")
KEPT_AFTER_REJECTION = Days("seller.rejected_keep_days")  # documents serve for a new try so long
DESTROYED_AFTER_REJECTION = Days("seller.rejected_destroyed_days")
DESTROYED_AFTER_LEAVING = Days("seller.left_destroyed_days")
RETURN = Days("seller.return_days")  # who left comes back so long without registering anew
OFFICE = Text("office.name")  # the department that looks after the sellers
