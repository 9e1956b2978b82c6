"""How long a frame holds at least, and how long its head has to sign it."""

from epeken.core.rules import Days, WorkingDays

LEAST = Days("purchase.frame_least_days")  # first and last day counted
SIGN = WorkingDays("purchase.frame_sign_days")  # from the proposal; no later than the first day it holds
