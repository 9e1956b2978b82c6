"""Cart and checkout by page: what was shown is what is paid, and bad input is told."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.i18n.times import long_date
from epeken.users.addresses import services as addresses
from epeken.users.addresses.models import Address
from epeken.users.models import User
from orders.carts import services as carts
from orders.carts.models import Cart, CartLine
from orders.carts.taken_out import KEPT, TAKEN_OUT_KEY
from orders.orders.models import Order
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.orders.books import balanced
from tests.orders.pages import url
from umkm.catalogue.models import Product
from umkm.catalogue.services import products
from umkm.catalogue.states import Keeps, StockMode
from umkm.sellers import hours
from umkm.sellers.models import Seller
from umkm.stock.models import CapacityDay

pytestmark = pytest.mark.django_db


def add(client: Client, product: Any, quantity: Any = 1) -> Any:
    return client.post(url("cart-add"), {"product": product.pk, "quantity": quantity})


def checkout_data(client: Client, product: Any, here: str = "", **over: Any) -> dict[str, Any]:
    page = client.get(here or url("checkout"))
    form = page.context["form"]
    return {
        "key": form["key"].value(), "seen": page.context["seen"], "recipient": "Warga",
        "recipient_phone": "081234567890",
        "delivery_place": "Jl. Mawar 3", "delivery_kelurahan": goods.make_user().kelurahan_id
        or product.seller.kelurahan_id, f"method_{product.seller_id}": "seller",
        f"deliver_on_{product.seller_id}": str(form[f"deliver_on_{product.seller_id}"].value()), **over,
    }  # fmt: skip


def test_a_visitor_fills_a_cart_signs_in_and_orders(citizen: User) -> None:
    product = goods.make_product(price=20_000)
    client = Client()
    assert add(client, product, 2)["Location"] == url("cart")
    assert "Masuk dan pesan" in client.get(url("cart")).content.decode()
    assert client.get(url("checkout")).status_code == 302
    client.force_login(citizen)
    assert product.name in client.get(url("cart")).content.decode()
    assert Cart.objects.get().user == citizen
    data = checkout_data(client, product)
    answer = client.post(url("checkout"), data)
    order = Order.objects.get()
    assert answer["Location"] == url("order-detail", order.number)
    assert (order.total, order.recipient_phone) == (50_000, "+6281234567890")
    # A second click of the same page is shown the same order.
    assert client.post(url("checkout"), data)["Location"] == url("order-detail", order.number)
    assert Order.objects.count() == 1
    assert order.number in client.get(url("order-list")).content.decode()
    balanced()


def test_a_price_that_changed_in_the_cart_is_said() -> None:
    product = goods.make_product(price=25_000)
    client = Client()
    add(client, product, "1")
    assert "Harganya berubah" not in client.get(url("cart")).content.decode()
    type(product).objects.filter(pk=product.pk).update(price=30_000)
    assert "Harganya berubah; dulu Rp25.000." in client.get(url("cart")).content.decode()
    client.post(url("cart-change"), {f"quantity_{product.pk}": "2"})
    assert "Harganya berubah" not in client.get(url("cart")).content.decode()


def test_decimal_comma_in_the_cart() -> None:
    product = goods.make_product(unit="kg", step=Decimal("0.25"), minimum=Decimal("0.25"))
    client = Client()
    add(client, product, "1,25")
    assert CartLine.objects.get().quantity == Decimal("1.25")
    client.post(url("cart-change"), {f"quantity_{product.pk}": "0,5"})
    assert CartLine.objects.get().quantity == Decimal("0.5")
    client.post(url("cart-change"), {f"quantity_{product.pk}": "abc", "remove": product.pk})
    assert not CartLine.objects.exists()


@pytest.mark.parametrize("button", [{}, {"order": "1"}, {"remove": "other"}])
def test_what_was_typed_is_kept_whichever_button_is_pressed(citizen: User, button: dict[str, Any]) -> None:
    product, other = goods.make_product(), goods.make_product()
    client = signed_in(citizen)
    add(client, product, 1)
    add(client, other, 1)
    if "remove" in button:
        button = {"remove": other.pk}
    typed = {f"quantity_{product.pk}": "7", f"shown_{product.pk}": "1"}
    answer = client.post(url("cart-change"), typed | button)
    assert answer["Location"] == url("checkout" if "order" in button else "cart")
    assert CartLine.objects.get(product=product).quantity == 7


def test_a_field_nobody_touched_undoes_no_other_window(citizen: User) -> None:
    product, other = goods.make_product(), goods.make_product()
    client = signed_in(citizen)
    add(client, product, 5)  # the other window's doing: this page still says 1
    add(client, other, 1)
    data = {f"quantity_{product.pk}": "1", f"shown_{product.pk}": "1", f"quantity_{other.pk}": "2"}
    client.post(url("cart-change"), data)
    assert dict(CartLine.objects.values_list("product", "quantity")) == {product.pk: 5, other.pk: 2}


@pytest.mark.parametrize("typed", ["abc", "0,5", "-1", "9" * 12])
def test_a_quantity_that_cannot_be_is_shown_in_its_field(citizen: User, typed: str) -> None:
    product, other = goods.make_product(), goods.make_product()
    client = signed_in(citizen)
    add(client, product, 3)
    add(client, other, 3)
    data = {f"quantity_{product.pk}": typed, f"quantity_{other.pk}": "4", "order": "1"}
    answer = client.post(url("cart-change"), data)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert set(CartLine.objects.values_list("quantity", flat=True)) == {3}  # all or none


@pytest.mark.parametrize("quantity", ["", "abc", "-1", "0", "1.5", "9" * 30, "NaN", "1e3"])
def test_a_strange_quantity_is_told_and_not_taken(quantity: str) -> None:
    product = goods.make_product()
    client = Client()
    answer = add(client, product, quantity)
    assert answer.status_code == 302 and len(list(get_messages(answer.wsgi_request))) == 1
    assert not CartLine.objects.exists()
    if quantity in {"-1", "0"}:
        said = next(iter(get_messages(answer.wsgi_request))).message
        assert said == f"{product.name} dipesan paling sedikit 1 buah."
    page = client.get(answer["Location"], follow=True).text
    assert bool(quantity) == ('id="id_quantity_error"' in page)  # beside the field, with what was typed
    if len(quantity) < 20:
        assert f'value="{quantity.replace(".", ",") or 1}"' in page


def test_a_cart_sends_nobody_elsewhere() -> None:
    product = goods.make_product()
    answer = Client().post(url("cart-add"), {"product": product.pk, "quantity": "x", "next": "https://jahat.invalid/"})
    assert answer["Location"].startswith(f"/barang/{product.pk}-")


def test_another_visitors_cart_is_not_touched() -> None:
    product = goods.make_product()
    one, two = Client(), Client()
    add(one, product, 2)
    two.post(url("cart-change"), {f"quantity_{product.pk}": "9"})
    assert CartLine.objects.get().quantity == 2
    assert product.name not in two.get(url("cart")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"recipient": ""}, {"recipient_phone": "12"}, {"delivery_place": ""}, {"delivery_kelurahan": "99"}, {"seen": "x"}],
)
def test_a_checkout_that_does_not_hold_is_told(citizen: User, wrong: dict[str, str]) -> None:
    product = goods.make_product()
    client = signed_in(citizen)
    add(client, product)
    data = {**checkout_data(client, product), **wrong}
    answer = client.post(url("checkout"), data)
    assert answer.status_code == 422
    assert not Order.objects.exists()


@pytest.mark.parametrize("typo", [{}, {"recipient": "", "recipient_phone": "12"}], ids=["boxes fine", "boxes wrong"])
def test_everything_wrong_is_told_in_one_answer(citizen: User, typo: dict[str, str]) -> None:
    """What the boxes refuse, and what the service would: of every shop, of the address, of the name it is kept by."""
    first, second = goods.make_product(), goods.make_product()
    client = signed_in(citizen)
    add(client, first)
    data = checkout_data(client, first) | {"save_as": "Rumah"}
    client.post(url("checkout"), data)
    for product in (first, second):
        add(client, product)
    days = {f"deliver_on_{first.seller_id}": "2020-01-02", f"deliver_on_{second.seller_id}": "2099-01-02"}
    method = {f"method_{second.seller_id}": "seller"}
    page = client.get(url("checkout")).context
    again = {"key": page["form"]["key"].value(), "seen": page["seen"], "save_as": "rumah", "address": "baru"}
    answer = client.post(url("checkout"), data | days | method | again | typo)
    form = answer.context["form"]
    wrong = {"save_as", *days, *typo}
    assert answer.status_code == 422 and set(form.errors) == wrong
    short = data | days | method | again | typo | {"delivery_place": "", "delivery_kelurahan": ""}
    assert set(client.post(url("checkout"), short).context["form"].errors) >= {"delivery_place", "delivery_kelurahan"}
    assert Order.objects.count() == 1 and "data-focus" in answer.text


def test_both_halves_of_an_address_are_asked_for_at_once(citizen: User) -> None:
    product = goods.make_product()
    client = signed_in(citizen)
    add(client, product)
    data = checkout_data(client, product) | {"delivery_place": "", "delivery_kelurahan": ""}
    page = client.post(url("checkout"), data).content.decode()
    assert page.count("Tulis alamat antar.") == page.count("Pilih kelurahan tujuan antar.") == 2


@pytest.mark.parametrize(
    ("shop", "product", "said"),
    [
        ({"delivery_fee": 15_000}, {}, "Rp10.000 menjadi Rp15.000"),
        ({"delivery_fee": 5_000}, {}, "Rp10.000 menjadi Rp5.000"),
        ({"offers_delivery": False}, {}, "tidak mengantar lagi"),
        ({"offers_pickup": False}, {}, "tidak bisa diambil di toko lagi"),
        ({}, {"price": 21_000}, "Rp20.000 menjadi Rp21.000"),
    ],
)
@pytest.mark.parametrize("typed", [{}, {"recipient_phone": "12"}], ids=["fine", "typo"])
def test_nobody_pays_what_the_page_did_not_show(
    citizen: User, shop: dict[str, Any], product: dict[str, Any], said: str, typed: dict[str, str]
) -> None:
    bought = goods.make_product(price=20_000)
    client = signed_in(citizen)
    add(client, bought)
    data = checkout_data(client, bought, recipient="Bu Ketikan", **typed)
    data[f"note_{bought.seller_id}"] = "Pagar hijau"
    if shop:
        Seller.objects.filter(pk=bought.seller_id).update(**shop)
    if product:
        Product.objects.filter(pk=bought.pk).update(**product)
    answer = client.post(url("checkout"), data)
    page = answer.content.decode()
    assert (answer.status_code, Order.objects.count(), CartLine.objects.count()) == (422, 0, 1)
    assert said in page
    assert "Bu Ketikan" in page
    assert "Pagar hijau" in page
    method = "pickup" if shop.get("offers_delivery") is False else "seller"
    again = {
        **data, "seen": answer.context["seen"], "recipient_phone": "081234567890", f"method_{bought.seller_id}": method,
    }  # fmt: skip
    assert client.post(url("checkout"), again).status_code == 302
    fee = 0 if method == "pickup" else shop.get("delivery_fee", 10_000)
    assert Order.objects.get().total == product.get("price", 20_000) + fee


@pytest.mark.parametrize("seen", ["", "x", "[]", "[1,2,3]", '[{"1":["1",2]},{},[]]', "null", '{"a":1}', "[[],[],[]]"])
def test_a_page_that_shows_nothing_orders_nothing(citizen: User, seen: str) -> None:
    product = goods.make_product()
    client = signed_in(citizen)
    add(client, product)
    data = checkout_data(client, product, seen=seen)
    assert client.post(url("checkout"), data).status_code == 422
    del data["seen"]
    assert client.post(url("checkout"), data).status_code == 422
    assert not Order.objects.exists()


def test_another_quantity_in_another_tab_is_told(citizen: User) -> None:
    product = goods.make_product()
    client = signed_in(citizen)
    add(client, product, 1)
    data = checkout_data(client, product)
    add(client, product, 2)
    answer = client.post(url("checkout"), data)
    assert (answer.status_code, Order.objects.count()) == (422, 0)
    assert "isi keranjang" in answer.content.decode()


def test_short_stock_is_told_in_the_cart_and_at_the_till(citizen: User) -> None:
    product = goods.make_product(on_hand=3)
    client = signed_in(citizen)
    add(client, product, 3)
    data = checkout_data(client, product)
    other = goods.make_user()
    make.place(other, (product, 2), now=clock.now())
    answer = client.post(url("checkout"), data)
    assert answer.status_code == 422
    assert "tinggal 1" in answer.content.decode()
    assert "tinggal 1" in client.get(url("cart")).content.decode()
    balanced()


def test_the_cart_count_stands_in_the_head(citizen: User) -> None:
    client = signed_in(citizen)
    product = goods.make_product()
    carts.put_in_cart(user=citizen, key="", product=product, quantity=Decimal(1), now=clock.now())
    assert client.get(url("cart")).context["cart_count"] == 1


# --- addresses at the checkout


def address_of(user: User, label: str = "Rumah", **over: Any) -> Address:
    from tests.factories.places import home

    values = {
        "label": label, "recipient": "Ibu Uji", "phone": "0812 9999 0000", "street": "Jl. Kenanga 9",
        "kelurahan": home(), **over,
    }  # fmt: skip
    return addresses.add_address(actor=user, values=values, now=clock.now())


def test_a_saved_address_is_copied_onto_the_order(citizen: User) -> None:
    product, address = goods.make_product(price=20_000), address_of(citizen)
    client = signed_in(citizen)
    add(client, product)
    data = checkout_data(client, product, address=address.choice, recipient="", delivery_place="", recipient_phone="")
    assert client.post(url("checkout"), data).status_code == 302
    order = Order.objects.get()
    copied = (order.recipient, order.recipient_phone, order.delivery_place)
    assert copied == ("Ibu Uji", "+6281299990000", "Jl. Kenanga 9")
    addresses.change_address(
        actor=citizen, address=address, shown=None, now=clock.now(),
        values={"label": "Rumah", "recipient": "Lain", "phone": "08111111111", "street": "Jl. Lain 1",
                "kelurahan": address.kelurahan},
    )  # fmt: skip
    order.refresh_from_db()
    assert order.delivery_place == "Jl. Kenanga 9"


def test_an_address_changed_in_another_tab_is_asked_again(citizen: User, stranger: User) -> None:
    product, address, foreign = goods.make_product(), address_of(citizen), address_of(stranger)
    client = signed_in(citizen)
    add(client, product)
    old = address.choice
    addresses.change_address(
        actor=citizen, address=address, shown=None, now=clock.now(), values=addresses.written(address)
        | {"kelurahan": address.kelurahan, "street": "Jl. Lain 1"},
    )  # fmt: skip
    for choice in (old, foreign.choice, "0.1", "x"):
        answer = client.post(url("checkout"), checkout_data(client, product, address=choice))
        assert (answer.status_code, Order.objects.count()) == (422, 0)
        assert "berubah atau dihapus" in answer.content.decode()


def test_a_typed_address_is_kept_for_the_next_time(citizen: User) -> None:
    product = goods.make_product()
    client = signed_in(citizen)
    add(client, product)
    assert client.post(url("checkout"), checkout_data(client, product, save_as="Kantor")).status_code == 302
    (kept,) = citizen.addresses.all()
    assert (kept.label, kept.street, kept.is_default) == ("Kantor", "Jl. Mawar 3", True)
    add(client, product)
    answer = client.post(url("checkout"), checkout_data(client, product, address="baru", save_as="kantor"))
    assert (answer.status_code, Order.objects.count()) == (422, 1)  # the name is taken: nothing half-written


def test_the_total_follows_the_choice(citizen: User) -> None:
    product = goods.make_product(seller=goods.make_seller(delivery_fee=10_000), price=20_000)
    client = signed_in(citizen)
    add(client, product)
    first = client.get(url("checkout"))
    assert first.context["total"] == 30_000
    data = checkout_data(client, product, count="1", recipient="", **{f"method_{product.seller_id}": "pickup"})
    answer = client.post(url("checkout"), data)
    assert (answer.status_code, answer.context["total"], Order.objects.count()) == (200, 20_000, 0)
    assert 'value="Jl. Mawar 3"' in answer.content.decode()  # what was typed stays
    assert "Ada yang perlu diperbaiki" not in answer.content.decode()


@pytest.mark.parametrize(("way", "place"), [("book", "users:address-list"), ("cart", "orders:cart")])
def test_what_was_typed_is_there_after_the_address_book_or_the_cart(citizen: User, way: str, place: str) -> None:
    """Both ways out of the form are buttons of it."""
    product, address = goods.make_product(price=20_000), address_of(citizen)
    client = signed_in(citizen)
    add(client, product)
    typed = checkout_data(client, product, address=address.choice, leave=way)
    typed[f"note_{product.seller_id}"] = "Tanpa sambal"
    typed[f"method_{product.seller_id}"] = "pickup"
    left = client.post(url("checkout"), typed)
    assert left.status_code == 302 and left["Location"].startswith(reverse(place))
    assert Order.objects.count() == 0
    # The address is changed meanwhile: it stays the chosen one, under its new name.
    addresses.change_address(
        actor=citizen, address=address, shown=None, now=clock.now(),
        values=addresses.written(address) | {"kelurahan": address.kelurahan, "street": "Jl. Lain 1"},
    )  # fmt: skip
    form = client.get(url("checkout")).context["form"]
    kept = [form[f"{name}_{product.seller_id}"].value() for name in ("note", "method")]
    assert kept == ["Tanpa sambal", "pickup"]
    assert form["address"].value() == Address.objects.get().choice != address.choice
    # Once ordered, the next cart begins anew.
    data = checkout_data(client, product, address=form["address"].value())
    assert client.post(url("checkout"), data).status_code == 302
    add(client, product)
    assert not client.get(url("checkout")).context["form"][f"note_{product.seller_id}"].value()


def test_what_can_no_longer_be_chosen_is_not_kept(citizen: User) -> None:
    product, address = goods.make_product(price=20_000), address_of(citizen)
    client = signed_in(citizen)
    add(client, product)
    typed = checkout_data(client, product, address=address.choice, leave="cart")
    typed[f"note_{product.seller_id}"] = "Tanpa sambal"
    typed[f"deliver_on_{product.seller_id}"] = "2020-01-01"
    client.post(url("checkout"), typed)
    addresses.remove_address(actor=citizen, address=address)
    kept = address_of(citizen, "Kantor")
    form = client.get(url("checkout")).context["form"]
    assert form["address"].value() == kept.choice
    assert form[f"deliver_on_{product.seller_id}"].value().year > 2020
    assert form[f"note_{product.seller_id}"].value() == "Tanpa sambal"


def test_the_cart_says_from_which_day_on_a_closed_shop_can_bring_it(citizen: User) -> None:
    product = goods.make_product(price=20_000)
    client = signed_in(citizen)
    add(client, product)
    until = clock.today() + timedelta(days=4)
    Seller.objects.filter(pk=product.seller_id).update(closed_until=until)
    page = client.get(url("cart"))
    (group,) = page.context["groups"]
    said = hours.holiday_words(Seller.objects.get(pk=product.seller_id), clock.now())
    assert f"{said}. Paling cepat {long_date(group['earliest'])}" in page.text
    assert group["earliest"] > until


def test_each_shop_reads_only_what_is_written_for_it(citizen: User) -> None:
    soup, eggs = goods.make_product(price=20_000), goods.make_product(price=20_000)
    client = signed_in(citizen)
    add(client, soup)
    add(client, eggs)
    data = checkout_data(client, soup) | {f"note_{soup.seller_id}": "Tanpa sambal"}
    form = client.get(url("checkout")).context["form"]
    day = form[f"deliver_on_{eggs.seller_id}"].value()
    data |= {f"method_{eggs.seller_id}": "seller", f"deliver_on_{eggs.seller_id}": day}
    assert client.post(url("checkout"), data).status_code == 302
    assert dict(Order.objects.values_list("seller", "note")) == {soup.seller_id: "Tanpa sambal", eggs.seller_id: ""}


def test_what_no_day_can_bring_does_not_come_to_the_order(citizen: User) -> None:
    """The cart says why and keeps what was typed; what a later day can bring goes on."""
    fresh = goods.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(10), keeps=Keeps.DRY)
    client = signed_in(citizen)
    add(client, fresh, 25)
    Product.objects.filter(pk=fresh.pk).update(keeps=Keeps.FRESH)
    answer = client.get(url("checkout"), follow=True)
    assert answer.redirect_chain == [(url("cart"), 302)]
    assert "Belum bisa dipesan." in answer.text
    assert "bisa 10 buah" in answer.text
    Product.objects.filter(pk=fresh.pk).update(keeps=Keeps.DRY)
    assert client.get(url("checkout")).status_code == 200


def test_more_than_is_left_is_refused_at_once_beside_the_field(citizen: User) -> None:
    product = goods.make_product(price=20_000, on_hand=480)
    client = signed_in(citizen)
    answer = add(client, product, "1.000")
    assert not CartLine.objects.exists()
    page = client.get(answer["Location"], follow=True).content.decode()
    assert f"{product.name} tinggal 480" in page and "penjual lain" not in page.split("tinggal 480")[1][:60]
    assert 'value="1000"' in page and 'aria-invalid="true"' in page
    assert add(client, product, "480")["Location"] == url("cart")
    again = add(client, product, "1")  # together more than there is: this one alone would fit
    assert CartLine.objects.get().quantity == 480
    assert f"{product.name} tinggal 480" in client.get(again["Location"], follow=True).content.decode()


def test_more_than_any_day_makes_is_refused_at_once(citizen: User) -> None:
    """Of goods made on the day they come; a day planned larger counts, one that is over does not."""
    meal = goods.make_product(stock_mode=StockMode.DAILY, daily_capacity=Decimal(10), keeps=Keeps.COOKED)
    client, today = signed_in(citizen), clock.today()
    CapacityDay.objects.create(product=meal, day=today - timedelta(days=1), capacity=90, planned=Decimal(90))
    answer = add(client, meal, 11)
    assert not CartLine.objects.exists() and answer["Location"].endswith("#id_quantity")
    page = client.get(answer["Location"], follow=True).text
    assert f"{meal.name} dibuat paling banyak 10 " in page and 'aria-invalid="true"' in page
    CapacityDay.objects.create(product=meal, day=today + timedelta(days=3), capacity=30, planned=Decimal(30))
    assert add(client, meal, 30)["Location"] == url("cart")
    add(client, meal, 1)  # together more than any day makes
    assert CartLine.objects.get().quantity == 30


def test_a_name_without_an_address_is_not_kept(citizen: User) -> None:
    product = goods.make_product()
    client = signed_in(citizen)
    add(client, product)
    data = checkout_data(client, product) | {
        f"method_{product.seller_id}": "pickup", "delivery_place": "", "delivery_kelurahan": "", "save_as": "Rumah"
    }  # fmt: skip
    answer = client.post(url("checkout"), data)
    assert [*answer.context["form"].errors] == ["save_as"]
    assert client.post(url("checkout"), data | {"save_as": ""}).status_code == 302


def test_goods_made_per_day_are_asked_once_the_day_is_known(citizen: User) -> None:
    product = goods.make_product(price=20_000, stock_mode=StockMode.DAILY, daily_capacity=10)
    assert add(signed_in(citizen), product, 50)["Location"] == url("cart")


def test_an_amount_that_cannot_come_is_said_before_its_sum(citizen: User) -> None:
    product = goods.make_product(price=15_000, stock_mode=StockMode.DAILY, on_hand=0, daily_capacity=80)
    client = signed_in(citizen)
    add(client, product, 99_999)
    [group] = client.get(url("cart")).context["groups"]
    [row] = group["rows"]
    assert "80" in row["problem"]
    assert (group["problem"], group["blocked"]) == ("", True)
    assert "bagi ke penjual lain" not in row["problem"]


def test_a_cart_that_cannot_be_ordered_leads_to_no_order_and_asks_nobody_to_sign_in() -> None:
    meal = goods.make_product(stock_mode=StockMode.DAILY, daily_capacity=80)
    client = Client()
    add(client, meal, 99_999)
    assert 'name="order"' not in client.get(url("cart")).text
    # Also from a page that was opened before: the amount is wrong now, whoever asks.
    answer = client.post(url("cart-change"), {"order": "1"}, follow=True)
    assert answer.redirect_chain == [(url("cart"), 302)] and "Belum bisa dipesan." in answer.text
    client.post(url("cart-change"), {f"quantity_{meal.pk}": "5"})
    assert 'name="order"' in client.get(url("cart")).text
    assert client.post(url("cart-change"), {"order": "1"})["Location"] == url("checkout")


def test_a_finished_order_fills_the_cart_again_at_the_prices_of_today(citizen: User, stranger: User) -> None:
    shop = goods.make_seller()
    kept, dearer, gone, other = (goods.make_product(shop, price=20_000, name=name) for name in "ABCD")
    (order,) = make.place(citizen, (kept, 3), (dearer, 2), (gone, 1), (other, 1))
    client, again = signed_in(citizen), url("order-again", order.number)
    assert client.post(again).status_code == 409
    assert "Pesan lagi" not in client.get(url("order-detail", order.number)).content.decode()
    cancelling.cancelled(order, citizen)
    Product.objects.filter(pk=dearer.pk).update(price=25_000)
    products.hide_product(actor=make.member_of(order), product=gone, now=clock.now())
    Product.objects.filter(pk=other.pk).update(unit="kg")
    assert "Pesan lagi" in client.get(url("order-detail", order.number)).content.decode()
    for _twice in range(2):
        page = client.post(again, follow=True).content.decode()
        for said in ("B sekarang Rp25.000, dahulu Rp20.000.", "C sedang tidak dijual", "D kini dijual per"):
            assert said in page
        lines = CartLine.objects.filter(cart__user=citizen).order_by("product")
        assert list(lines.values_list("product", "quantity")) == [(kept.pk, 3), (dearer.pk, 2)]
    assert signed_in(stranger).post(again).status_code == 404


def test_goods_of_several_shops_can_be_ordered_shop_by_shop(citizen: User) -> None:
    """A shop that cannot deliver does not hold up the others; a second click orders nothing more."""
    owner = goods.make_user()
    mine, other = goods.make_product(price=20_000), goods.make_product(goods.make_seller(owner), price=7_000)
    client = signed_in(citizen)
    add(client, mine, 2)
    add(client, other, 3)
    products.hide_product(actor=owner, product=other, now=clock.now())
    page = client.get(url("cart"))
    assert [group["goes_alone"] for group in page.context["groups"] if group["seller"] == other.seller] == [False]
    assert page.text.count('name="shop"') == 1
    here = client.post(url("cart-change"), {"shop": mine.seller_id})["Location"]
    assert here == f"{url('checkout')}?penjual={mine.seller_id}"
    assert client.post(url("cart-change"), {"shop": other.seller_id})["Location"] == url("cart")
    asked = client.get(here)
    assert [group["seller"] for group in asked.context["groups"]] == [mine.seller]
    assert asked.context["total"] == 50_000
    assert f'data-hx-post="{here}"' in asked.text
    data = checkout_data(client, mine, here=here)
    for click in range(2):
        answer = client.post(here, data)
        (order,) = Order.objects.all()
        assert answer["Location"] == url("order-detail", order.number)
        told = client.get(answer["Location"]).text  # once
        assert (f'<a href="{url("cart")}">Buka keranjang</a>' in told) is (click == 0)
    assert (order.seller, order.total) == (mine.seller, 50_000)
    assert list(CartLine.objects.values_list("product", flat=True)) == [other.pk]
    assert client.get(here)["Location"] == url("cart"), "nothing of this shop is left"
    for strange in ("0", "x", "999999999999999999999"):
        assert client.get(f"{url('checkout')}?penjual={strange}")["Location"] == url("cart")
    balanced()


def test_the_amount_of_one_shop_changed_in_another_tab_is_told_and_that_of_another_is_not(citizen: User) -> None:
    mine, other = goods.make_product(price=20_000), goods.make_product(price=7_000)
    client = signed_in(citizen)
    add(client, mine, 2)
    add(client, other, 3)
    here = f"{url('checkout')}?penjual={mine.seller_id}"
    data = checkout_data(client, mine, here=here)
    add(client, mine, 1)
    assert "isi keranjang" in client.post(here, data).text
    data = checkout_data(client, mine, here=here)
    add(client, other, 1)
    assert client.post(here, data).status_code == 302
    assert CartLine.objects.get().quantity == 4


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_what_was_taken_out_is_put_back_once(citizen: User, is_signed_in: bool) -> None:
    product, other = goods.make_product(price=20_000), goods.make_product(name="Kue lapis")
    client = signed_in(citizen) if is_signed_in else Client()
    add(client, product, 3)
    add(client, other, other.minimum)
    for one in (product, other):
        client.post(url("cart-change"), {"remove": one.pk})
    page = client.get(url("cart")).content.decode()
    assert "Keranjang Anda kosong" in page and page.count("Kembalikan ke keranjang") == 2
    for _click in range(2):
        client.post(url("cart-restore"))
        assert {line.product: line.quantity for line in CartLine.objects.all()} == {product: 3, other: 1}
    assert "Kembalikan ke keranjang" not in client.get(url("cart")).content.decode()


def test_taken_out_in_one_window_and_added_in_another_is_not_added_up(citizen: User) -> None:
    product = goods.make_product()
    client = signed_in(citizen)
    add(client, product, 3)
    client.post(url("cart-change"), {"remove": product.pk})
    carts.put_in_cart(user=citizen, key="", product=product, quantity=Decimal(2), now=clock.now())
    assert "Kembalikan ke keranjang" not in client.get(url("cart")).content.decode()
    client.post(url("cart-restore"), {"product": product.pk})
    assert CartLine.objects.get().quantity == 3


def test_goods_that_ended_or_are_dearer_since_they_were_taken_out_are_told(citizen: User) -> None:
    owner = goods.make_user()
    product = goods.make_product(goods.make_seller(owner))
    dearer = goods.make_product(name="Kue lapis", price=5_000)
    client = signed_in(citizen)
    add(client, product)
    add(client, dearer)
    client.post(url("cart-change"), {f"quantity_{product.pk}": "0", f"quantity_{dearer.pk}": "0"})
    products.hide_product(actor=owner, product=product, now=clock.now())
    Product.objects.filter(pk=dearer.pk).update(price=6_000)
    told = [str(one) for one in get_messages(client.post(url("cart-restore")).wsgi_request)]
    assert any("sedang tidak dijual" in one and product.name in one for one in told)
    assert any("sekarang Rp6.000, dahulu Rp5.000" in one for one in told)
    assert [line.product for line in CartLine.objects.all()] == [dearer]


def test_what_was_taken_out_long_ago_is_offered_no_more(citizen: User) -> None:
    client = signed_in(citizen)
    product = goods.make_product()
    add(client, product)
    client.post(url("cart-change"), {"remove": product.pk})
    session = client.session
    session[TAKEN_OUT_KEY] = [{**row, "at": str(clock.now() - KEPT)} for row in session[TAKEN_OUT_KEY]]
    session.save()
    assert "Kembalikan ke keranjang" not in client.get(url("cart")).content.decode()
    client.post(url("cart-restore"))
    assert not CartLine.objects.exists()
