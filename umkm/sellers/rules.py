"""Registration of sellers."""

from epeken.core.rules import Days, Text, WorkingDays

VERIFICATION = WorkingDays("seller.verification_days")
KEPT_AFTER_REJECTION = Days("seller.rejected_keep_days")  # documents serve for a new try so long
DESTROYED_AFTER_REJECTION = Days("seller.rejected_destroyed_days")
DESTROYED_AFTER_LEAVING = Days("seller.left_destroyed_days")
IDLE = Days("seller.idle_draft_days")  # a registration nobody goes on with is kept so long
IDLE_NOTICE = Days("seller.idle_notice_days")  # its applicant is told so long before
RETURN = Days("seller.return_days")  # who left comes back so long without registering anew
OFFICE = Text("office.name")  # the department that looks after the sellers
