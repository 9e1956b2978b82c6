"""Everybody takes their own data along, once they have proven who they are, and nobody else's."""

import json
from typing import Any

import pytest

from tests.factories import orders as make_orders
from tests.factories import umkm as make
from tests.factories import users as make_users
from tests.factories.users import signed_in
from tests.umkm.identity.test_pages import proven

pytestmark = pytest.mark.django_db
PAGE = "/akun/data-saya/"


def told(person: Any) -> dict[str, Any]:
    answer = proven(person, PAGE).get(PAGE)
    assert answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_an_owner_gets_account_shop_and_orders_in_full(shop: Any, seller_user: Any) -> None:
    make_users.make_address(seller_user)
    order = make_orders.place(seller_user, (make.make_product(), 1))[0]
    assert signed_in(seller_user).get(PAGE).status_code == 302
    data = told(seller_user)
    assert data["account"]["email"] == seller_user.email and len(data["addresses"]) == 1
    assert [one["number"] for one in data["orders"]] == [order.number]
    (own,) = data["shops"]
    assert (own["data"]["nik"], own["data"]["bank_account"]) == (shop.nik, shop.bank_account)


def test_a_helper_gets_nothing_of_the_owner(shop: Any, colleague: Any) -> None:
    data = told(colleague)
    assert [one["shop"] for one in data["shop_memberships"]] == [str(shop)] and data["shops"] == []
    assert shop.nik not in json.dumps(data)
