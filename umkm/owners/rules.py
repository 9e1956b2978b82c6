"""The monthly cap on what one owner sells."""

from epeken.core.rules import Rate, Rupiah

CAP = Rupiah("seller.cap_monthly")
WARN_SHARE = Rate("seller.cap_warn_share")  # part of the cap from which the seller is warned
