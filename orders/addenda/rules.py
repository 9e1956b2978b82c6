"""Time to answer a proposed change (never past the moments it is about), and how much a contract may grow."""

from epeken.core.rules import Rate, WorkingDays

ANSWER = WorkingDays("addendum.answer_days")
MOST_MORE = Rate("addendum.most_more")  # of the sum of the surat pesanan as it was issued
