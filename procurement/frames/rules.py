"""How long a frame holds at least."""

from epeken.core.rules import Days

LEAST = Days("purchase.frame_least_days")  # first and last day counted
