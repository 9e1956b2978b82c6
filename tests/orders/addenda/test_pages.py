"""The pages of a proposed change: who is offered what, what is posted, what the other side reads."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from epeken.core import clock
from orders.addenda.models import Addendum
from orders.addenda.states import AddendumState
from orders.orders.models import Order
from tests.factories import addenda as changing
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR
from tests.factories.users import signed_in
from tests.orders.pages import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(now: datetime) -> make.Office:
    return make.make_office(now=now)


@pytest.fixture
def order(office: make.Office) -> Order:
    now = clock.now() - 3 * HOUR
    return make.accepted(make.make_issued(office, now=now), now)


def seen(client: Client, order: Order) -> str:
    return client.get(url("order-detail", order.number)).content.decode()


def form_of(order: Order, **over: Any) -> dict[str, Any]:
    moment = order.deliver_at.astimezone(clock.ZONE)
    amounts = {f"quantity_{line.pk}": str(int(line.quantity)) for line in order.lines.all()}
    return {
        **amounts, "deliver_at": f"{moment:%Y-%m-%dT%H:%M}", "place": order.delivery_place,
        "kelurahan": order.delivery_kelurahan_id, "reason": "Peserta berkurang", **over,
    }  # fmt: skip


def test_from_the_proposal_to_the_document(order: Order, office: make.Office) -> None:
    pp, seller = signed_in(office.pp), signed_in(make.member_of(order))
    line = order.lines.get()
    assert "Usulkan perubahan" in seen(pp, order)
    page = pp.get(url("addendum-create", order.number)).content.decode()
    assert 'value="10"' in page
    done = pp.post(url("addendum-create", order.number), form_of(order, **{f"quantity_{line.pk}": "8"}))
    assert done.status_code == 302
    row = Addendum.objects.get()
    waiting = seen(pp, order)
    assert "Perubahan diusulkan, menunggu jawaban" in waiting and "Tarik usul" in waiting
    assert "Jawab usul ini" in seen(seller, order)
    assert "Jawab usul ini" not in seen(signed_in(office.receiver), order)
    answer = seller.get(url("addendum-answer", order.number, row.pk)).content.decode()
    assert "Rp1.025.000" in answer and "Rp825.000" in answer and "Peserta berkurang" in answer
    assert seller.post(url("addendum-answer", order.number, row.pk), {"answer": "agree"}).status_code == 302
    row.refresh_from_db()
    told = seen(pp, order)
    assert f"Adendum {row.number}" in told
    assert "Rp825.000" in told
    opened = pp.get(url("document-of", order.number, "addendum", row.number))
    assert opened.status_code in (200, 202)


def test_what_is_in_the_way_stands_at_its_box(order: Order, office: make.Office) -> None:
    pp, line = signed_in(office.pp), order.lines.get()
    same = pp.post(url("addendum-create", order.number), form_of(order))
    assert same.status_code == 422 and "Belum ada yang diubah" in same.content.decode()
    none = pp.post(url("addendum-create", order.number), form_of(order, **{f"quantity_{line.pk}": "0"}))
    assert none.status_code == 422 and "tidak bisa dihapus dari surat pesanan" in none.content.decode()
    assert not Addendum.objects.exists()


def test_a_second_click_finds_the_first(order: Order, office: make.Office) -> None:
    pp, line = signed_in(office.pp), order.lines.get()
    posted = form_of(order, **{f"quantity_{line.pk}": "8"})
    assert pp.post(url("addendum-create", order.number), posted).status_code == 302
    again = pp.post(url("addendum-create", order.number), posted)
    assert again.status_code == 422 and "menunggu jawaban" in again.content.decode()
    assert pp.get(url("addendum-create", order.number)).status_code == 302
    assert Addendum.objects.count() == 1


def test_an_older_page_agrees_to_nothing(order: Order, office: make.Office) -> None:
    """The seller's page shows the first proposal; the department took it back and made another."""
    now = clock.now()
    first = changing.proposed(order, office.pp, quantity=8, now=now)
    pp, seller = signed_in(office.pp), signed_in(make.member_of(order))
    assert pp.post(url("addendum-withdraw", order.number, first.pk)).status_code == 302
    second = changing.proposed(order, office.pp, quantity=3, now=now)
    late = seller.post(url("addendum-answer", order.number, first.pk), {"answer": "agree"}, follow=True)
    assert "Usul perubahan ini sudah selesai" in late.text
    second.refresh_from_db()
    order.refresh_from_db()
    assert (second.state, order.total) == (AddendumState.ASKED, 1_025_000)


def test_a_refusal_says_why(order: Order, office: make.Office) -> None:
    row = changing.proposed(order, make.member_of(order), deliver_at=order.deliver_at + DAY, now=clock.now())
    ppk = signed_in(office.ppk)
    page = url("addendum-answer", order.number, row.pk)
    assert ppk.post(page, {"answer": "refuse"}).status_code == 422
    assert ppk.post(page, {"answer": "refuse", "note": "Acaranya tetap"}).status_code == 302
    assert "Acaranya tetap" in seen(signed_in(make.member_of(order)), order)


def test_a_stranger_learns_nothing(order: Order, office: make.Office) -> None:
    row = changing.proposed(order, office.pp, quantity=8, now=clock.now())
    other = signed_in(goods.make_user())
    for name, args in (("addendum-create", ()), ("addendum-answer", (row.pk,))):
        assert other.get(url(name, order.number, *args)).status_code == 404
    assert other.post(url("addendum-withdraw", order.number, row.pk)).status_code == 404
    elsewhere = make.accepted(make.make_issued(office, now=clock.now()), clock.now())
    assert signed_in(office.pp).get(url("addendum-answer", elsewhere.number, row.pk)).status_code == 404
