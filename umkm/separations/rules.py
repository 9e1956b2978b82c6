"""How long who decides on a separation has."""

from epeken.core.rules import WorkingDays

OFFICER = WorkingDays("seller.separation_officer_days")
HEAD = WorkingDays("seller.separation_head_days")
