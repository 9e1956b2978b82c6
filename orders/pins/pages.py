"""What the order's page says about the PIN of a delivery."""

from dataclasses import dataclass

from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.pins import pins


@dataclass(frozen=True)
class PinCard:
    """For the receiving side. `said`: in two groups, as it is read out; "" while it is closed by wrong tries."""

    said: str
    turn: int


def card_of(delivery: Delivery, *, receives: bool) -> PinCard | None:
    """None for everybody else, and when the delivery is no longer on its way."""
    if not receives or delivery.state != DeliveryState.SHIPPED:
        return None
    pin = pins.pin_of(delivery) if pins.tries_left(delivery) else ""
    return PinCard(f"{pin[:3]} {pin[3:]}".strip(), delivery.pin_turn)
