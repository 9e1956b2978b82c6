"""How long a registration filled in by an officer waits for the resident."""

from epeken.core.rules import Days

OPEN = Days("seller.assisted_days")  # from its start, and anew from the first time it was handed over
REMINDED = Days("seller.assisted_reminder_days")  # after it was handed over
