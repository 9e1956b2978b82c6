"""Windows and thresholds of the guards."""

from epeken.core.rules import Days, Rate, WorkingDays

SPLIT_WINDOW = Days("purchase.split_window_days")  # purchases this many days apart are looked at together
# Goods come so long before the end of the budget year, to be paid in it.
YEAR_END = WorkingDays("purchase.year_end_days")
SMALL_SHARE = Rate("purchase.small_share")  # at least so much of the year's budget goes to micro and small businesses
