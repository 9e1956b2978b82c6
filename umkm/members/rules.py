"""How many people help in a shop, and how long they have to answer."""

from epeken.core.rules import Count, Days

MOST = Count("seller.helpers_most")
OPEN = Days("seller.invitation_days")
TEXTS = Count("seller.invitation_texts")  # of one person in a day, to numbers that may be anybody's
