"""The end of the budget year: when its open commitments are listed, who is asked how long, what ends with it.

Source: PP 12/2019 (a budget holds from 1 January to 31 December).
"""

from epeken.core.rules import Days, Text, WorkingDays
from orders.year_end.states import LatePayment

LISTED = Days("year_end.list_days")  # so many days before 31 December the list opens
DECIDE = WorkingDays("year_end.decide_days")  # for the PPK to decide, then for the head
CLIMB = WorkingDays("year_end.climb_days")
LAST_SENT = Days("year_end.last_sent_days")  # goods leave at the latest so many days before the end of 31 December
LATE_PAYMENT = Text("year_end.late_payment", choices=frozenset(LatePayment.values))
