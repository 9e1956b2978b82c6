"""A cart holds wishes, not goods: stock and cap room are taken when it becomes orders."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, refuse_first, require
from epeken.core.models import Claim
from epeken.core.money import share
from epeken.core.phones import read_phone
from epeken.core.quantity import MOST
from epeken.core.services import service
from epeken.users.addresses import services as addresses
from epeken.users.models import User, Visitor
from orders.carts import quotes, rules
from orders.carts.models import Cart, CartLine
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.orders.services import agreement as order_services
from orders.orders.services import placing
from orders.orders.states import DeliveryMethod
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.catalogue.tiers import tier_from, unit_price
from umkm.sellers import hours
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller

MAX_LINES = 50
CART_KEY = "cart_key"  # in the visitor's session
# Of an entry of the address book, the field of the checkout it is taken from.
ADDRESS_FIELDS = {
    "label": "save_as",
    "recipient": "recipient",
    "phone": "recipient_phone",
    "street": "delivery_place",
    "kelurahan": "delivery_kelurahan",
}


@dataclass(frozen=True)
class Merged:
    """Names of goods whose quantities were added up, and of those that found no room in the cart."""

    added: list[str]
    left_out: list[str]


@dataclass(frozen=True)
class RestoredLine:
    """Goods that were in the cart or in an order, and are to be in the cart: their pk, how much, and what they cost
    each then, in rupiah."""

    product: int
    quantity: Decimal
    price: int


@dataclass(frozen=True)
class Refilled:
    """Names of goods that are in the cart once more; which of them cost more than then (name, rupiah then and now); and
    why others are not there, a sentence each."""

    put: list[str]
    dearer: list[tuple[str, int, int]]
    left_out: list[str]


@service
def put_in_cart(*, user: Visitor, key: str, product: Product, quantity: Decimal, now: datetime) -> Cart:
    """`quantity` more of the product is in the cart of this person, or of the visitor with this key.

    Raises: RuleBroken. Locks: Cart.
    """
    cart = _cart_for(user, key, now)
    line = cart.lines.filter(product=product).first()
    wanted = quantity + (line.quantity if line else Decimal(0))
    feasibility.check(product, wanted, None)
    feasibility.check_shelf(product, wanted)
    feasibility.check_one_day(product, wanted, clock.local_date(now))
    if line is None:
        require(
            cart.lines.count() < MAX_LINES,
            _("Keranjang paling banyak berisi %(most)s barang. Pesan dahulu yang ada.") % {"most": MAX_LINES},
            code="cart_full",
        )
        CartLine.objects.create(cart=cart, product=product, quantity=wanted, price_seen=unit_price(product, wanted))
    else:
        CartLine.objects.filter(pk=line.pk).update(quantity=wanted, price_seen=unit_price(product, wanted))
    return cart


@service
def change_quantities(*, cart: Cart, quantities: Mapping[int, Decimal], now: datetime) -> list[RestoredLine]:
    """The cart holds exactly these quantities, by pk of the product; nothing at zero. Other goods stay as they are.

    All or none. Gives what was taken out, as `put_back` takes it.
    Raises: RuleBroken at `quantity_<product>`. Locks: Cart.
    """
    cart = Cart.objects.locked().get(pk=cart.pk)
    taken_out = []
    for line in cart.lines.filter(product__in=quantities).select_related("product__seller"):
        product, quantity = line.product, quantities[line.product_id]
        if quantity == 0:
            taken_out.append(RestoredLine(product.pk, line.quantity, line.price_seen))
            line.delete()
        elif quantity != line.quantity:
            for fault in feasibility.faults(product, quantity, None):
                raise fault.refusal(f"quantity_{product.pk}")
            CartLine.objects.filter(pk=line.pk).update(quantity=quantity, price_seen=unit_price(product, quantity))
    Cart.objects.filter(pk=cart.pk).update(updated_at=now)
    return taken_out


@service
def put_back(*, user: Visitor, key: str, wanted: Iterable[RestoredLine], now: datetime) -> Refilled:
    """What was taken out of the cart of this person, or of the visitor with this key, is in it once more, at the prices
    of today; what cannot be had is left out. In the cart already, it is not added up: pressed twice it is there once.

    Locks: Cart.
    """
    rows = {one.product: one for one in wanted}
    goods = Product.objects.filter(pk__in=rows).select_related("seller").order_by("pk")
    return _refilled(user, key, [(product, rows[product.pk]) for product in goods], now)


@service
def merge_cart(*, user: User, key: str, now: datetime) -> Merged:
    """What a visitor put in before signing in joins their own cart; the visitor's cart is gone. Locks: Cart."""
    guest = Cart.objects.locked().filter(user__isnull=True, key=key).first()
    if guest is None:
        return Merged([], [])
    own = _cart_for(user, "", now)
    have = {line.product_id: line for line in own.lines.select_related("product")}
    added, left_out = [], []
    for line in guest.lines.select_related("product").order_by("pk"):
        mine = have.get(line.product_id)
        if mine is not None:
            together = min(mine.quantity + line.quantity, MOST)
            # More of it may cost less each; a price that moved since it was seen is still told.
            seen = unit_price(line.product, together) if mine.price_seen == mine.unit_price else mine.price_seen
            CartLine.objects.filter(pk=mine.pk).update(quantity=together, price_seen=seen)
            added.append(line.product.name)
        elif len(have) < MAX_LINES:
            have[line.product_id] = CartLine.objects.create(
                cart=own, product_id=line.product_id, quantity=line.quantity, price_seen=line.price_seen
            )
        else:
            left_out.append(line.product.name)
    guest.delete()
    return Merged(added, left_out)


@service
def order_again(*, actor: User, order: Order, now: datetime) -> Refilled:
    """What a person bought by an order that is over is in their cart once more, at the prices of today; what cannot be
    had is left out. In the cart already, it is not added up: pressed twice it is there once.

    Raises: NotAllowed, InvalidMove. Locks: Cart.
    """
    if not orders_policies.is_buyer_of(actor, order):
        raise NotAllowed(_("Hanya pembelinya yang dapat memesan lagi dari pesanan ini."))
    if not orders_policies.is_over(order):
        raise InvalidMove(_("Pesanan ini masih berjalan. Pesan lagi sesudah selesai, atau pilih barangnya di pasar."))
    rows, other_units = [], []
    for line in order.lines.select_related("product__seller").order_by("pk"):
        product = line.product
        if product.unit != line.unit:
            said = _("%(name)s kini dijual per %(unit)s; pilih sendiri banyaknya.")
            other_units.append(said % {"name": product.name, "unit": product.get_unit_display()})
        else:
            rows.append((product, RestoredLine(product.pk, line.quantity, line.price)))
    found = _refilled(actor, "", rows, now)
    return replace(found, left_out=[*other_units, *found.left_out])


def _refilled(user: Visitor, key: str, rows: Iterable[tuple[Product, RestoredLine]], now: datetime) -> Refilled:
    """The cart holds at least these quantities, as far as each can be had."""
    have = dict(_cart_for(user, key, now).lines.values_list("product", "quantity"))
    put, dearer, left_out = [], [], []
    for product, wanted in rows:
        missing = wanted.quantity - have.get(product.pk, Decimal(0))
        if missing > 0:
            try:
                with transaction.atomic():
                    put_in_cart(user=user, key=key, product=product, quantity=missing, now=now)
            except RuleBroken as why:
                left_out.append(why.message)
                continue
        put.append(product.name)
        today = unit_price(product, max(wanted.quantity, have.get(product.pk, Decimal(0))))
        if today > wanted.price:
            dearer.append((product.name, wanted.price, today))
    return Refilled(put, dearer, left_out)


@service
def place_orders(*, actor: User, cart: Cart, values: Mapping[str, Any], key: str, now: datetime) -> list[Order]:
    """One order per seller in the cart; stock and cap room are taken, and what is ordered leaves the cart. Paid in cash
    at the door.

    `values`: recipient, recipient_phone, delivery_place, delivery_kelurahan (or None), groups
    {seller pk: {"method", "deliver_on", "note"}}, save_as (the name under which the address book keeps it; '' does
    not), shop (pk of the one whose goods are ordered, the others' stay in the cart; absent or None: all), and seen, the
    text of the quote the person was shown (None: no page showed one). Prices and fees are compared and charged from one
    read, so nobody pays what they did not see. The same key places once. All sellers that are asked, or none.
    Raises: NotAllowed, RuleBroken.
    Locks: User, Cart, Seller, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    values = {**values, "recipient_phone": read_phone(values["recipient_phone"], field="recipient_phone")}
    earlier = idempotency.claim(person=who, key=key, body={"place": cart.pk, "values": dict(values)})
    if earlier is not None:
        return _between(actor, earlier)
    if values.get("save_as"):
        _keep_address(actor, values, now)
    cart = Cart.objects.locked().get(pk=cart.pk)
    if cart.user_id != actor.pk:
        raise NotAllowed(_("Keranjang ini bukan milik Anda."))
    wanted = cart.lines.of_shop(values.get("shop"))
    # A shop that closes meanwhile waits until this is done, or is seen to be closed.
    list(Seller.objects.locked().filter(pk__in=wanted.values("product__seller")))
    places = ("product__seller__kelurahan__kecamatan", "product__seller__food_court")
    lines = list(wanted.select_related("product__category", *places))
    require(lines, _("Keranjang Anda kosong. Pilih barang dahulu."), code="cart_empty")
    if values.get("seen") is not None:
        quotes.check_shown(values["seen"], lines)
    by_seller = _by_seller(lines)
    on = feasibility.calendar([line.product for line in lines], clock.local_date(now), now, for_agency=False)
    people = shops.members_by_shop(by_seller)
    for seller_pk, mine in by_seller.items():
        require(
            actor not in people[seller_pk],
            _("%(shop)s adalah toko Anda sendiri, jadi tidak dapat Anda pesan.")
            % {"shop": mine[0].product.seller.name},
            code="own_shop",
        )
    parts = [
        _part(mine, values["groups"].get(seller_pk) or {}, values, on) for seller_pk, mine in sorted(by_seller.items())
    ]
    orders = order_services.insert_placed(actor=actor, parts=parts, values=values, people=people, now=now)
    wanted.delete()
    idempotency.settle(person=who, key=key, result=f"{orders[0].number},{orders[-1].number}")
    return orders


def _keep_address(actor: User, values: Mapping[str, Any], now: datetime) -> None:
    wanted = {name: values[source] for name, source in ADDRESS_FIELDS.items()}
    try:
        addresses.add_address(actor=actor, values=wanted, now=now)
    except RuleBroken as refusal:
        raise _at_checkout(refusal) from None


def _label_problems(actor: User, values: Mapping[str, Any]) -> Iterator[RuleBroken]:
    """Why the address cannot be kept under the name it is given."""
    if not values.get("save_as"):
        return
    try:
        addresses.check_label(actor, values["save_as"])
    except RuleBroken as refusal:
        yield _at_checkout(refusal)


def _at_checkout(refusal: RuleBroken) -> RuleBroken:
    field = refusal.field or ""
    return RuleBroken(refusal.message, field=ADDRESS_FIELDS.get(field, refusal.field), code=refusal.code)


def placed_before(actor: User, key: str) -> list[Order]:
    """The orders this key already placed: what a second click is shown, now that the cart is empty."""
    claim = Claim.objects.filter(person=f"user:{actor.pk}", key=key).first()
    return _between(actor, claim.result) if claim is not None and "," in claim.result else []


def _between(actor: User, result: str) -> list[Order]:
    first, last = result.split(",")
    return list(Order.objects.of_buyer(actor).filter(number__gte=first, number__lte=last).order_by("pk"))


def _part(
    lines: list[CartLine],
    choice: Mapping[str, Any],
    values: Mapping[str, Any],
    on: feasibility.Calendar,
) -> placing.OrderPart:
    now = on.now
    seller = lines[0].product.seller
    method = str(choice.get("method") or "")
    refuse_first(method_problems(seller, choice, values))
    day = choice.get("deliver_on") or max(feasibility.first_day(line.product, now) for line in lines)
    on = replace(on, day=day)
    refuse_first(day_problems(seller, lines, on))
    deliver_at = hours.last_moment(seller, day)
    answer = timedelta(hours=rules.ANSWER.on(clock.local_date(now)))
    return placing.OrderPart(
        seller=seller,
        lines=[
            placing.sale_line(
                product=line.product,
                quantity=line.quantity,
                price=line.unit_price,
                amount=share(line.unit_price, line.quantity),
                tier_from=tier_from(line.product, line.quantity, line.unit_price),
            )
            for line in lines
        ],
        delivery_cost=seller.delivery_fee if method == DeliveryMethod.SELLER else 0,
        method=method,
        deliver_at=deliver_at,
        # Who says yes still has time to make it: an hour, or of a shorter time half.
        answer_due_at=min(
            hours.answer_by(seller, now + answer),
            max(deliver_at - hours.PREPARE, now + (deliver_at - now) / 2),
        ),
        days={line.product_id: feasibility.production_days(line.product, on) for line in lines},
        note=str(choice.get("note") or ""),
    )


def checkout_problems(
    actor: User, lines: Iterable[CartLine], values: Mapping[str, Any], now: datetime
) -> Iterator[RuleBroken]:
    """Whatever `place_orders` would refuse of what a checkout says, each at its field; of a shop without a day only
    the way. `values`: as of `place_orders`, as far as they could be read. Three queries at most."""
    yield from _label_problems(actor, values)
    rows = list(lines)
    on = feasibility.calendar([line.product for line in rows], clock.local_date(now), now, for_agency=False)
    for seller_pk, mine in _by_seller(rows).items():
        seller, choice = mine[0].product.seller, values["groups"].get(seller_pk) or {}
        yield from method_problems(seller, choice, values)
        if day := choice.get("deliver_on"):
            yield from day_problems(seller, mine, replace(on, day=day))


def _by_seller(lines: Iterable[CartLine]) -> dict[int, list[CartLine]]:
    found: dict[int, list[CartLine]] = {}
    for line in lines:
        found.setdefault(line.product.seller_id, []).append(line)
    return found


def method_problems(seller: Seller, choice: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[RuleBroken]:
    """Why the goods of the shop cannot come this way, each at its field of the checkout. `choice`, `values`: as of
    `place_orders`."""
    method, field = str(choice.get("method") or ""), f"method_{seller.pk}"
    if method == DeliveryMethod.SELLER:
        if not seller.offers_delivery:
            text = _("%(shop)s tidak mengantar. Pilih ambil di %(outlet)s.")
            words = {"shop": seller.name, "outlet": seller.outlet}
            yield RuleBroken(text % words, field=field, code="no_delivery")
        if not (values.get("delivery_place") or "").strip():
            yield RuleBroken(_("Tulis alamat antar."), field="delivery_place", code="place_missing")
        if not values.get("delivery_kelurahan"):
            text = _("Pilih kelurahan tujuan antar.")
            yield RuleBroken(text, field="delivery_kelurahan", code="place_missing")
    elif method != DeliveryMethod.PICKUP or not seller.offers_pickup:
        text = _("Pilih cara menerima barang dari %(shop)s.") % {"shop": seller.name}
        yield RuleBroken(text, field=field, code="method_missing")


def day_problems(seller: Seller, lines: Iterable[CartLine], on: feasibility.Calendar) -> Iterator[RuleBroken]:
    """Why the goods of the shop cannot come on the day of the calendar; what is about the day at its field."""
    field, today = f"deliver_on_{seller.pk}", clock.local_date(on.now)
    if on.day < today:
        yield RuleBroken(_("Tanggal itu sudah lewat. Pilih hari lain."), field=field, code="day_past")
        return
    if on.day > today + timedelta(days=hours.HORIZON_DAYS):
        text = _("Pesanan paling jauh %(days)s hari ke depan.") % {"days": hours.HORIZON_DAYS}
        yield RuleBroken(text, field=field, code="too_far")
        return
    for line in lines:
        for fault in feasibility.faults(line.product, line.quantity, on):
            yield fault.refusal(field if fault.field == "day" else None)


def _cart_for(user: Visitor, key: str, now: datetime) -> Cart:
    owner = {"user": user} if getattr(user, "is_authenticated", False) else {"key": key}
    require(owner.get("user") or key, _("Muat ulang halaman lalu coba lagi."), code="cart_missing")
    cart, _made = Cart.objects.get_or_create(**owner, defaults={"updated_at": now})
    cart = Cart.objects.locked().get(pk=cart.pk)
    Cart.objects.filter(pk=cart.pk).update(updated_at=now)
    return cart
