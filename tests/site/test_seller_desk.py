"""What the seller's first page lists and counts besides orders to answer and to bring."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.i18n.times import long_date
from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.uang import tanggal
from epeken.site.dashboards import seller_day
from epeken.users import services as users
from orders.billing.models import Invoice
from orders.orders.models import Order
from orders.orders.pages import lists
from orders.orders.services import agreement
from orders.orders.states import CloseReason
from tests.factories import cancellations as cancelling
from tests.factories import confirmations as word
from tests.factories import orders as make
from tests.factories import sanctions, tax_papers
from tests.factories import umkm as goods
from tests.factories.negotiations import make_talk
from tests.factories.procurement import MONDAY
from tests.factories.states import put
from tests.factories.users import signed_in
from umkm.owners.services import Room
from umkm.tax_papers import services as papers

pytestmark = pytest.mark.django_db
FRAME = 'aria-label="Meja penjual"'


def page_of(shop: Any) -> Any:
    client = Client()
    client.force_login(shop.members.get().user)
    return client.get(reverse("site:seller-dashboard"))


def test_the_card_carries_the_buyers_note_and_opens_the_order() -> None:
    order = make.make_issued(make.make_office(), now=clock.now())
    order.lines.update(note="Sambal <b>dipisah</b>")
    Order.objects.filter(pk=order.pk).update(note="Lewat gerbang timur")
    page = page_of(order.seller).content.decode()
    assert "Lewat gerbang timur" in page and "Sambal &lt;b&gt;dipisah&lt;/b&gt;" in page
    assert f'href="{reverse("orders:order-detail", args=[order.number])}"' in page


def test_a_note_names_its_goods_where_there_are_several() -> None:
    shop = goods.make_seller()
    nuts, rice = (goods.make_product(shop, price=10_000, name=name) for name in ("Kacang", "Nasi"))
    buyer = goods.make_user()
    (order,) = make.place(buyer, (nuts, 1), (rice, 1), now=clock.now())
    order.lines.filter(product=rice).update(note="Tanpa bawang")
    assert "Nasi: Tanpa bawang" in page_of(order.seller).content.decode()


def test_goods_sent_back_are_listed_and_counted() -> None:
    shop = goods.make_seller()
    product = goods.make_product(shop, state="sent_back", review_note="Foto gelap", name="Onde-onde")
    goods.make_product(shop)
    goods.make_product(goods.make_seller(), state="sent_back")
    page = page_of(shop)
    (item,) = page.context["todo"]
    assert (item["title"], item["note"]) == ("Perbaiki Onde-onde", "Foto gelap")
    assert item["href"] == reverse("umkm:product-edit", args=[product.pk])
    now = clock.now()
    assert seller_day.seller_day(shop, now).count == seller_day.waiting_count(shop, now) == 1


def test_money_is_late_from_the_moment_its_time_ends() -> None:
    office = make.make_office()
    order = make.make_issued(office, now=MONDAY)
    make.taken_over(office, order)
    word.confirmed(word.of_bast(order))
    invoice = make.invoice_of(order)
    assert invoice.due_at is not None
    for moment, late in [(invoice.due_at - timedelta.resolution, []), (invoice.due_at, [invoice])]:
        day = seller_day.seller_day(order.seller, moment)
        assert day.late == late
        # Others are to act: the seller's own counter goes back to nothing.
        assert day.count == seller_day.waiting_count(order.seller, moment) == 0
    page = page_of(order.seller)
    assert page.context["todo"] == [] and page.context["title"] == "Tidak ada yang menunggu"
    titles = [item["title"] for item in page.context["late"]]
    assert any(title.startswith("Uang terlambat: Rp") for title in titles)
    assert Invoice.objects.payable().count() == 1


def test_the_shops_hours_and_the_market_are_reached_from_the_desk() -> None:
    shop = goods.make_seller()
    page = page_of(shop).content.decode()
    main, menu = page[page.index("<main") :], page[: page.index("<main")]
    profile = f'href="{reverse("umkm:seller-profile")}"'
    assert f'{profile[:-1]}?toko={shop.pk}"' in main and profile in menu
    assert f'href="{reverse("home")}"' in menu


@pytest.mark.parametrize(("days", "closed"), [(0, True), (-1, False)])
def test_a_seller_on_holiday_is_reminded_of_it(days: int, closed: bool) -> None:
    until = clock.today() + timedelta(days=days)
    page = page_of(goods.make_seller(closed_until=until)).content.decode()
    assert (f"Libur sampai {long_date(until)}" in page) == closed
    assert ("Ubah hari libur" in page) == closed


@pytest.mark.parametrize(("state", "told"), [("active", True), ("submitted", False)])
def test_a_shop_that_is_not_open_yet_is_promised_no_room(state: str, told: bool) -> None:
    page = page_of(goods.make_seller(state=state)).content.decode()
    assert ("Anda masih bisa menerima" in page) is told


def test_the_title_is_in_the_readers_language() -> None:
    order = make.make_issued(make.make_office(), now=clock.now())
    client = Client()
    reader = make.member_of(order)
    users.choose_language(actor=reader, language="en")
    client.force_login(reader)
    page = client.get(reverse("site:seller-dashboard"))
    assert page.context["title"] == "One thing waits for you"


def test_goods_to_bring_are_named_and_the_others_counted() -> None:
    now = clock.now()
    shop = goods.make_seller()
    wanted = [(goods.make_product(shop), 5), (goods.make_product(shop, name="Pastel sayur"), 7)]
    order = make.accepted(make.place(goods.make_user(), *wanted, now=now)[0], now=now)
    (item,) = page_of(shop).context["todo"]
    assert item["title"] == f"Antar {order.subject}" and item["title"].endswith("dan 1 barang lain")
    assert item["note"].startswith("Juga 7 buah Pastel sayur. ")


def test_what_was_agreed_waits_on_the_desk_until_it_is_ordered() -> None:
    table = make_talk("agreed")
    page = page_of(table.seller)
    assert "Disepakati, menunggu surat pesanan dinas" in page.text and table.talk.number in page.text
    put(table.request, "ordered")
    assert "Disepakati, menunggu" not in page_of(table.seller).text


def test_room_is_told_in_no_more_goods_than_the_month_can_bring() -> None:
    room = Room(cap=30_000_000, used=0, warn_at=24_000_000)
    daily = goods.make_product(price=10_000, stock_mode="daily", daily_capacity=150, unit="box", name="Nasi")
    assert "Kira-kira 3.000 kotak Nasi lagi." in lists.fits(room, daily, date(2026, 11, 1))
    assert "semua yang sanggup Anda buat" in lists.fits(room, daily, date(2026, 11, 29))


@pytest.mark.parametrize(("query", "marked"), [("", "Semua tahap"), ("?tahap=selesai", "Selesai")])
def test_the_stage_that_is_shown_is_marked(query: str, marked: str) -> None:
    client = Client()
    client.force_login(goods.make_seller().members.get().user)
    page = client.get(reverse("site:seller-orders") + query).content.decode()
    stages = page[page.index("<main") : page.index("</nav>", page.index("<main"))]
    assert stages.count('aria-current="true"') == 1 and f'aria-current="true">{marked}</a>' in stages


def test_of_goods_sent_in_part_only_the_rest_is_to_be_brought() -> None:
    now = clock.now()
    shop = goods.make_seller()
    rice, nuts = (goods.make_product(shop, name=name, on_hand=50) for name in ("Nasi", "Kacang"))
    order = make.accepted(make.place(goods.make_user(), (rice, 5), (nuts, 5), now=now)[0], now=now)
    by_name = {line.name: line.pk for line in order.lines.all()}
    make.shipped(order, now=now, sent={by_name["Nasi"]: Decimal(5), by_name["Kacang"]: Decimal(3)})
    (item,) = [item for item in page_of(shop).context["todo"] if "Kacang" in item["title"]]
    assert item["title"].startswith("Antar 2 ") and "Nasi" not in item["title"]
    assert "barang lain" not in item["title"]


def test_no_day_is_promised_for_money_that_is_late() -> None:
    """Of what is on its way the desk tells what is late, and the last day of the rest; what was paid is not in it."""
    office, shop = make.make_office(), goods.make_seller()
    orders = [make.make_issued(office, goods.make_product(shop, price=100_000), now=MONDAY) for _ in range(2)]
    for order in orders:
        make.taken_over(office, order)
    late, fine = (make.invoice_of(order) for order in orders)
    make.clear(office, late, MONDAY + timedelta(days=2))
    make.pay(office, late.order, invoice=late, amount=1_000)
    now = clock.now()
    Invoice.objects.filter(pk=late.pk).update(due_at=now - timedelta(days=1))
    Invoice.objects.filter(pk=fine.pk).update(due_at=now + timedelta(days=1))
    money = seller_day.seller_money(shop, now)
    assert (money.moving, money.late) == (fine.net, late.net - 1_000)  # no rupiah is told twice
    said = page_of(shop).context["notes"]["moving"]
    assert said == f"Sudah ditagih. Dibayar bendahara paling lambat {tanggal(money.moving_due)}."
    client = Client()
    client.force_login(shop.members.get().user)
    listed = client.get(reverse("site:seller-money")).content.decode()
    assert listed.index("Terlambat dibayar") < listed.index("Menunggu")  # what is late stands first
    assert f"<b>{rupiah(late.net - 1_000)}</b>" in listed and f"<b>{rupiah(fine.net)}</b>" in listed
    Invoice.objects.filter(pk=fine.pk).update(due_at=now - timedelta(days=1))
    assert "paling lambat" not in page_of(shop).context["notes"]["moving"]


def test_what_belongs_to_no_desk_is_read_at_ones_own() -> None:
    """The inbox, and the appeal of a seller against a letter."""
    sanction = sanctions.give(shop := goods.make_seller(), clock.now())
    inbox = reverse("notifications:inbox")
    seller, buyer, officer = shop.members.get().user, goods.make_user(), make.make_office().treasurer
    for person, frame in ((seller, FRAME), (officer, 'aria-label="Meja dinas"')):
        assert frame in signed_in(person).get(inbox).text
    assert FRAME not in signed_in(buyer).get(inbox).text
    assert FRAME in signed_in(seller).get(reverse("umkm:sanction-appeal", args=[sanction.pk])).text


def test_two_parts_paid_of_one_order_are_one_order_paid() -> None:
    office = make.make_office()
    order = make.cleared(office, make.make_issued(office))
    for number, amount in enumerate((1_000, 2_000)):
        make.pay(office, order, reference=f"SP2D-{number}", amount=amount)
    money = seller_day.seller_money(order.seller, MONDAY + timedelta(days=3))
    assert (money.told, money.told_orders, money.received) == (3_000, 1, 0)


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([], "Toko Anda belum punya barang untuk dijual."),
        (["draft"], "Barang Anda masih draf."),
        (["draft", "submitted"], "Barang Anda sedang diperiksa kurator."),
        (["hidden"], "Semua barang Anda disembunyikan."),
        (["published", "draft"], "Semua sudah beres."),
    ],
)
def test_an_empty_desk_says_whose_turn_it_is_with_the_goods(states: list[str], words: str) -> None:
    shop = goods.make_seller()
    for state in states:
        goods.make_product(shop, state=state)
    page = page_of(shop).content.decode()
    assert words in page
    assert ("Lihat barang Anda" in page) == ("published" not in states)


def steps_of(shop: Any) -> list[tuple[str, str]]:
    """Title and word of each step on the page."""
    return [(row["title"], row["state"]) for row in page_of(shop).context["first_steps"]]


@pytest.mark.parametrize(
    ("states", "done", "following"),
    [
        ([], 2, "Barang pertama: foto, nama, dan harga"),
        (["withdrawn"], 2, "Barang pertama: foto, nama, dan harga"),
        (["draft"], 3, "Barang dikirim ke kurator"),
        (["submitted"], 4, None),
        (["hidden"], None, None),
        (["published", "draft"], None, None),
    ],
)
def test_a_new_shop_reads_its_first_steps_until_all_are_done(
    states: list[str], done: int | None, following: str | None
) -> None:
    shop = goods.make_seller()
    for state in states:
        goods.make_product(shop, state=state)
    found = steps_of(shop)
    assert [title for title, state in found if state == "now"] == ([following] if following else [])
    assert [state for _title, state in found].count("done") == (done or 0)
    assert bool(found) == (done is not None)
    assert ("Langkah pertama" in page_of(shop).text) == bool(found)
    sanctions.freeze(shop, clock.now())
    assert steps_of(shop) == []


def test_a_tax_paper_is_a_step_only_of_who_says_to_have_one(verifier: Any) -> None:
    shop = goods.make_seller(has_low_turnover_statement=True)
    goods.make_product(shop)
    assert steps_of(shop)[-1] == ("Surat pajak, supaya potongannya benar", "now")
    now = clock.now()
    paper = tax_papers.sent(shop, "statement", now=now)
    assert steps_of(shop)[-1] == ("Surat pajak, supaya potongannya benar", "")
    papers.open_paper(actor=verifier, paper=paper, now=now)
    papers.verify_paper(actor=verifier, paper=paper, now=now)
    assert steps_of(shop) == []


def test_a_frozen_shop_reads_why_and_whom_to_tell_and_does_not_vanish() -> None:
    """On its desk, with what still goes on; to everybody else its page says that it does not sell now."""
    shop = goods.make_product().seller
    address = reverse("umkm:shop-detail", args=[shop.slug])
    assert Client().get(address).status_code == 200
    sanctions.freeze(shop, clock.now(), note="Foto tidak sesuai")
    page = page_of(shop).content.decode()
    assert "Toko dibekukan sementara sejak" in page and "Foto tidak sesuai." in page
    assert f'href="{reverse("umkm:sanction-list", args=[shop.pk])}"' in page
    assert "Semua sudah beres" not in page and "Jual barang baru" not in page
    gone = Client().get(address)
    assert gone.status_code == 404
    assert f"{shop.name} sedang tidak berjualan" in gone.content.decode()
    assert "Foto tidak sesuai" not in gone.content.decode()


@pytest.mark.parametrize("state", ["submitted", "sent_back", "rejected"])
def test_who_has_no_shop_yet_comes_to_the_registration(state: str) -> None:
    shop = goods.make_seller(goods.make_user(), state=state)
    assert page_of(shop).url == reverse("umkm:application", args=[shop.pk])


def test_the_heading_counts_what_is_listed() -> None:
    """One order may hold two things to do: goods to bring and a request to cancel them."""
    office = make.make_office()
    order = make.accepted(make.make_issued(office, now=clock.now()), now=clock.now())
    cancelling.asked(order, office.pp, now=clock.now())
    page = page_of(order.seller)
    assert len(page.context["todo"]) == 2
    assert page.context["title"].startswith("Dua")
    assert page.context["memberships"].seller_tasks == 2 == seller_day.waiting_count(order.seller, clock.now())
    (bring,) = (item for item in page.context["todo"] if "Antar" in item["title"])
    assert "permintaannya gugur" in bring["note"]
    detail = reverse("orders:order-detail", args=[order.number])
    assert bring["href"] == detail
    client = Client()
    client.force_login(order.seller.members.get().user)
    for address in (detail, reverse("orders:delivery-create", args=[order.number])):
        assert "permintaannya gugur" in client.get(address).content.decode()


def test_who_asked_to_be_released_is_not_asked_to_answer() -> None:
    office = make.make_office()
    order = make.accepted(make.make_issued(office, now=clock.now()), now=clock.now())
    cancelling.asked(order, make.member_of(order), now=clock.now())
    page = page_of(order.seller)
    (item,) = page.context["todo"]
    assert "Antar" in item["title"]
    assert "menunggu jawaban" in item["note"]
    assert page.context["memberships"].seller_tasks == 1 == seller_day.waiting_count(order.seller, clock.now())


def test_orders_that_wait_for_the_shop_stand_first() -> None:
    now = clock.now()
    office, shop = make.make_office(now=now), goods.make_seller()
    kept = make.accepted(make.make_issued(office, goods.make_product(shop), now=now), now=now)
    sent = make.accepted(make.make_issued(office, goods.make_product(shop), now=now), now=now)
    make.shipped(sent, now=now)
    done = make.make_issued(office, goods.make_product(shop), now=now)
    agreement.close_order(
        actor=make.member_of(done), order=done, reason=CloseReason.SELLER_DECLINED, note="Penuh", now=now
    )
    client = Client()
    client.force_login(shop.members.get().user)
    rows = client.get(reverse("site:seller-orders")).context["rows"]
    assert [row["order"].number for row in rows] == [kept.number, sent.number, done.number]


def test_whoever_is_still_registering_is_led_to_the_registration() -> None:
    shop = goods.make_seller(state="draft")
    answer = page_of(shop)
    assert (answer.status_code, answer["Location"]) == (302, reverse("umkm:application", args=[shop.pk]))
