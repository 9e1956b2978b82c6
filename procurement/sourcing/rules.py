"""Plans of a purchase over several sellers."""

from epeken.core.rules import Rate

PRICE_STEP = Rate("purchase.plan_price_step")  # prices that differ by less than this part of the lowest are equal
