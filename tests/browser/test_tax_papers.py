"""The treasurer decides what a bill is taxed on, and records its bukti potong; the seller fetches it on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse

from epeken.core import clock
from orders.billing.models import Invoice
from orders.deliveries import services as deliveries
from orders.orders.models import Order
from orders.tax_slips.models import TaxSlip
from tests.browser.visitor import Visitor
from tests.factories import orders as make
from tests.factories import procurement
from tests.factories import umkm as goods
from umkm.catalogue.states import FoodKind

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_decision_about_tax_and_its_bukti_potong(
    visit: Callable[..., Visitor], picture: Callable[[str], Path]
) -> None:
    now = clock.now()
    office = procurement.Office(now=now)
    seller = goods.make_seller(npwp="012345678901234")
    product = goods.make_product(seller, price=120_000, food_kind=FoodKind.CATERING)
    order, other = (make.make_issued(office, product, delivery=0, now=now) for _n in range(2))  # type: ignore[arg-type]
    delivery = make.arrived(make.shipped(make.accepted(order, now), now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    invoice = make.invoice_of(order)

    treasurer = visit(width=360, height=740).sign_in(office.treasurer, second_factor=True)
    treasurer.open(reverse("orders:invoice-verify", args=[order.number, invoice.number]))
    treasurer.sees("Dasar pajaknya", other.number).press("Putuskan dasar pajaknya")
    line = delivery.lines.get()
    treasurer.fill(is_split="1", reason="Satu rapat, dibeli di warung", **{f"food_{line.pk}": "shop"})
    treasurer.press("Catat keputusan").sees("terbit sebagai gantinya, pajaknya Rp18.000")
    made = Invoice.objects.live().get(order=order)
    assert made.withheld == 18_000
    make.clear(office, made, now)
    make.pay(office, Order.objects.get(pk=order.pk), now=now, paid_on=clock.local_date(now))  # type: ignore[arg-type]

    treasurer.open("/dinas/pajak/").press("Bukti potong per penjual dan bulan").sees("Belum dicatat", seller.name)
    treasurer.page.set_viewport_size({"width": 1280, "height": 900})
    treasurer.look().press("Catat bukti potong").sees("012345678901234", "22-910-01")
    treasurer.fill(number="2611 A1B2C", file=picture("kertas"))
    treasurer.press("Catat bukti potong", within="main form").sees("Bukti potong dicatat", "2611A1B2C")
    treasurer.press("2611A1B2C").sees("Bendahara", seller.name)

    shop = visit(width=360, height=740).sign_in(make.member_of(order))
    shop.open(reverse("site:seller-money")).press("Bukti potong pajak").sees("2611A1B2C", "Rp18.000")
    assert shop.fetch(reverse("orders:tax-slip-file", args=[TaxSlip.objects.get().pk]))[0] == 200
