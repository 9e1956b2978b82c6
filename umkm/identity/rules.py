"""Changes of a shop's identity."""

from epeken.core.rules import Days, Hours, WorkingDays

REVIEW = WorkingDays("seller.change_days")
DELAY = Hours("seller.change_hold_hours")  # bills and payments keep the old account so long after the approval
OFFER = Days("seller.transfer_offer_days")  # so long a shop is offered to who is to own it
DENIAL = Days("seller.change_denial_days")  # so long a change in force can still be denied
