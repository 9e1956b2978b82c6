"""Everybody takes their own data along, once they have proven who they are, and nobody else's."""

import json
from decimal import Decimal
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.idempotency import new_key
from orders.cancellations import services as cancellations
from orders.cancellations.states import CancelReason
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.orders.states import DeliveryMethod
from tests.factories import identity, sanctions, separations, transfers
from tests.factories import orders as make_orders
from tests.factories import tax_papers as papers
from tests.factories import umkm as make
from tests.factories import users as make_users
from tests.factories.orders import DAY, MONDAY
from tests.factories.users import signed_in
from tests.umkm.identity.test_pages import proven
from umkm.appeals import services as appealing
from umkm.requirements import services as excused
from umkm.requirements.models import Requirement
from umkm.sellers.models import Seller, SellerMember

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


def test_an_owner_gets_what_was_asked_and_decided_about_the_shop(shop: Any, seller_user: Any, verifier: Any) -> None:
    now = clock.now()
    sanction = sanctions.give(shop, now, note="Tiga pesanan terlambat")
    appealing.file_appeal(actor=seller_user, decision=sanction, words="Datang tepat waktu", now=now)
    papers.sent(shop)
    identity.waiting(shop, now, reason="Ganti bank lama")
    other = make.make_seller(owner=shop.owner, bank_account=shop.bank_account)
    separations.ask(shop, other, now)
    excused.give_waiver(
        actor=make.make_staff("umkm.waive_requirement"), seller=shop, reason="Depan toko dibongkar", now=now,
        requirement=Requirement.objects.get(seller_kind="umkm", subject="shop_front"), until=clock.today() + DAY,
    )  # fmt: skip
    (own,) = told(seller_user)["shops"]
    assert own["sanctions"][0]["note"] == "Tiga pesanan terlambat"
    assert own["appeals"][0]["words"] == "Datang tepat waktu"
    assert own["tax_papers"][0]["number"] == papers.NUMBERS["certificate"]
    (change,) = own["identity_changes"]
    assert change["reason"] == "Ganti bank lama"
    wrote = {one["field"]: (one["old"], one["new"]) for one in change["values"]}
    assert wrote["bank_account"] == (shop.bank_account, "911122223333")
    assert own["separations"][0]["other"] == str(other) and own["waivers"][0]["reason"] == "Depan toko dibongkar"


def test_of_a_shop_that_passes_on_each_side_gets_what_they_wrote(shop: Any, seller_user: Any) -> None:
    now, heir = clock.now(), make.make_user()
    identity.waiting(shop, now, reason="Ganti bank lama")
    transfers.taken(shop, heir, now)
    mine = told(seller_user)
    passing = [one for one in mine["shops"][0]["identity_changes"] if one["kind"] == "Pemilik toko"]
    assert passing[0]["values"] == [] and transfers.NIK not in json.dumps(mine)
    theirs = told(heir)
    (offered,) = theirs["shops_offered_to_them"]
    assert transfers.NIK in json.dumps(offered) and shop.nik not in json.dumps(theirs)
    # Once it is theirs, what the earlier owner asked for is not.
    Seller.objects.filter(pk=shop.pk).update(owner_since=now + DAY)
    SellerMember.objects.filter(seller=shop).update(until=now)
    make.make_member(shop, heir)
    assert "Ganti bank lama" not in json.dumps(told(heir))


def test_a_helper_gets_nothing_of_the_owner(shop: Any, colleague: Any) -> None:
    data = told(colleague)
    assert [one["shop"] for one in data["shop_memberships"]] == [str(shop)] and data["shops"] == []
    assert shop.nik not in json.dumps(data)
