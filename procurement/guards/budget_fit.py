"""Whether the budget line fits what is bought: its account the goods, its year the days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from epeken.core import clock
from epeken.core.clock import valid_on
from epeken.core.money import share
from procurement.budgets.models import BudgetLine
from procurement.guards.models import AccountGoods
from procurement.guards.rules import YEAR_END
from procurement.guards.states import Choice, GuardKind
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.schedules import reading as schedules
from umkm.catalogue.models import Category

Found = tuple[GuardKind, str, dict[str, Any], int]  # kind, key, parameters, amount in whole rupiah
CHOICES = (Choice.JUSTIFY, Choice.ESCALATE)


def fitting_accounts(held: RequestContents, accounts: Iterable[str], day: date) -> set[str]:
    """Those that by their names pay for all the goods of the request, or of which nobody said what they pay. One
    query."""
    paid = paid_categories(accounts, day)
    return {account for account, own in paid.items() if not own or pays(own, held.kept)}


def pays(paid: set[int], goods: Iterable[RequestLine]) -> bool:
    """Whether an account that by its name pays for these categories (`paid_categories`) pays for all of the goods."""
    return all(_kinds(line.product.category) & paid for line in goods)


def paid_categories(accounts: Iterable[str], day: date) -> dict[str, set[int]]:
    """By account: the categories it pays for by its name, by pk; none where nobody said what it pays. One query."""
    paid: dict[str, set[int]] = {account: set() for account in accounts}
    rows = AccountGoods.objects.filter(valid_on(day), account__in=paid)
    for account, category in rows.values_list("account", "category"):
        paid[account].add(category)
    return paid


def _kinds(category: Category) -> set[int | None]:
    """An account that pays for a category pays for those below it."""
    return {category.pk, category.parent_id}


def account_misfits(request: PurchaseRequest, held: RequestContents, day: date) -> Iterator[Found]:
    """Goods that the account they are charged to, by its name, does not pay for; one for each category on an account.
    One query."""
    main = request.line
    assert main is not None
    fitting: dict[str, list[AccountGoods]] = defaultdict(list)
    accounts = {account_of(line, main) for line in held.kept}
    for row in AccountGoods.objects.filter(valid_on(day), account__in=accounts).select_related("category"):
        fitting[row.account_id].append(row)
    misfits: dict[tuple[str, int], list[RequestLine]] = defaultdict(list)
    for line in held.kept:
        account = account_of(line, main)
        allowed = {row.category_id for row in fitting[account]}
        if allowed and not pays(allowed, [line]):
            misfits[account, line.product.category_id].append(line)
    for (account, pk), lines in misfits.items():
        total = sum(line.amount for line in lines)
        parameters = {
            "name": ", ".join(dict.fromkeys(line.name for line in lines))[:120],
            "category": str(lines[0].product.category),
            "account": account,
            "fitting": [row.category.name for row in fitting[account]],
            "sum": total,
        }
        yield GuardKind.ACCOUNT, key_on(f"account-{pk}", account, main), parameters, total


def other_goods(account: str, category: Category, day: date) -> list[str]:
    """The categories the account pays for, where the one asked for is none of them. One query."""
    rows = list(AccountGoods.objects.filter(valid_on(day), account=account).select_related("category"))
    if not rows or _kinds(category) & {row.category_id for row in rows}:
        return []
    return [row.category.title for row in rows]


def account_of(line: RequestLine, main: BudgetLine) -> str:
    """The account code that pays for these goods; `main`: the request's own budget line."""
    return (line.charged_to or main).account_id


def key_on(key: str, account: str, main: BudgetLine) -> str:
    """The key of a warning about goods on an account, which tells it from the same on the request's own account."""
    return key if account == main.account_id else f"{key}-{account}"


def year_misfits(request: PurchaseRequest, held: RequestContents, now: datetime) -> Iterator[Found]:
    """A budget year that has not begun, or goods that come too late in it to be paid out of it.

    Source: PP 12/2019 (the budget year); goods that come after it are refused already (`requests/obstacles.py`).
    """
    line = request.line
    assert line is not None
    today = clock.local_date(now)
    if line.year > today.year:
        yield GuardKind.YEAR_EARLY, "year-early", {"year": line.year, "sum": held.total}, held.total
    for key, arrives, amount in _billed(request, held):
        parameters = late_bill(arrives, line.year, amount, today)
        if parameters is not None:
            yield GuardKind.YEAR_END, key, parameters, amount


def late_bill(arrives: date, year: int, amount: int, today: date) -> dict[str, Any] | None:
    """What is said of goods of the budget year whose bill falls due after it; None: it falls into the year."""
    due = clock.add_working_days(arrives, YEAR_END.on(today))
    if not arrives.year == year < due.year:
        return None
    return {"arrives": arrives, "due": due, "sum": amount, "year": year}


def _billed(request: PurchaseRequest, held: RequestContents) -> Iterator[tuple[str, date, int]]:
    """Its bills as far as their days tell them apart: the key, the day its goods come, its sum in whole rupiah. Each
    date of a schedule is billed by itself."""
    days = schedules.days_of(request)
    if not days:
        if request.deliver_at is not None:
            yield "year-end", clock.last_day(request.deliver_at), held.total
        return
    prices = {line.pk: line.price for line in held.kept}
    for number, day in enumerate(days, 1):
        brought = [one for one in day.amounts.all() if one.line_id in prices]
        shops = {one.line.seller_id for one in brought}
        goods = sum(share(prices[one.line_id], one.quantity) for one in brought)
        costs = sum(part.delivery_cost // part.times for part in held.parts if part.seller.pk in shops)
        yield f"year-end-{number}", clock.last_day(day.deliver_at), goods + costs
