"""What stands beside the box of an amount: Rp, or the unit."""

import pytest
from django.utils.translation import override

from epeken.core import clock
from orders.deliveries.forms import InspectForm, ShipForm
from orders.orders.pages import lists
from tests.factories import orders
from tests.factories import umkm as make
from umkm.catalogue.forms import EditProductForm
from umkm.catalogue.pages import product as product_pages
from umkm.owners.services import Room
from umkm.stock.forms import CorrectForm, ReceiveForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["published", "draft"])
def test_goods_are_edited_in_rupiah_and_their_unit(state: str) -> None:
    product = make.make_product(price=1_016_000, unit="kg", state=state)
    if state == "draft":
        assert product.published_at is None
    form = EditProductForm(
        product=product,
        categories=product_pages.category_tree(),
        seller=product.seller,
        initial={"price": product.price},
        current={},
    )
    unit = "kg" if state == "published" else ""  # a draft's unit is chosen on the same page
    assert (form.fields["price"].prefix, form["price"].value()) == ("Rp", "1.016.000")
    assert {form.fields[name].suffix for name in ("minimum", "step")} == {unit}
    assert form.fields["lead_days"].suffix == "hari"


def test_stock_is_counted_in_its_unit() -> None:
    assert ReceiveForm(unit="kg").fields["quantity"].suffix == "kg"
    assert CorrectForm(unit="box").fields["counted"].suffix == "kotak"
    with override("en"):
        assert CorrectForm(unit="box").fields["counted"].suffix == "boxes"


def test_what_is_sent_and_what_arrives_says_its_unit() -> None:
    office = orders.make_office()
    order = orders.accepted(orders.make_issued(office, make.make_product(price=100_000, unit="carton")))
    (line,) = order.lines.all()
    assert ShipForm(order=order, now=clock.now()).fields[f"sent_{line.pk}"].suffix == "dus"
    with override("en"):
        assert ShipForm(order=order, now=clock.now()).fields[f"sent_{line.pk}"].suffix == "cartons"
    form = InspectForm(delivery=orders.shipped(order))
    assert {form.fields[name].suffix for name in form.fields if name.startswith(("arrived_", "accepted_"))} == {"dus"}


@pytest.mark.parametrize(("left", "told"), [(27_500, "About 1 box of Nasi kotak"), (55_000, "About 2 boxes of Nasi")])
def test_what_still_fits_under_the_cap_is_counted(left: int, told: str) -> None:
    sample = make.make_product(name="Nasi kotak", unit="box", price=27_500)
    with override("en"):
        assert told in lists.fits(Room(cap=30_000_000, used=30_000_000 - left, warn_at=1), sample, clock.today())
