"""How long a seller is asked, and how long a treasurer looks for money that did not come."""

from epeken.core.rules import WorkingDays

BAST = WorkingDays("bast.confirm_days")
RECEIPT = WorkingDays("payment.confirm_days")
TRACE = WorkingDays("payment.trace_days")
