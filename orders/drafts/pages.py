"""The page that works without network: the deliveries a person hands over or receives."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import Coalesce

from epeken.core import clock
from epeken.users.models import User
from orders.deliveries import policies
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.drafts.forms import OfflineInspectForm, OfflineMissingForm
from orders.orders.policies import is_seller_of
from orders.pins.pages import PinCard, card_of
from procurement.agencies.policies import places

MOST = 60


@dataclass(frozen=True)
class OfflineCard:
    """One delivery. Forms are None for the seller, who shows it; whether the act is open is judged when it comes."""

    delivery: Delivery
    sells: bool
    arrives: bool
    missing: OfflineMissingForm | None
    missing_from: datetime | None  # until then the goods are awaited, and `missing` is not yet offered
    inspection: OfflineInspectForm | None
    inspects_after_arrival: bool  # a department's: its arrival is recorded, or written on the phone, before
    pin: PinCard | None


def person_token(user: User) -> str:
    """Tells drafts of one phone's people apart. No secret, so that drafts outlive a change of the installation's."""
    return f"akun-{user.pk}"


def cards_of(user: User, now: datetime) -> list[OfflineCard]:
    """On their way, for whatever day they are promised (they may come before it), or there; the earliest first. A
    number of statements that does not grow with them, so another side of the purchase that keeps a receiver from it is
    found when the draft comes."""
    day = clock.local_date(now)
    cards = [_card(user, delivery, day) for delivery in _open(user, day)]
    return [card for card in cards if card is not None]


def layout_of(user: User, cards: list[OfflineCard], day: date) -> str:
    if any(not card.sells and card.delivery.order.agency_id for card in cards) or places(user, day):
        return "layouts/agency.html"
    return "layouts/seller.html" if any(card.sells for card in cards) else "layouts/public.html"


def _open(user: User, day: date) -> list[Delivery]:
    found = Delivery.objects.visible_to(user, day).filter(state__in=(DeliveryState.SHIPPED, DeliveryState.ARRIVED))
    rows = found.select_related("order__seller", "order__agency", "order__request", "order__delivery_kelurahan")
    rows = rows.order_by(Coalesce("promised_at", "order__deliver_at"), "pk")
    return list(rows.prefetch_related("lines__order_line", "order__lines")[:MOST])


def _card(user: User, delivery: Delivery, day: date) -> OfflineCard | None:
    order = delivery.order
    if is_seller_of(user, order):
        shown = delivery.state == DeliveryState.SHIPPED
        return OfflineCard(delivery, True, False, None, None, None, False, None) if shown else None
    if not policies.has_receiver_role(user, order, day):
        return None
    on_its_way = delivery.state == DeliveryState.SHIPPED
    # What waits in the shop did not "not come": its seller says that nobody fetched it.
    can_miss = on_its_way and not policies.is_unfetched(order, delivery)
    return OfflineCard(
        delivery=delivery,
        sells=False,
        arrives=on_its_way,
        missing=OfflineMissingForm(delivery) if can_miss else None,
        missing_from=policies.missing_from(order, delivery) if can_miss else None,
        inspection=OfflineInspectForm(delivery, policies.photos_wanted(delivery, order, day)),
        inspects_after_arrival=on_its_way and not policies.is_inspected_unreported(user, order),
        pin=card_of(delivery, receives=True),
    )
