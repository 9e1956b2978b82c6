"""What the head of a seller's page says of whether the shop is open."""

from dataclasses import dataclass
from typing import Any

from django import template

from epeken.core import clock
from umkm.sellers import hours
from umkm.sellers.models import Seller
from umkm.sellers.policies import can_act_for
from umkm.sellers.states import SellerState

register = template.Library()


@dataclass(frozen=True)
class ShopSwitch:
    """`act`: what the button does, `tutup`, `buka`, or "" while the shop is closed anyway for the rest of the day."""

    shop: Seller
    opening: hours.Opening
    act: str


@register.simple_tag
def shop_switch(memberships: Any, seller: Any = None) -> ShopSwitch | None:
    """Of the shop the page is about, else of the person's own; None of one they do not run or that does not sell now.
    One query where the page has not asked for their shops yet, and one of a stall for its food court."""
    shop = seller if isinstance(seller, Seller) else getattr(memberships, "seller", None)
    if shop is None or shop.state != SellerState.ACTIVE or not can_act_for(memberships.user, shop):
        return None
    now = clock.now()
    act = "tutup" if hours.can_close_today(shop, now) else ""
    if hours.holiday_words(shop, now):
        act = "buka"
    return ShopSwitch(shop, hours.opening_of(shop, now), act)
