"""The page that works without network: the deliveries a person hands over or receives today."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from epeken.core import clock
from epeken.users.models import User
from orders.deliveries import policies
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.drafts.forms import OfflineInspectForm, OfflineMissingForm
from orders.orders.policies import is_seller_of
from orders.pins.pages import PinCard, card_of

MOST = 60


@dataclass(frozen=True)
class OfflineCard:
    """One delivery. Forms are None for the seller, who shows it; whether the act is open is judged when it comes."""

    delivery: Delivery
    sells: bool
    arrives: bool
    missing: OfflineMissingForm | None
    inspection: OfflineInspectForm | None
    pin: PinCard | None


def person_token(user: User) -> str:
    """Tells drafts of one phone's people apart. No secret, so that drafts outlive a change of the installation's."""
    return f"akun-{user.pk}"


def cards_of(user: User, now: datetime) -> list[OfflineCard]:
    """On their way or there, and due until the end of the day; the earliest first. A number of statements that does not
    grow with them, so another side of the purchase that keeps a receiver from it is found when the draft comes."""
    day = clock.local_date(now)
    cards = [_card(user, delivery, day) for delivery in _due(user, now)]
    return [card for card in cards if card is not None]


def _due(user: User, now: datetime) -> list[Delivery]:
    day = clock.local_date(now)
    night = clock.end_of(day)
    due = clock.over("promised_at", night) | (Q(promised_at__isnull=True) & clock.over("order__deliver_at", night))
    found = Delivery.objects.visible_to(user, day).filter(
        due | Q(state=DeliveryState.ARRIVED), state__in=(DeliveryState.SHIPPED, DeliveryState.ARRIVED)
    )
    rows = found.select_related("order__seller", "order__agency", "order__request", "order__delivery_kelurahan")
    return list(rows.prefetch_related("lines__order_line", "order__lines").order_by("order__deliver_at", "pk")[:MOST])


def _card(user: User, delivery: Delivery, day: date) -> OfflineCard | None:
    order = delivery.order
    if is_seller_of(user, order):
        shown = delivery.state == DeliveryState.SHIPPED
        return OfflineCard(delivery, True, False, None, None, None) if shown else None
    if not policies.has_receiver_role(user, order, day):
        return None
    on_its_way = delivery.state == DeliveryState.SHIPPED
    return OfflineCard(
        delivery=delivery,
        sells=False,
        arrives=on_its_way,
        missing=OfflineMissingForm(delivery) if on_its_way else None,
        inspection=OfflineInspectForm(delivery, policies.photos_wanted(delivery, order, day)),
        pin=card_of(delivery, receives=True),
    )
