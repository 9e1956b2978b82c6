"""What both sides read and send: the desk, the table of rounds, the forms."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.site.dashboards import seller_day
from procurement.negotiations import pages
from procurement.negotiations.models import Negotiation
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from tests.factories import umkm as make
from tests.factories.negotiations import Table, make_talk
from tests.factories.procurement import HOUR, MONDAY, Office, make_request
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    """As of now, so that pages can be asked: the department offers Rp90.000 for what costs Rp100.000."""
    now = clock.now() - 2 * HOUR
    product = make.make_product(price=100_000, name="Map arsip")
    office = Office(now=now)
    made = Table(office, make_request(office, [(product, 10)], state="submitted", now=now), product)
    made.open(now=now + HOUR)
    return made


def browse(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(table: Table, what: str = "detail") -> str:
    return reverse(f"procurement:negotiation-{what}", args=[table.talk.number])


def offer(table: Table, **over: Any) -> dict[str, Any]:
    moment: datetime = table.request.deliver_at  # type: ignore[assignment]
    values = {
        "key": new_key(),
        f"price_{table.product.pk}": "95.000",
        "delivery_cost": "10.000",
        "deliver_at": moment.astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M"),
        "words": "",
    }
    return values | over


def test_the_table_of_rounds_says_how_each_differs() -> None:
    table = make_talk()
    table.counter(table.shopkeeper, table.terms(95_000, 5_000, table.terms().deliver_at - timedelta(days=1)))
    talk = Negotiation.objects.with_people().select_related("request__agency").get(pk=table.talk.pk)
    first, second, third = [row["cells"] for row in pages.round_rows(talk)]
    assert [cell["text"] for cell in (first[3], second[3], third[3])] == ["Rp1.010.000", "Rp910.000", "Rp955.000"]
    notes = [cell["note"] for cell in (first[3], second[3], third[3])]
    assert notes == ["", "turun Rp100.000 dari penawaran awal", "turun Rp55.000 dari penawaran awal"]
    assert second[1]["note"] == "“Untuk pembelian banyak”"
    assert "Rp95.000; ongkir Rp5.000" in third[1]["text"]
    assert third[2]["note"].startswith("semula 17 Sep 2026")
    assert second[2]["note"] == ""


def test_a_shop_reads_one_decision_and_its_desk_counts_it(table: Table) -> None:
    seller, now = table.seller, clock.now()
    assert seller_day.seller_day(seller, now).count == seller_day.waiting_count(seller, now) == 1
    client = browse(table.shopkeeper)
    desk = client.get(reverse("site:seller-dashboard")).content.decode()
    assert "Terima Rp910.000" in desk
    assert table.talk.number in desk and re.search(r"10 \w+, Rp90\.000 per \w+", desk)
    assert "Bila sampai" in desk and "Anda belum menjawab" in desk
    assert "Tetap harga saya" in desk
    assert "penawaran awal Rp1.010.000" in desk
    assert table.office.agency.name in desk
    assert "Menunggu jawaban Anda" in client.get(address(table)).content.decode()
    form = client.get(reverse("procurement:negotiation-counter", args=[table.talk.number])).content.decode()
    assert "penawaran pertama Anda" in form
    assert "penawaran penjual" not in form
    table.counter(table.shopkeeper, now=now)
    assert seller_day.seller_day(seller, now).count == seller_day.waiting_count(seller, now) == 0
    waits = client.get(reverse("site:seller-dashboard")).text
    assert "Tawaran Anda menunggu jawaban dinas" in waits and address(table) in waits
    page = client.get(address(table)).content.decode()
    assert "Terima Rp" not in page
    assert "menunggu jawaban dinas" in page


def test_the_officer_reads_on_whom_it_waits(table: Table) -> None:
    client = browse(table.officer)
    desk = lambda: client.get(reverse("site:agency-dashboard")).content.decode()  # noqa: E731
    assert f"Menunggu jawaban {table.seller.name}" in desk()
    approval = reverse("procurement:approval-detail", args=[table.request.number])
    said = client.get(approval).content.decode()
    assert "masih berjalan" in said
    assert address(table) in said
    assert "Terima Rp" not in client.get(address(table)).content.decode()
    table.counter(table.shopkeeper, now=clock.now())
    assert "menunggu jawaban Anda" in desk() and "Jawaban Anda: sisa" in desk()
    assert "Terima Rp960.000" in client.get(address(table)).content.decode()


def test_who_has_no_side_reads_and_is_offered_nothing(table: Table) -> None:
    for person in (table.office.requester, table.office.treasurer, make.make_staff("procurement.inspect_all")):
        page = browse(person).get(address(table)).content.decode()
        assert "Putaran" in page
        assert "Terima Rp" not in page
        assert "Hentikan negosiasi" not in page


def test_an_offer_names_all_that_is_too_much_at_once(table: Table) -> None:
    price, shop = f"price_{table.product.pk}", browse(table.shopkeeper)
    high = {price: "100.001", "delivery_cost": "10.001"}
    for over, named in (
        (high, {price, "delivery_cost"}),
        (high | {"deliver_at": "besok"}, {price, "delivery_cost", "deliver_at"}),
        (high | {"delivery_cost": "abc"}, {price, "delivery_cost"}),
    ):
        answer = shop.post(address(table, "counter"), offer(table, **over))
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, named)
    assert table.talk.rounds.filter(number__gt=1).count() == 0


def test_forms_of_both_sides(table: Table) -> None:
    shop, pp = browse(table.shopkeeper), browse(table.officer)
    shown = shop.get(address(table, "counter")).content.decode()
    assert 'value="90.000"' in shown
    assert "Paling tinggi Rp100.000" in shown
    high = shop.post(address(table, "counter"), offer(table, **{f"price_{table.product.pk}": "100.001"}))
    assert high.status_code == 422
    assert "Rp1 sampai Rp100.000" in high.content.decode()
    same = shop.post(address(table, "counter"), offer(table, **{f"price_{table.product.pk}": "90.000"}))
    assert same.status_code == 422
    half = shop.post(address(table, "counter"), offer(table, **{f"price_{table.product.pk}": "90.000,50"}))
    assert half.status_code == 422
    assert table.talk.rounds.count() == 2
    assert shop.post(address(table, "counter"), offer(table)).status_code == 302
    sent = table.talk.rounds.get(number=2)
    assert (sent.prices.get().price, sent.deliver_at) == (95_000, table.request.deliver_at)
    assert pp.post(address(table, "accept"), {"key": new_key(), "round": "x"}).status_code == 422
    assert pp.post(address(table, "accept"), {"key": new_key(), "round": "1"}).status_code == 409
    assert pp.post(address(table, "accept"), {"key": new_key(), "round": "2"}).status_code == 302
    # Pressed once more, in a tab opened before, by either side.
    for side in (pp, shop):
        told = side.post(address(table, "accept"), {"key": new_key(), "round": "2"}, follow=True)
        assert told.redirect_chain == [(address(table), 302)] and "Sudah disepakati Rp960.000 pada" in told.text
    assert PurchaseRequest.objects.get(pk=table.request.pk).total == 960_000
    page = pp.get(reverse("procurement:request-detail", args=[table.request.number])).content.decode()
    assert "hemat Rp50.000" in page
    assert "Harga disepakati dalam negosiasi" in page


def test_the_box_of_the_department_stops_at_what_the_seller_asks(table: Table) -> None:
    table.counter(table.shopkeeper, table.terms(95_000), now=clock.now())
    page = browse(table.officer).get(address(table, "counter")).content.decode()
    assert "Paling tinggi Rp95.000" in page and "Paling tinggi Rp100.000" not in page


def test_before_the_first_round_no_offer_is_spoken_of() -> None:
    office = Office(now=clock.now() - HOUR)
    product = make.make_product(price=100_000)
    request = make_request(office, [(product, 10)], state="submitted", now=clock.now() - HOUR)
    url = reverse("procurement:negotiation-create", args=[request.number, product.seller_id])
    page = browse(office.pp).get(url).content.decode()
    assert "belum ada yang ditawar" in page and "tawaran terakhir" not in page


def test_a_seconds_worth_of_time_is_no_other_moment(table: Table) -> None:
    """The box of the moment knows minutes; a request made by other ways may have seconds."""
    assert table.request.deliver_at is not None
    assert table.request.deliver_at.microsecond or table.request.deliver_at.second
    same = browse(table.shopkeeper).post(
        address(table, "counter"), offer(table, **{f"price_{table.product.pk}": "90000"})
    )
    assert same.status_code == 422
    assert "sama dengan yang terakhir" in same.content.decode()


def test_after_the_request_left_its_pages_still_answer(table: Table) -> None:
    decisions.send_back_request(actor=table.officer, request=table.request, note="Ubah", now=clock.now())
    PurchaseRequest.objects.filter(pk=table.request.pk).update(deliver_at=None)
    table.request.lines.all().delete()
    shop = browse(table.shopkeeper)
    assert "tidak lagi menunggu keputusan" in shop.get(address(table)).content.decode()
    assert shop.get(address(table, "counter")).status_code == 302
    assert shop.post(address(table, "counter"), {"key": new_key()}).status_code == 409
    opening = reverse("procurement:negotiation-create", args=[table.request.number, table.seller.pk])
    assert browse(table.officer).get(opening).status_code == 302
    assert browse(table.officer).post(opening, {"key": new_key()}).status_code in (403, 409)


def test_the_silent_side_is_named_and_may_be_left() -> None:
    table = make_talk()
    assert table.talk.due_at is not None
    talk = (
        Negotiation.objects.with_people().select_related("request__agency", "request__requester").get(pk=table.talk.pk)
    )
    before = pages.page(talk, table.officer, MONDAY + 2 * HOUR)
    assert (before.stop, before.is_late) == (address(table, "withdraw"), False)  # nobody has to negotiate here
    after = pages.page(talk, table.officer, table.talk.due_at)
    assert after.stop == address(table, "withdraw")
    assert after.is_late
    assert "tidak menjawab" in after.waits


def test_an_agreement_undone_by_sending_back_is_told_before_and_after(table: Table) -> None:
    table.accept(table.shopkeeper, now=clock.now())
    number, back = table.request.number, reverse("procurement:request-send-back", args=[table.request.number])
    decision = reverse("procurement:approval-detail", args=[number])
    decisions.approve_request(
        actor=table.officer, request=table.request, dropped={}, note="", key=new_key(), now=clock.now()
    )
    assert "Hasil negosiasi ikut batal: Disepakati" in words(browse(table.officer).get(back))
    decisions.send_back_request(actor=table.officer, request=table.request, note="Ubah ruang", now=clock.now())
    undone = f"Hasil negosiasi {table.talk.number} dengan"
    clerk = browse(table.office.requester)
    assert undone in words(clerk.get(reverse("procurement:request-detail", args=[number])))
    decisions.submit_request(actor=table.office.requester, request=table.request, key=new_key(), now=clock.now())
    page = words(browse(table.officer).get(decision))
    assert "Perlu dinegosiasikan lagi" in page
    assert undone in page
    assert "Belum dinegosiasikan" not in page
    # And what was to be mended.
    assert "Pernah disetujui, lalu dikembalikan" in page
    assert "“Ubah ruang”" in page
