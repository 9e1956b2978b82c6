"""The PIN of a delivery: six digits the receiving side reads out when the goods stand before it.

Nothing of it is stored: it follows from the secret of the installation, the delivery and the turn, so it differs from
one delivery to the next and after each renewal. Nobody reads it who only sees the table.
"""

import hmac

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from epeken.core import clock
from orders.deliveries import rules
from orders.deliveries.models import Delivery

DIGITS = 6


def pin_of(delivery: Delivery) -> str:
    digest = salted_hmac("orders.pins", f"{delivery.pk}:{delivery.pin_turn}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}d}"


def is_right(delivery: Delivery, typed: str) -> bool:
    return hmac.compare_digest(pin_of(delivery).encode(), typed.encode())


def tries_left(delivery: Delivery) -> int:
    """As many as were allowed on the day the goods left, less the wrong ones."""
    return max(rules.PIN_TRIES.on(clock.local_date(delivery.shipped_at)) - delivery.pin_misses, 0)


def arrival_url(delivery: Delivery) -> str:
    """What the QR code of a packing slip leads to. It opens nothing by itself: the page asks who one is."""
    path = reverse("orders:delivery-arrive", args=[delivery.order.number, delivery.number])
    return f"{settings.SITE_URL.rstrip('/')}{path}"
