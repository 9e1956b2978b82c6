"""An arrival recorded by the seller with the PIN of the receiving side, and another PIN after too many wrong ones."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.services import service
from epeken.users.models import User
from orders.deliveries import policies as deliveries_policies
from orders.deliveries.arriving import arrive
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.pins import pins


@service
def arrive_by_pin(*, actor: User, delivery: Delivery, pin: str, now: datetime) -> Delivery:
    """With the right PIN the goods are there: handed to whoever read it out, not yet inspected and not handed over in
    the sense of a BAST. A wrong one is counted and the delivery comes back as it was, so that the count stands; after
    too many none is right any more until the receiving side makes another. The receiving side's own ways stay open.

    Recorded already by PIN: a second click changes nothing.
    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order, Delivery.
    """
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    if not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(_("PIN penerima diketik oleh penjual pesanan ini atau yang mengantar untuknya."))
    if delivery.state == DeliveryState.ARRIVED and delivery.is_arrived_by_pin:
        return delivery
    if delivery.state != DeliveryState.SHIPPED:
        raise InvalidMove(_("PIN hanya berlaku selama kiriman dalam perjalanan. Lihat keadaannya di halaman pesanan."))
    if not pins.tries_left(delivery):
        raise RuleBroken(
            _("PIN ditutup karena terlalu sering salah. Minta penerima membuat PIN baru, atau mencatatnya sendiri."),
            field="pin",
            code="pin_closed",
        )
    if not pins.is_right(delivery, pin):
        Delivery.objects.filter(pk=delivery.pk).update(pin_misses=F("pin_misses") + 1)
        delivery.pin_misses += 1
        return delivery
    return arrive(delivery, order, actor=actor, now=now, by_pin=True)


@service
def renew_pin(*, actor: User, delivery: Delivery, turn: int, now: datetime) -> Delivery:
    """Another PIN counts, with all its tries. `turn`: of the PIN the page showed, so a second click renews nothing.

    Raises: NotAllowed, InvalidMove. Locks: Order, Delivery.
    """
    order = Order.objects.locked().get(pk=delivery.order_id)
    delivery = Delivery.objects.locked().get(pk=delivery.pk)
    if not deliveries_policies.can_receive(actor, order, clock.local_date(now)):
        raise NotAllowed(_("PIN dibuat oleh penerima barang."))
    if delivery.state != DeliveryState.SHIPPED:
        raise InvalidMove()
    if delivery.pin_turn == turn:
        delivery.pin_turn, delivery.pin_misses = turn + 1, 0
        delivery.save(update_fields=["pin_turn", "pin_misses"])
    return delivery
