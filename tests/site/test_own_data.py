"""Everybody takes their own data along, once they have proven who they are, and nobody else's."""

import json
from decimal import Decimal
from typing import Any

import pytest

from epeken.core.idempotency import new_key
from orders.cancellations import services as cancellations
from orders.cancellations.states import CancelReason
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.orders.states import DeliveryMethod
from tests.factories import orders as make_orders
from tests.factories import umkm as make
from tests.factories import users as make_users
from tests.factories.orders import DAY, MONDAY
from tests.factories.users import signed_in
from tests.umkm.identity.test_pages import proven

pytestmark = pytest.mark.django_db
PAGE = "/akun/data-saya/"
NOW = MONDAY + DAY


def told(person: Any) -> dict[str, Any]:
    client = proven(person, PAGE)
    assert f'href="{PAGE}?unduh=1"' in client.get(PAGE).text
    answer = client.get(f"{PAGE}?unduh=1")
    assert answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_an_owner_gets_account_shop_and_orders_in_full(shop: Any, seller_user: Any) -> None:
    make_users.make_address(seller_user)
    order = make_orders.place(seller_user, (make.make_product(), 1))[0]
    assert signed_in(seller_user).get(PAGE).status_code == 302
    # The file never answers the form that asks for the password.
    assert signed_in(seller_user).get(f"{PAGE}?unduh=1")["Location"] == PAGE
    data = told(seller_user)
    assert data["account"]["email"] == seller_user.email and len(data["addresses"]) == 1
    assert [one["number"] for one in data["orders"]] == [order.number]
    (own,) = data["shops"]
    assert (own["data"]["nik"], own["data"]["bank_account"]) == (shop.nik, shop.bank_account)


def test_a_buyer_gets_what_the_pages_of_their_orders_show(citizen: Any) -> None:
    """Goods, recipient, notes, the inspection with its photo, the complaint, the cancellation, what they were told."""
    sauce = make.make_product(name="Kecap manis")
    groups = {sauce.seller_id: {"method": DeliveryMethod.SELLER, "note": "Titip di pos satpam"}}
    order = make_orders.place(citizen, (sauce, 2), recipient="Bu Sari", groups=groups)[0]
    delivery = make_orders.shipped(make_orders.accepted(order))
    line = delivery.lines.get()
    deliveries.inspect_delivery(
        actor=citizen, delivery=delivery, findings={line.pk: (line.sent, Decimal(1), "Satu botol bocor")},
        came_at=None, remark="Dus basah", photos=[make_orders.photo()], key=new_key(), now=NOW,
    )  # fmt: skip
    found = Order.objects.get(pk=order.pk)
    disputes.open_dispute(actor=citizen, order=found, complaint="Rasanya asam", now=NOW)
    gone = make_orders.place(citizen, (make.make_product(), 1))[0]
    cancellations.cancel_order(actor=citizen, order=gone, reason=CancelReason.WRONG, note="Salah hari", now=MONDAY)
    data = told(citizen)
    bought, closed = data["orders"]
    assert (bought["goods"][0]["name"], bought["recipient"]) == ("Kecap manis", "Bu Sari")
    assert bought["recipient_phone"] == order.recipient_phone and bought["note"] == "Titip di pos satpam"
    (came,) = bought["deliveries"]
    assert (came["remark"], came["goods"][0]["remark"]) == ("Dus basah", "Satu botol bocor")
    assert signed_in(citizen).get(came["photos"][0]["address"]).status_code == 200
    assert bought["complaints"][0]["complaint"] == "Rasanya asam"
    assert closed["state"] == "Batal" and "Salah hari" in json.dumps(closed)
    assert data["notifications"] and "__" not in json.dumps(data)


def test_a_helper_gets_nothing_of_the_owner(shop: Any, colleague: Any) -> None:
    data = told(colleague)
    assert [one["shop"] for one in data["shop_memberships"]] == [str(shop)] and data["shops"] == []
    assert shop.nik not in json.dumps(data)
