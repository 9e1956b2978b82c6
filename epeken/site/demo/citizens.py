"""Orders of people who buy for themselves."""

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from epeken.site.demo.offices import working_moment
from epeken.users.models import User
from orders.billing.services import payments
from orders.carts import services as carts
from orders.deliveries import services as deliveries
from orders.orders.services import agreement as order_services
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product

CITIZEN_BASKETS = [
    (("Toko Pagi Lumintu", "Telur ayam negeri per kg", "1.5"), ("Toko Pagi Lumintu", "Beras premium 5 kg", "1")),
    (("Warung Kuah Senja", "Soto ayam Lamongan", "3"), ("Warung Kuah Senja", "Es teh manis", "3")),
    (("Sambal Bu Pawon Tua", "Sambal bawang botol 150 gram", "2"),),
    (("Batik Kali Mas", "Selendang batik sutra", "1"),),
    (("Kebun Gang Wangi", "Bibit cabai rawit", "6"),),
    (("Toko Pagi Lumintu", "Minyak goreng 1 liter", "2"), ("Renyah Bu Tela", "Keripik ubi ungu 250 gram", "2")),
]  # fmt: skip
CITIZEN_PACE = [(40, "paid"), (26, "paid"), (15, "paid"), (9, "paid"), (2, "shipped"), (0, "placed")]


def make_citizen_orders(buyers: list[User], now: datetime, progress: Any) -> None:
    for number, buyer in enumerate(buyers):
        for index, (days_ago, until) in enumerate(CITIZEN_PACE):
            goods = CITIZEN_BASKETS[(number + index) % len(CITIZEN_BASKETS)]
            moment = min(working_moment(now, days_ago, 10, number * 7), now - timedelta(minutes=50 - number))
            _buy_privately(buyer, goods, moment, until, f"{number}-{index}", now)
    progress("belanja warga")


def _buy_privately(
    buyer: User, goods: tuple[tuple[str, str, str], ...], moment: datetime, until: str, mark: str, now: datetime
) -> None:
    cart = None
    groups = {}
    for shop, name, quantity in goods:
        product = Product.objects.select_related("seller").get(seller__name=shop, name=name)
        cart = carts.put_in_cart(user=buyer, key="", product=product, quantity=Decimal(quantity), now=moment)
        day = feasibility.first_day(product, moment)
        groups[product.seller_id] = {"method": "pickup", "deliver_on": day}
    values = {
        "recipient": buyer.name,
        "recipient_phone": buyer.phone or "+6281200000009",
        "delivery_place": "Jalan Peraga 99",
        "delivery_kelurahan": buyer.kelurahan,
        "groups": groups,
    }
    key = hashlib.sha256(f"{buyer.email}/{mark}".encode()).hexdigest()[:32]
    assert cart is not None  # every basket here holds something
    for order in carts.place_orders(actor=buyer, cart=cart, values=values, key=key, now=moment):
        owner = order.seller.members.select_related("user").earliest("pk").user
        if until == "placed":
            continue
        order_services.accept_order(actor=owner, order=order, now=moment + timedelta(minutes=30))
        delivery = deliveries.ship_order(
            actor=owner, order=order, carrier="", quantities={}, key=f"{key[:26]}s{order.pk}",
            now=moment + timedelta(minutes=45),
        )  # fmt: skip
        if until == "shipped":
            continue
        deliveries.confirm_received(actor=buyer, delivery=delivery, now=moment + timedelta(hours=3))
        payments.record_cash(
            actor=owner, invoice=order.invoices.get(), key=key[:31] + "c", now=moment + timedelta(hours=3, minutes=5)
        )
