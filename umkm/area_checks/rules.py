"""How long what an area found right holds for a later round."""

from epeken.core.rules import Days

KEPT = Days("seller.area_kept_days")
