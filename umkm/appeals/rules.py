"""How long one may appeal, and how long who decides it has."""

from epeken.core.rules import Days, WorkingDays

FILING = Days("seller.appeal_days")
OFFICER = WorkingDays("seller.appeal_officer_days")
HEAD = WorkingDays("seller.appeal_head_days")
