"""The demo city on days that are not like others: at the turn of a year, and in and after a long holiday."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from html import unescape

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import DateTimeField

from epeken.core import clock
from epeken.site.demo import (
    assisted,
    baskets,
    citizens,
    deposits,
    fulfilment,
    market,
    offices,
    pooled,
    preparation,
    purchases,
    quotations,
    shop_states,
    standards,
    standing,
)
from epeken.site.demo.baskets import Basket
from epeken.site.demo.goods import TRADES
from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.budgets import pages as budgets
from procurement.budgets.models import BudgetLine
from procurement.guards.models import GuardFinding
from procurement.guards.states import GuardKind, Outcome
from procurement.quotations.models import Quotation
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.states import RequestState
from tests.factories.users import signed_in
from tests.orders.books import balanced

# One process makes the shops of the module.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo city")]
OPENED = datetime(2025, 12, 1, 9, tzinfo=clock.ZONE)  # the shops, long before the days below
# In the middle of a year; the days below are not like others.
WEDNESDAY = datetime(2026, 7, 15, 12, tzinfo=clock.ZONE)
DAYS = {
    "the last day of a year": "2026-12-31 12:00",
    "the first day of a year, a Friday": "2027-01-01 00:40",
    "the first Monday of a year": "2027-01-04 12:00",
    "the end of a week of holidays": "2026-03-24 12:00",
    "a Thursday before the offices open": "2026-11-26 04:34",
}
# Columns that say when something was done (`created_at` is by the real clock); an end or an appointment may lie ahead.
DONE = ("at", "recorded_at", "submitted_at", "approved_at", "ordered_at", "placed_at", "accepted_at")


def _bought() -> set[str]:
    """Names of the goods somebody buys; with those of stalls."""
    lists = [value for module in (baskets, pooled) for value in vars(module).values()]
    found = [one for value in lists for one in (value if isinstance(value, list) else [value])]
    names = {name for basket in found if isinstance(basket, Basket) for _shop, name, _quantity in basket.goods}
    names |= {name for goods in citizens.CITIZEN_BASKETS for _shop, name, _quantity in goods}
    return names | {good.name for trade, goods in TRADES.items() if trade.startswith("stan") for good in goods}


@pytest.fixture(scope="module")
def accounts(module_transaction: None) -> Iterator[dict[str, User]]:
    """The published accounts; all shops, with the goods that are bought or ordered before an hour of the day."""
    wanted = _bought()
    with pytest.MonkeyPatch.context() as patch:
        for trade, goods in TRADES.items():
            patch.setitem(TRADES, trade, [good for good in goods if good.name in wanted or good.until])
        patch.setattr(market, "WAITS", set())
        picture = market.scenes.encoded("donat", "uji")
        patch.setattr(market, "drawn", lambda good, shop: picture)  # hundreds of them are drawn in a demo
        made = offices.make_accounts()
        shops = market.make_shops(made, OPENED, lambda what: None)
        market.make_goods(shops, made, OPENED, lambda what: None)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # nobody else sees the rows, so the server would plan for empty tables
        yield made


@cache
def _sheet(title: str, number: int) -> bytes:
    return market.paper(title, f"Lembar {number}", number).read()


@pytest.fixture(autouse=True)
def _papers_of_all_cities_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first photo of a receipt is the same file in each city, and so on: drawn and decoded once. In a demo each
    bears the number of its order, which no two cities of this module share."""
    counted: Counter[str] = Counter()

    def paper(title: str, _name: str, _number: int) -> SimpleUploadedFile:
        counted[title] += 1
        return SimpleUploadedFile(f"{title}.jpg", _sheet(title, counted[title]), "image/jpeg")

    for module in (assisted, deposits, fulfilment, preparation, shop_states, standing):
        monkeypatch.setattr(module, "paper", paper)


@pytest.fixture
def _django_db_helper(accounts: dict[str, User], savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the shops."""


@dataclass(frozen=True)
class City:
    first: Agency
    now: datetime


@pytest.fixture(params=DAYS)
def city(accounts: dict[str, User], request: pytest.FixtureRequest) -> City:
    return made(accounts, datetime.fromisoformat(DAYS[request.param]).replace(tzinfo=clock.ZONE))


def made(accounts: dict[str, User], now: datetime) -> City:
    """Four departments, with what waits on their desks at that moment."""
    offices.make_departments(accounts, clock.local_date(now))
    standards.make_standards(accounts["admin"], now)
    agencies = list(Agency.objects.order_by("code")[:4])
    offices.make_approval_rule(agencies[0], clock.local_date(now))
    purchases.buy_for_months(agencies[0], 0, now)
    purchases.fill_desks(agencies, now)
    quotations.make_quotations(agencies[0], now)
    buyers = list(User.objects.filter(email=accounts["citizen"].email))
    citizens.make_citizen_orders(buyers, now, lambda what: None)
    return City(agencies[0], now)


def ahead(now: datetime) -> dict[str, int]:
    """How many acts of each table are dated after now."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, DateTimeField) and field.name in DONE:
                count = model._default_manager.filter(**{f"{field.name}__gt": now}).count()
                found |= {f"{model._meta.label}.{field.name}": count} if count else {}
    return found


def stands(city: City) -> None:
    """What holds for a demo city of any day."""
    balanced()
    requests = PurchaseRequest.objects.filter(agency=city.first)
    of = lambda title: requests.filter(title=title)  # noqa: E731
    # Nothing of it happens later than now, and a purchase is of one budget year.
    assert ahead(city.now) == {}
    # No budget was overdrawn at any moment, as its ledger is read.
    over = {str(row) for line in BudgetLine.objects.all() for row in budgets.ledger(line) if row.left_after < 0}
    assert over == set()
    for request in requests.filter(line__isnull=False, deliver_at__isnull=False).select_related("line"):
        assert request.deliver_at is not None
        assert request.line is not None
        assert clock.last_day(request.deliver_at).year == request.line.year, request.title
    # One warned of a split was sent back as that; the other waits to be judged.
    split = GuardFinding.objects.filter(request__agency=city.first, kind=GuardKind.SPLIT_GOODS)
    judged = dict(split.values_list("request__title", "outcome"))
    assert judged == {baskets.SPLIT[0].title: Outcome.CONFIRMED, baskets.SPLIT[1].title: Outcome.OPEN}
    # The head signs before the festival's uniforms are decided.
    assert of(baskets.FESTIVAL.title).get(state=RequestState.SUBMITTED).signatures_asked == 1
    # The hold of one ends tomorrow at the latest; an approved one came back.
    urgent = of(baskets.URGENT[0].title).get(state=RequestState.SUBMITTED)
    assert urgent.held_until is not None
    assert city.now < urgent.held_until <= clock.end_of(clock.local_date(city.now) + timedelta(days=1))
    recalled = of(baskets.URGENT[1].title).get(state=RequestState.SENT_BACK)
    assert recalled.events.filter(from_state=RequestState.APPROVED).exists()
    # A stall declined, and another of its court took over.
    lunch = of(pooled.LUNCH.title)
    declined = RequestSeller.objects.get(request__in=lunch, unfilled_at__isnull=False)
    assert declined.seller.name == pooled.DECLINES
    taken = lunch.get(sourced_again_from=declined)
    assert taken.state == RequestState.ORDERED
    courts = {part.seller.food_court for part in RequestSeller.objects.filter(request__in=lunch)}
    assert courts == {declined.seller.food_court}


def test_it_stands_on_any_day(city: City) -> None:
    stands(city)


def rows() -> list[list[str]]:
    """State, account, page and words of docs/demo.md."""
    table = (settings.BASE_DIR / "docs" / "demo.md").read_text().split("|---|---|---|---|\n")[1]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]


def said(html: str) -> str:
    main = html[html.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def linked(html: str, words: str) -> str:
    """The address behind the link with these words."""
    links = re.findall(r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', html, re.DOTALL)
    found = [unescape(href) for href, inside in links if words in said(f"<main>{inside}")]
    assert found, f"no link: {words}"
    return found[0]


@time_machine.travel(WEDNESDAY)
def test_each_row_of_the_table_is_there(accounts: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR_LIFTED_FOR_DEMO_ACCOUNTS", True)  # as `make demo` sets it
    city = made(accounts, clock.now())
    stands(city)
    market.make_applications(accounts, city.now)
    assisted.make_assisted(accounts, city.now)
    market.warn_shop(accounts, city.now)
    shop_states.make_shop_states(accounts, city.now)
    deposits.deposit_taxes([city.first], city.now)
    people = {account.email.partition("@")[0]: signed_in(account) for account in accounts.values()}
    missing = []
    for state, account, page, words in rows():
        if state.startswith("A request for quotation") and not Quotation.objects.exists():
            continue
        address, *titles = page.split(" › ")
        client = people[account.strip("`")]
        answer = client.get(address.strip("`"), follow=True)
        for title in titles:
            answer = client.get(linked(answer.content.decode(), title), follow=True)
        html = answer.content.decode()
        if "<main" not in html or words not in said(html):
            missing.append(f"{state}: {words}")
    assert missing == []
    assert len(rows()) > 20
