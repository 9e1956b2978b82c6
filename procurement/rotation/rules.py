"""Who takes part in a draw of turns, with which weight, and how long its list is published before it."""

from epeken.core.rules import Count, Days, Rate, Rupiah, Text, WorkingDays

LEAST = Count("rotation.owners_least")  # owners equally able; fewer are chosen among by comparing
MOST = Rupiah("rotation.most")  # goods up to which a purchase is routine
BAND = Rate("rotation.price_band")  # part of the lowest cost above it up to which offers are equal
WEIGHT = Count("rotation.weight")  # of an owner without an order; divided by one more than its orders
WAIT = WorkingDays("rotation.wait_days")  # the list is published so long before the draw
AGAIN = Days("rotation.again_days")  # a result that was not followed bars another draw so long
PUBLIC_VALUE = Text("rotation.public_value")  # what enters the seed and nobody chooses, as published
