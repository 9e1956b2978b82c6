"""Windows and thresholds of the guards."""

from epeken.core.rules import Days

SPLIT_WINDOW = Days("purchase.split_window_days")  # purchases this many days apart are looked at together
