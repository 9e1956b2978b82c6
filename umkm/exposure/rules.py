"""How long attention counts, how long its figures are kept, and within which bounds it moves a shop."""

from epeken.core.rules import Count, Days, Rate

WINDOW_DAYS = Days("exposure.window_days")  # attention and orders of so many days are compared
KEEP_DAYS = Days("exposure.keep_days")  # figures of a day are deleted after so many

LIFT = Rate("exposure.lift")  # the most by which a shop below an even part is lifted
ORDERS_PART = Rate("exposure.orders_part")  # of the lift, for missing orders; the rest is for missing attention
CONDUCT_DAYS = Days("exposure.conduct_days")  # orders of so many days tell whether a shop keeps its promises
CONDUCT_PRIOR = Rate("exposure.conduct_prior")  # part of promises kept by a shop of which nothing is known
CONDUCT_WEIGHT = Count("exposure.conduct_weight")  # as if from so many orders
TAPER = Rate("exposure.taper")  # what remains of a level at a full cap
REPLAY_DAYS = Days("exposure.replay_days")  # the figures behind levels are kept for so long
