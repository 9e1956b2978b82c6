"""How long attention counts, and how long its figures are kept."""

from epeken.core.rules import Days

WINDOW_DAYS = Days("exposure.window_days")  # attention and orders of so many days are compared
KEEP_DAYS = Days("exposure.keep_days")  # figures of a day are deleted after so many
