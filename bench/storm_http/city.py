"""The invented city of the storm: through the factories of the tests, on the real clock."""

from dataclasses import dataclass
from queue import Queue
from typing import Any

SHOPS, OFFICES = 6, 4
EACH_OFFICE = 100  # purchases at the most: more of one month and account would be asked whether they were cut up


@dataclass
class City:
    goods: list[Any]
    rare: Any  # everybody wants it and there is not enough
    buyers: "Queue[Any]"
    sellers: dict[int, Any]  # by the seller's pk
    drafts: "Queue[tuple[Any, str]]"  # (office, number of a request that waits to be sent)


def build(*, checkouts: int, purchases: int, browsers: int) -> City:
    from bench import stage
    from epeken.core import clock
    from tests.factories import procurement
    from tests.factories import umkm as make

    stage.leave_accounts_open()
    now = clock.now()
    sellers: dict[int, Any] = {}
    goods = []
    for _n in range(SHOPS):
        owner = make.make_user(password=None)
        shop = make.make_seller(member=owner, open_days="1234567", offers_pickup=True)
        sellers[shop.pk] = owner
        goods.append(make.make_product(shop, price=1_000, on_hand=checkouts * 4 + purchases * 8 + 100))
    rare = make.make_product(goods[0].seller, price=1_000, on_hand=max(checkouts // 8, 1))
    buyers: Queue[Any] = Queue()
    for _n in range(browsers * 2):
        buyers.put(make.make_user(password=None, phone="+6281234567890"))
    drafts: Queue[tuple[Any, str]] = Queue()
    wanted = min(max(OFFICES, purchases // EACH_OFFICE), purchases)
    offices = [procurement.Office(pagu=1_000_000_000, now=now) for _n in range(wanted)]
    for number in range(purchases):
        office, product = offices[number % len(offices)], goods[number % SHOPS]
        drafts.put((office, procurement.make_request(office, [(product, 4)], now=now).number))
    return City(goods=goods, rare=rare, buyers=buyers, sellers=sellers, drafts=drafts)


def session_of(user: Any) -> str:
    """A session as signing in makes it: to sign hundreds of people in is not what is measured."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)
