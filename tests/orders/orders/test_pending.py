"""Who is about to send, cancel or give up goods reads what waits for an answer, and where to give it."""

from datetime import datetime

import pytest
from django.test import Client

from epeken.core import clock
from epeken.core.idempotency import new_key
from orders.addenda import services as addenda
from orders.addenda.models import Addendum
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.orders.pages import pending
from orders.sales import packing
from tests.factories import addenda as changing
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import procurement as buying
from tests.factories import schedules as planned
from tests.factories.addenda import LATER
from tests.factories.orders import DAY, HOUR
from tests.factories.schedules import FIRST
from tests.factories.users import signed_in
from tests.orders.pages import url

pytestmark = pytest.mark.django_db

ASKED = "Dinas mengusulkan perubahan pesanan ini: jawab dahulu. Bila semua barangnya dikirim, usulnya gugur."
OWN = "Usul perubahan Anda menunggu jawaban dinas. Bila semua barangnya dikirim, usulnya gugur."


@pytest.fixture
def office(now: datetime) -> make.Office:
    return make.make_office(now=now)


@pytest.fixture
def order(office: make.Office) -> Order:
    now = clock.now() - 3 * HOUR
    return make.accepted(make.make_issued(office, now=now), now)


def text_of(client: Client, name: str, order: Order) -> str:
    return " ".join(client.get(url(name, order.number)).content.decode().split())


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_who_records_a_shipment_reads_the_change_first_and_can_answer_it(order: Order, office: make.Office) -> None:
    seller = signed_in(make.member_of(order))
    assert "usulnya gugur" not in text_of(seller, "delivery-create", order)
    row = changing.proposed(order, office.pp, quantity=8, now=clock.now())
    text = text_of(seller, "delivery-create", order)
    answer = url("addendum-answer", order.number, row.pk)
    assert text.index(ASKED) < text.index(f'href="{answer}"') < text.index("Yang dibawa")
    assert seller.get(answer).status_code == 200
    # What is sent back for correction says so too.
    again = seller.post(url("delivery-create", order.number), {"key": new_key(), "carrier": ""})
    assert again.status_code == 422 and f'href="{answer}"' in again.content.decode()
    addenda.refuse_addendum(actor=make.member_of(order), addendum=row, note="Sudah dimasak", now=clock.now())
    assert "usulnya gugur" not in text_of(seller, "delivery-create", order)


def test_an_own_proposal_is_shown_and_is_not_answered_by_who_made_it(order: Order) -> None:
    seller = make.member_of(order)
    row = changing.proposed(order, seller, deliver_at=order.deliver_at + DAY, now=clock.now())
    text = text_of(signed_in(seller), "delivery-create", order)
    assert OWN in text
    assert f'href="{url("order-detail", order.number)}#perubahan-{row.pk}"' in text
    assert url("addendum-answer", order.number, row.pk) not in text
    assert f'id="perubahan-{row.pk}"' in text_of(signed_in(seller), "order-detail", order)


def test_what_nobody_may_answer_any_more_asks_for_no_answer(order: Order, office: make.Office) -> None:
    seller = make.member_of(order)
    make.arrived(make.shipped(order, sent={order.lines.get().pk: 4}, now=clock.now()), office.receiver, clock.now())
    row = changing.proposed(order, office.pp, quantity=8, now=clock.now())
    disputes.open_dispute(actor=office.receiver, order=fresh(order), complaint="Penyok", now=clock.now())
    (note,) = pending.sending_notes(seller, fresh(order), clock.now())
    assert note.href.endswith(f"#perubahan-{row.pk}")  # a complaint goes first
    assert pending.sending_words(fresh(order), clock.now()) == ASKED
    over = row.due_at + HOUR  # the complaint stops its time
    assert pending.sending_words(fresh(order), over) == ASKED
    assert len(pending.sending_notes(seller, fresh(order), over)) == 1
    disputes.decide_dispute(
        actor=office.receiver, dispute=fresh(order).disputes.get(), decision="Selesai", now=clock.now()
    )
    row.refresh_from_db()
    over = row.due_at + HOUR  # nobody answered, and the sweep did not run yet
    assert (pending.sending_notes(seller, fresh(order), over), pending.sending_words(fresh(order), over)) == ([], "")


def test_of_a_schedule_the_date_is_named() -> None:
    office = buying.Office()
    order = planned.make_order(office)
    changing.date_proposed(order, office.pp, 2, FIRST + 8 * DAY)
    (note,) = pending.sending_notes(make.member_of(order), fresh(order), LATER)
    assert note.text == (
        "Dinas mengusulkan perubahan pengiriman ke-2: jawab dahulu. "
        "Bila barang untuk tanggal itu dikirim, usulnya gugur."
    )
    # True of the date, and of no other.
    planned.shipped(order, 1, FIRST - 2 * HOUR)
    assert Addendum.objects.waiting().exists()
    planned.shipped(order, 2, FIRST + 7 * DAY - 2 * HOUR)
    assert not Addendum.objects.waiting().exists()


def test_both_that_wait_are_told_and_each_can_be_answered(order: Order, office: make.Office) -> None:
    row = changing.proposed(order, office.pp, quantity=8, now=clock.now())
    cancelling.asked(fresh(order), office.pp, now=clock.now())
    notes = pending.sending_notes(make.member_of(order), fresh(order), clock.now())
    assert [note.href for note in notes] == [
        url("cancellation-answer", order.number), url("addendum-answer", order.number, row.pk),
    ]  # fmt: skip
    text = text_of(signed_in(make.member_of(order)), "delivery-create", order)
    assert all(note.text in text and f'href="{note.href}"' in text for note in notes)


def test_the_sellers_lists_say_so_and_lead_to_the_order_first(order: Order, office: make.Office) -> None:
    client = signed_in(make.member_of(order))
    ship = f'href="{url("delivery-create", order.number)}"'
    assert ship in client.get("/penjual/").content.decode()
    changing.proposed(order, office.pp, quantity=8, now=clock.now())
    desk = client.get("/penjual/").content.decode()
    assert ASKED in desk and ship not in desk
    (packed,) = packing.orders_on(order.seller, clock.last_day(order.deliver_at), clock.now())
    assert packed.stop == ASKED
    assert ASKED in text_of(client, "order-detail", order)


def test_who_cancels_reads_what_ends_with_it(order: Order, office: make.Office) -> None:
    seller, pp = make.member_of(order), office.pp
    row = changing.proposed(order, seller, deliver_at=order.deliver_at + DAY, now=clock.now())
    answer = f'href="{url("addendum-answer", order.number, row.pk)}"'
    text = text_of(signed_in(pp), "cancellation-create", order)
    told = "Penjual mengusulkan perubahan pesanan ini: jawab dahulu. Bila pesanan batal, usulnya gugur."
    assert told in text and answer in text
    text = text_of(signed_in(seller), "cancellation-create", order)
    assert "Usul perubahan Anda menunggu jawaban dinas. Bila pesanan batal" in text and answer not in text


def test_who_gives_up_the_rest_reads_that_the_seller_proposed_another_day(order: Order, office: make.Office) -> None:
    seller = make.member_of(order)
    make.shipped(order, sent={order.lines.get().pk: 4}, now=clock.now())
    Order.objects.filter(pk=order.pk).update(deliver_at=clock.now() - HOUR)
    pp = signed_in(office.pp)
    assert "usulnya gugur" not in text_of(pp, "rest-close", order)
    row = changing.proposed(order, seller, deliver_at=clock.now() + 3 * DAY, now=clock.now())
    text = text_of(pp, "rest-close", order)
    assert "jawab dahulu. Bila sisanya ditutup, usulnya gugur." in text
    assert f'href="{url("addendum-answer", order.number, row.pk)}"' in text
