"""Changes of a shop's identity."""

from epeken.core.rules import Days, Hours, WorkingDays

REVIEW = WorkingDays("seller.change_days")
DELAY = Hours("seller.change_hold_hours")  # bills and payments keep the old account so long after the approval
DENIAL = Days("seller.change_denial_days")  # so long a change in force can still be denied
