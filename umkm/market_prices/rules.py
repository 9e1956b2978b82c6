"""From how many owners a reference is drawn, which offers count, and how far above it a price is told."""

from epeken.core.rules import Count, Days, Rate

OWNERS_LEAST = Count("market.owners_least")  # other owners; of fewer there is no reference
SETTLED = Days("market.settled_days")  # so long goods are on show, and a higher price holds, before they count
AMBER_ABOVE = Rate("market.amber_above")  # part of the reference above it from which a price is told
RED_ABOVE = Rate("market.red_above")  # from which an office answers for it
