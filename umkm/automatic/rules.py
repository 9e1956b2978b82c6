"""When goods of a trusted shop are let on show without a curator."""

from epeken.core.rules import Count, Days, Rate

NEW_GOODS = Count("automatic.new_goods")  # 1: also goods nobody has seen yet; 0: they wait for a curator
CHANGES = Count("automatic.changes")  # 1: also changes of goods on show; 0: they wait for a curator
SHOP_DAYS = Days("automatic.shop_days")  # a shop is approved for at least so long
CLEAN_DAYS = Days("automatic.clean_days")  # and was neither frozen nor refused anything for so long
SEEN_LEAST = Count("automatic.seen_least")  # and has at least so many goods a curator approved
PRICE_RISE = Rate("automatic.price_rise")  # above the price a curator last let on show
SAMPLE_EVERY = Count("automatic.sample_every")  # one in so many is looked at afterwards
