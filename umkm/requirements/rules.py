"""How long a shop is excused at most, and when it hears of the end."""

from epeken.core.rules import Days

MOST = Days("waiver.most_days")
# Days before the end, the earliest notice first.
NOTICES = (Days("waiver.first_notice_days"), Days("waiver.last_notice_days"))
