"""Time to decide on a reversal and to correct a record, and how long the books of a year stay open for one."""

from epeken.core.rules import Days, WorkingDays

DECIDED_WITHIN = WorkingDays("payment.reversal_days")
# Until a payment whose record alone was wrong is to be recorded anew, counted from the first such reversal.
CORRECTED_WITHIN = WorkingDays("payment.correction_days")
BOOKS_OPEN = Days("payment.reversal_year_days")  # calendar days after 31 December
