"""Curation of goods, and how long before an event a meal must be agreed."""

from epeken.core.rules import Days, Hours, Rate

REVIEW = Hours("product.review_hours")
ANSWER_FOOD_BEFORE = Days("order.answer_food_days_before")  # a meal's seller answers this many days before the event
# A price below this part of what the goods cost is asked about before it is sent, one above its inverse in a file too.
FAR_BELOW = Rate("purchase.far_below")
