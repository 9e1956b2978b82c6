"""How long sellers have to offer, and how long the department then has to decide."""

from epeken.core.rules import Hours, WorkingDays

OPEN = Hours("quotation.open_hours")  # from publication to the end of the time for offers, at least
DECIDE = WorkingDays("quotation.decide_days")  # from the opening; then it ends without an award
