"""Time to decide on a reversal, and how long the books of a year stay open for one."""

from epeken.core.rules import Days, WorkingDays

DECIDED_WITHIN = WorkingDays("payment.reversal_days")
BOOKS_OPEN = Days("payment.reversal_year_days")  # calendar days after 31 December
