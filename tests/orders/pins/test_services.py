"""The receiving side's PIN: who may type it, for which goods, how often, and what it says."""

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.deliveries import rules
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.documents import build
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.next_step import steps_of
from orders.orders.pages.timeline import timeline
from orders.pins import pins, services
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.kept_steps import kept
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db

NOW = MONDAY + DAY + HOUR


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def sent(office: make.Office) -> Delivery:
    """All ten pieces, on the road to a department."""
    return make.shipped(make.accepted(make.make_issued(office, goods.make_product(price=10_000, on_hand=50))))


@pytest.fixture
def citizen() -> User:
    return goods.make_user()


@pytest.fixture
@kept
def brought(citizen: User) -> Delivery:
    """Two pieces, on the road to a person."""
    return make.shipped(make.accepted(make.place(citizen, (goods.make_product(price=25_000, on_hand=20), 2))[0]))


def again(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_related("order").get(pk=delivery.pk)


def wrong(delivery: Delivery) -> str:
    """Six digits that are not its PIN."""
    return f"{(int(pins.pin_of(again(delivery))) + 1) % 10**6:06d}"


def typed(delivery: Delivery, pin: str | None = None, actor: User | None = None) -> Delivery:
    pin = pins.pin_of(again(delivery)) if pin is None else pin
    actor = actor or make.member_of(delivery.order)
    return services.arrive_by_pin(actor=actor, delivery=delivery, pin=pin, now=NOW)


def closed(delivery: Delivery) -> None:
    for _n in range(rules.PIN_TRIES.on(clock.local_date(NOW))):
        assert typed(delivery, wrong(delivery)).state == DeliveryState.SHIPPED


def test_with_the_pin_the_seller_records_the_arrival_and_no_more(sent: Delivery, office: make.Office) -> None:
    arrived = typed(sent)
    assert (arrived.state, arrived.arrived_at) == (DeliveryState.ARRIVED, NOW)
    assert (arrived.is_arrived_by_pin, arrived.is_told_by_seller) == (True, False)
    assert (arrived.inspected_at, arrived.bast_number, arrived.receiver) == (None, None, None)
    event = sent.events.latest("pk")
    assert (event.action, event.actor, event.acted_as) == ("arrive", make.member_of(sent.order), "seller")
    order = Order.objects.get(pk=sent.order_id)
    titles = [row.title for row in timeline(order, steps_of(order, NOW), for_agency=True)]
    assert "Barang tiba, dicatat penjual dengan PIN penerima" in titles
    # Whoever received nothing so far may still be the one who inspects: the seller did this act.
    make.inspected(arrived, office.receiver)
    balanced()


def test_a_second_click_changes_nothing(sent: Delivery) -> None:
    pin = pins.pin_of(sent)
    assert typed(sent, pin).pk == typed(sent, pin).pk == typed(sent, "000000").pk
    assert sent.events.filter(action="arrive").count() == 1
    assert again(sent).pin_misses == 0


def test_a_wrong_pin_is_counted_and_soon_none_is_right(sent: Delivery, office: make.Office) -> None:
    closed(sent)
    refused(RuleBroken, lambda: typed(sent), code="pin_closed")
    # What the seller guesses away is the PIN alone: the receiver's own way stays.
    assert make.arrived(sent, office.receiver).state == DeliveryState.ARRIVED


def test_the_receiver_makes_another_pin(sent: Delivery, office: make.Office) -> None:
    closed(sent)
    earlier = pins.pin_of(sent)
    for _click in range(2):
        services.renew_pin(actor=office.receiver, delivery=sent, turn=0, now=NOW)
    assert (again(sent).pin_turn, again(sent).pin_misses) == (1, 0)
    assert pins.pin_of(again(sent)) != earlier
    assert typed(sent, earlier).state == DeliveryState.SHIPPED
    assert typed(sent).state == DeliveryState.ARRIVED
    refused(InvalidMove, lambda: services.renew_pin(actor=office.receiver, delivery=sent, turn=1, now=NOW))


def test_the_seller_makes_no_pin(sent: Delivery, office: make.Office) -> None:
    for who in (make.member_of(sent.order), office.requester, office.pp, goods.make_user()):
        refused(NotAllowed, lambda who=who: services.renew_pin(actor=who, delivery=sent, turn=0, now=NOW))


def test_each_delivery_of_an_order_has_its_own(office: make.Office) -> None:
    order = make.accepted(make.make_issued(office, goods.make_product(price=10_000, on_hand=50)))
    line = order.lines.get().pk
    first, second = make.shipped(order, sent={line: 3}), make.shipped(order, sent={line: 7})
    assert pins.pin_of(first) != pins.pin_of(second)
    assert typed(first, pins.pin_of(second)).state == DeliveryState.SHIPPED
    assert (again(first).pin_misses, again(second).pin_misses) == (1, 0)
    assert typed(second).state == DeliveryState.ARRIVED
    assert again(first).state == DeliveryState.SHIPPED


def test_nobody_but_the_seller_types_it(sent: Delivery, office: make.Office) -> None:
    pin = pins.pin_of(sent)
    other = make.member_of(make.make_issued(office, goods.make_product(price=10_000, on_hand=50)))
    for who in (office.receiver, office.requester, other, goods.make_user()):
        refused(NotAllowed, lambda who=who: typed(sent, pin, who))
    assert again(sent).pin_misses == 0


def test_after_a_denial_no_pin_is_right(sent: Delivery, office: make.Office) -> None:
    pin, other = pins.pin_of(sent), wrong(sent)
    deliveries.report_missing(
        actor=office.receiver, delivery=sent, note="Tidak ada kurir", now=again(sent).order.deliver_at
    )
    for said in (pin, other):
        refused(InvalidMove, lambda said=said: typed(sent, said))
    assert again(sent).pin_misses == 0


def test_after_the_receiver_recorded_it_the_pin_adds_nothing(sent: Delivery, office: make.Office) -> None:
    make.arrived(sent, office.receiver)
    refused(InvalidMove, lambda: typed(sent))
    assert not again(sent).is_arrived_by_pin


def test_what_was_handed_over_by_pin_is_inspected_and_not_denied(brought: Delivery, citizen: User) -> None:
    arrived = typed(brought)
    refused(
        InvalidMove,
        lambda: deliveries.report_missing(actor=citizen, delivery=arrived, note="Tidak", now=NOW + HOUR),
    )
    # Their way out: nothing of it was good.
    line = arrived.lines.get().pk
    deliveries.inspect_delivery(
        actor=citizen, delivery=arrived, findings={line: (0, 0, "Tidak ada isinya")}, came_at=None, remark="",
        photos=[], key=new_key(), now=NOW + HOUR,
    )  # fmt: skip
    assert again(brought).state == DeliveryState.REJECTED
    balanced()


def test_the_papers_say_who_recorded_it_and_the_slip_leads_to_the_arrival(sent: Delivery, office: make.Office) -> None:
    make.inspected(typed(sent), office.receiver)
    made = {row.kind: build.make(row).paper for row in Document.objects.filter(order=sent.order_id, delivery=sent)}
    note = made[DocumentKind.DELIVERY_NOTE]
    assert note.files[note.data["arrival"]["file"]].startswith(b"<?xml")
    assert pins.pin_of(again(sent)) not in str(note.data)
    said = dict(made[DocumentKind.INSPECTION].data["facts"])
    assert said["Tiba"].endswith("(dicatat penjual dengan PIN penerima)")
