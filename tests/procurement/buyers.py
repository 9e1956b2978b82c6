"""Departments and people who race for the same few goods, at random, on one clock that all of them share.

For a test of some threads and for `bench.requests` with processes. What is found wrong is said in words, not raised:
the others go on, and all of it is judged at the end.
"""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import OperationalError

from epeken.core.errors import DomainError, InvalidMove
from epeken.core.idempotency import new_key
from epeken.site.audit import checks as audit
from epeken.users.models import User
from orders.carts.models import CartLine
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.guards import services as guards
from procurement.guards.concerns import concerns
from procurement.guards.models import GuardFinding
from procurement.guards.states import APPROVES, Choice
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, holds
from procurement.requests.states import RequestState
from tests.factories import orders as make_orders
from tests.factories import umkm as make
from tests.factories.procurement import Office, make_line, make_request
from umkm.catalogue.models import Product
from umkm.catalogue.services import products
from umkm.catalogue.states import Keeps, StockMode
from umkm.sellers import services as sellers
from umkm.stock import services as stock

Clock = Callable[[timedelta], datetime]  # later by so much for everybody; what it is then
WHY = "Kegiatan yang berbeda, tidak dapat digabung."


@dataclass(frozen=True)
class Market:
    offices: list[Office]
    goods: list[int]  # products by pk
    people: list[int]  # users by pk
    seconds: dict[int, BudgetLine]  # another budget line of each department, by its pk


def build(now: datetime, *, offices: int, owners: int, pagu: int) -> Market:
    """Shops of every kind of stock, every fourth a second shop of the owner before it; some closed at weekends. All
    shops sell goods of the same four categories, so that purchases of a department are of one kind."""
    goods: list[int] = []
    categories = [make.make_category() for _kind in range(4)]
    owner = None
    for number in range(owners):
        over: dict[str, Any] = {"owner": owner} if owner is not None and number % 4 == 3 else {}
        hours = {"opens_at": time(6), "closes_at": time(18)} if number % 2 else {}
        shop = make.make_seller(
            open_days="12345" if number % 3 == 0 else "1234567",
            delivery_fee=0 if number % 2 else 10_000,
            **hours,
            **over,
        )
        owner = shop.owner
        daily = {"stock_mode": StockMode.DAILY}
        kinds: tuple[dict[str, Any], ...] = (
            {"price": 40_000, "on_hand": 400},
            {"price": 5_000, "on_hand": 9_000, "step": Decimal("0.5")},
            daily | {"price": 50_000, "daily_capacity": Decimal(30), "lead_days": 3, "keeps": Keeps.OTHER},
            daily | {"price": 20_000, "daily_capacity": Decimal(40), "lead_days": 1, "keeps": Keeps.COOKED},
        )
        for category, sets in zip(categories, kinds, strict=True):
            goods.append(make.make_product(shop, category=category, **sets).pk)
    made = [Office(pagu=pagu, now=now) for _n in range(offices)]
    seconds = {
        each.agency.pk: make_line(each.agency, pagu=pagu, year=each.line.year, activity_name="Alat tulis")
        for each in made
    }
    return Market(made, goods, [make.make_user().pk for _n in range(8)], seconds)


@dataclass
class Buyer:
    """One of those who race: `turn` again and again, then `finish`. `done` counts what happened, `wrong` says what
    must not. An act takes up to `pace` minutes of the clock."""

    market: Market
    clock: Clock
    seed: int
    pace: int
    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.live: list[tuple[Office, int]] = []

    def turn(self) -> None:
        """A new request, and something happens to those there are. Who waits too long for a row goes on."""
        self._unless_held(self._turn)

    def _turn(self) -> None:
        self._ask()
        for _n in range(self.random.randint(1, 3)):
            self._go_on()
        if self.random.random() < 0.3:
            self._buy()
        if self.random.random() < 0.1:
            self._count_shelf()
        if self.random.random() < 0.15:
            self._change_shop()
        if self.random.random() < 0.1:
            holds.lapse_holds(now=self._now())

    def finish(self) -> None:
        while self.live:
            self._unless_held(self._go_on)

    def _unless_held(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OperationalError as problem:
            if "lock timeout" not in str(problem):
                raise
            self.done["waited too long for a row"] += 1

    def _now(self) -> datetime:
        return self.clock(timedelta(minutes=self.random.randint(0, self.pace)))

    def _ask(self) -> None:
        office, now = self.random.choice(self.market.offices), self._now()
        wanted = {pk: Decimal(self.random.randint(1, 60)) for pk in self.random.sample(self.market.goods, 2)}
        goods = [(Product.objects.get(pk=pk), much) for pk, much in wanted.items()]
        moment = now + timedelta(days=self.random.randint(0, 12), minutes=self.random.randint(0, 1_439))
        try:
            goods = goods[: self.random.randint(1, 2)]
            # Often the last of the goods is paid by the department's other budget line.
            charged = {goods[-1][0]: self.market.seconds[office.agency.pk]} if self.random.random() < 0.4 else {}
            draft = make_request(office, goods, now=now, deliver_at=moment, event_at=None, charged=charged)
            sent = decisions.submit_request(
                actor=office.requester, request=draft, key=new_key(), now=now, answers=self._answers(draft, now)
            )
        except DomainError as problem:
            self.done[f"not sent: {problem.code}"] += 1
            return
        self.done["sent"] += 1
        self.live.append((office, sent.pk))

    def _answers(self, draft: PurchaseRequest, now: datetime) -> dict[str, guards.Answer]:
        found = concerns(draft, contents.read(draft, now), now)
        choice = lambda concern: next(one for one in concern.choices if one != Choice.MERGE)  # noqa: E731
        return {concern.key: guards.Answer(choice(concern), WHY) for concern in found}

    def _go_on(self) -> None:
        if not self.live:
            return
        at = self.random.randrange(len(self.live))
        office, pk = self.live[at]
        found = PurchaseRequest.objects.get(pk=pk)
        if found.state not in (RequestState.SUBMITTED, RequestState.APPROVED):
            del self.live[at]
            self.done[f"ended: {found.state}"] += 1
            return
        officer = office.pp if found.needed_role == OfficerRole.PP else office.ppk
        roll = self.random.random()
        if roll < 0.3:
            self._wait_out(found)
        elif roll < 0.36:
            self._end(found, office, officer)
        elif found.state == RequestState.SUBMITTED:
            self._approve(found, officer)
        else:
            self._issue(found, officer)

    def _approve(self, request: PurchaseRequest, officer: User) -> None:
        waiting = GuardFinding.objects.unanswered().filter(request=request)
        outcomes = {finding.pk: next(iter(APPROVES)) for finding in waiting}
        kept = list(request.lines.filter(dropped_at__isnull=True))
        dropped = {kept[0].pk: WHY} if len(kept) > 1 and self.random.random() < 0.2 else {}
        self._must_go(
            "approved", request,
            lambda now: decisions.approve_request(
                actor=officer, request=request, dropped=dropped, note=WHY, key=new_key(), now=now, outcomes=outcomes
            ),
        )  # fmt: skip

    def _issue(self, request: PurchaseRequest, officer: User) -> None:
        self._must_go(
            "issued", request,
            lambda now: agreement.issue_orders(actor=officer, request=request, key=new_key(), now=now),
        )  # fmt: skip

    def _must_go(self, what: str, request: PurchaseRequest, act: Callable[[datetime], Any]) -> None:
        """While its hold runs it goes, whatever the others took meanwhile; afterwards it does not."""
        now = self._now()
        assert request.held_until is not None
        runs = now < request.held_until
        try:
            act(now)
        except DomainError as problem:
            over = self.clock(timedelta(0)) >= request.held_until
            # Somebody with a later clock may have let it lapse between the two.
            if runs and not (over and isinstance(problem, InvalidMove)):
                self.wrong.append(f"{request.number} at {now}: not {what}: {problem.code} {problem.message}")
            else:
                self.done[f"not {what}: {problem.code}"] += 1
        else:
            self.done[what] += 1
            if not runs:
                self.wrong.append(f"{request.number} at {now}: {what} after its hold")

    def _end(self, request: PurchaseRequest, office: Office, officer: User) -> None:
        with suppress(DomainError):
            if self.random.random() < 0.5:
                decisions.withdraw_request(actor=office.requester, request=request, now=self._now())
            else:
                decisions.send_back_request(actor=officer, request=request, note=WHY, now=self._now())

    def _wait_out(self, request: PurchaseRequest) -> None:
        """Left alone; once in a while for so long that its hold is over."""
        if self.random.random() < 0.05:
            self.clock(timedelta(minutes=30 * self.pace))
        holds.lapse_holds(now=self._now())

    def _buy(self) -> None:
        person = User.objects.get(pk=self.random.choice(self.market.people))
        product = Product.objects.get(pk=self.random.choice(self.market.goods))
        try:
            make_orders.place(person, (product, self.random.randint(1, 30)), now=self._now())
            self.done["bought"] += 1
        except DomainError as problem:
            self.done[f"not bought: {problem.code}"] += 1
            CartLine.objects.filter(cart__user=person).delete()

    def _count_shelf(self) -> None:
        """The shop finds more or less on its shelf than the book says."""
        mine = Product.objects.filter(pk__in=self.market.goods, stock_mode=StockMode.STOCK).select_related("seller")
        product = self.random.choice(list(mine))
        owner = product.seller.members.get().user
        with suppress(DomainError):
            stock.correct_stock(
                actor=owner, product=product, counted=product.on_hand + self.random.randint(-60, 40),
                reason="Hitung rak", now=self._now(),
            )  # fmt: skip
            self.done["shelf counted"] += 1

    def _change_shop(self) -> None:
        """The shop works other hours, takes orders until an earlier hour, or needs more days for its goods."""
        product = Product.objects.select_related("seller").get(pk=self.random.choice(self.market.goods))
        by_owner: dict[str, Any] = {"actor": product.seller.members.get().user, "now": self._now()}
        hours = {"opens_at": time(self.random.randint(5, 9)), "closes_at": time(self.random.randint(15, 21))}
        days = {"lead_days": min(product.lead_days + 1, 6)}
        with suppress(DomainError):
            if self.random.random() < 0.5:
                until = time(self.random.randint(9, 20)) if self.random.random() < 0.5 else None
                sellers.save_profile(seller=product.seller, values={**hours, "order_until": until}, **by_owner)
            else:
                products.save_product(product=product, values=days, **by_owner)
            self.done["shop changed"] += 1


def wrong_at_the_end() -> list[str]:
    """What of the books does not hold, and requests with two surat pesanan to one seller. No worker runs here: jobs and
    messages wait."""
    found = [
        f"{result.check.code}: {row.what} {row.detail}"
        for result in audit.run()
        for row in result.findings
        if result.check.code not in {"jobs", "mail"}
    ]
    pairs = Counter(Order.objects.exclude(request=None).values_list("request", "seller"))
    return found + [f"request {pair[0]}: {count} orders of one seller" for pair, count in pairs.items() if count > 1]
