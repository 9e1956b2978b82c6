"""What a request is warned of before it is sent. Nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from procurement.frames.models import ApprovalFrame
from procurement.guards import budget_fit, prices
from procurement.guards.rules import SPLIT_WINDOW
from procurement.guards.states import LAWS, SPLITS, Choice, GuardKind, sentence
from procurement.requests import rules
from procurement.requests.contents import RequestContents, kind_of
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.states import RequestState
from procurement.requests.unfilled import chain_of
from umkm.price_standards.standards import Standards

COUNTED = (RequestState.SUBMITTED, RequestState.APPROVED, RequestState.ORDERED)


@dataclass(frozen=True)
class Concern:
    """One warning. `key` tells those of one request apart; money in whole rupiah; `others`: requests it speaks of, and
    `told` what of each it adds up, by its number."""

    kind: GuardKind
    key: str
    parameters: dict[str, Any]
    amount: int
    threshold: int
    choices: tuple[Choice, ...]
    others: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()  # of the others, those that were ordered: nothing is merged with them any more
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def law(self) -> str:
        return str(LAWS[self.kind])

    @property
    def words(self) -> str:
        return sentence(self.kind, self.parameters)


@dataclass(frozen=True)
class Bought:
    """A line of a request of the department within the window; `owner` is the shop where no owner is known."""

    number: str
    at: datetime
    account: str
    goods: int
    seller: int
    owner: str
    amount: int
    frame: int | None = None
    state: str = ""
    title: str = ""

    @property
    def day(self) -> date:
        return clock.local_date(self.at)


def concerns(
    request: PurchaseRequest, held: RequestContents, now: datetime, *, frame: ApprovalFrame | None = None
) -> list[Concern]:
    """Every warning, in the order of the page. Six queries. `frame`: the one that would cover the request."""
    if request.line is None or not held.kept:
        return []
    fit = [
        *budget_fit.account_misfits(request, held, clock.local_date(now)),
        *budget_fit.year_misfits(request, held, now),
    ]
    return [
        *_splits(request, held.kept, max(held.total, held.compared), now, frame),
        *_unthresholded(fit),
        *price_concerns(held.kept, held.standards),
        *_unthresholded(prices.far_above_market(held)),
    ]


def price_concerns(lines: Iterable[RequestLine], standards: Standards) -> list[Concern]:
    """Prices above the city's standard of the day."""
    return _unthresholded(prices.above_standard(lines, standards))


def _unthresholded(found: Iterable[budget_fit.Found]) -> list[Concern]:
    return [Concern(kind, key, parameters, amount, 0, budget_fit.CHOICES) for kind, key, parameters, amount in found]


def splits_by_growth(
    request: PurchaseRequest, before: Mapping[int, int], after: Mapping[int, int], total: int, now: datetime
) -> list[Concern]:
    """Splits that an ordered request comes to, or comes to further, when its goods cost more than they did.

    `before`, `after`: whole rupiah by product; goods that are not named stay as approved. `total`: what the request
    comes to then.
    """
    lines = list(
        RequestLine.objects.filter(request=request, dropped_at__isnull=True)
        .exclude(Exists(_unfilled().filter(request=OuterRef("request"), seller=OuterRef("seller"))))
        .select_related("product__category__parent", "seller", "charged_to")
    )
    found = []
    for amounts in (before, after):
        for line in lines:
            line.amount = amounts.get(line.product_id, line.amount)
        found.append(_splits(request, lines, total, now, None))
    earlier = {concern.key: concern.amount for concern in found[0]}
    return [concern for concern in found[1] if concern.amount > earlier.get(concern.key, 0)]


def _splits(
    request: PurchaseRequest, kept: list[RequestLine], alone: int, now: datetime, frame: ApprovalFrame | None
) -> list[Concern]:
    """Where purchases of the window together pass a threshold that this one alone does not.

    Goods of one kind on one account, whatever the shop; and one owner group, whatever the account and the goods.
    Counted are goods as sent, without what was dropped or never came. All requests of a frame are one purchase, which
    was put against the thresholds whole: `alone` is then the frame's sum. Source: Perpres 16/2018 art. 20.
    """
    main = request.line
    assert main is not None
    day = clock.local_date(now)
    window = SPLIT_WINDOW.on(day)
    limits = sorted({rules.TWO_ABOVE.on(day), rules.PP_LIMIT.on(day), rules.THREE_ABOVE.on(day)})
    limits = [limit for limit in limits if alone <= limit]
    if not limits:
        return []
    # With what it continues it is one purchase.
    chain = {earlier.number for earlier in chain_of(request)}
    before = [
        replace(row, number=request.number) if row.number in chain or (frame and row.frame == frame.pk) else row
        for row in _before(request, now - timedelta(days=window))
    ]
    mine = [_mine(request, line, budget_fit.account_of(line, main), now) for line in kept]
    replaced = _replaced(request)
    names = {owner_of(line.seller.owner_id, line.seller_id): line.seller.name for line in kept}
    kinds = {
        (budget_fit.account_of(line, main), kind_of(line.product)): str(
            line.product.category.parent or line.product.category
        )
        for line in kept
    }
    found = []
    for (account, goods), name in kinds.items():
        same = [row for row in (*before, *mine) if (row.account, row.goods) == (account, goods)]
        gone = [row for row in replaced if (row.account, row.goods) == (account, goods)]
        if _was_counted(same, [row for row in same if row in mine], gone):
            continue
        said = {"name": name, "account": account}
        key = budget_fit.key_on(f"goods-{goods}", account, main)
        found.append(_split(GuardKind.SPLIT_GOODS, key, same, said, request, window, limits))
    for owner, name in names.items():
        same = [row for row in (*before, *mine) if row.owner == owner]
        gone = [row for row in replaced if row.owner == owner]
        if _was_counted(same, [row for row in same if row in mine], gone):
            continue
        said = {"name": name}
        found.append(_split(GuardKind.SPLIT_OWNER, f"owner-{owner}", same, said, request, window, limits))
    return [concern for concern in found if concern is not None]


def _split(
    kind: GuardKind,
    key: str,
    rows: Iterable[Bought],
    said: dict[str, Any],
    request: PurchaseRequest,
    window: int,
    limits: Iterable[int],
) -> Concern | None:
    """None unless another request is among the rows and their sum passes one of the limits, of which the highest is
    told."""
    by_request: dict[str, list[Bought]] = defaultdict(list)
    for row in rows:
        by_request[row.number].append(row)
    every = [row for found in by_request.values() for row in found]
    total = sum(row.amount for row in every)
    threshold = max((limit for limit in limits if limit < total), default=None)
    if len(by_request) < 2 or threshold is None:
        return None
    parameters = {
        **said,
        "days": window,
        "sum": total,
        "count": len(by_request),
        "shops": len({row.seller for row in every}),
        "dates": len({row.day for row in every}),
        "threshold": threshold,
    }
    others = tuple(sorted(number for number in by_request if number != request.number))
    ordered = tuple(number for number in others if by_request[number][0].state == RequestState.ORDERED)
    ways = (Choice.JUSTIFY, Choice.ESCALATE)
    # What was ordered cannot be merged with anything.
    choices = ways if ordered == others else (Choice.MERGE, *ways)
    told = {number: told_of(by_request[number], kind) for number in others}
    return Concern(kind, key, parameters, total, threshold, choices, others, ordered, told)


def split_sum(found: Iterable[Concern]) -> int:
    """What the largest purchase comes to that was split, in whole rupiah; 0 where none was: who may decide on so much
    decides."""
    return max((concern.amount for concern in found if concern.kind in SPLITS), default=0)


def told_of(rows: Sequence[Bought], kind: GuardKind) -> str:
    """`Rapat RW, Rp44.980.000 untuk barang sejenis, tanpa ongkir`: of one request, by its rows of a sum, which are a
    part of what it comes to."""
    words = {"title": rows[0].title, "sum": rupiah(sum(row.amount for row in rows))}
    if kind == GuardKind.SPLIT_GOODS:
        return _("%(title)s, %(sum)s untuk barang sejenis, tanpa ongkir") % words
    return _("%(title)s, %(sum)s dari pemilik yang sama, tanpa ongkir") % words


def _mine(request: PurchaseRequest, line: RequestLine, account: str, now: datetime) -> Bought:
    owner = owner_of(line.seller.owner_id, line.seller_id)
    return Bought(request.number, now, account, kind_of(line.product), line.seller_id, owner, line.amount)


def _was_counted(rows: list[Bought], mine: list[Bought], gone: list[Bought]) -> bool:
    """Whether the sum of `rows` was weighed before: `mine` only comes in place of `gone`, goods that were approved and
    never came, for no more than they cost, and nothing else was sent since they fell out of the sum."""
    if not gone or sum(row.amount for row in mine) > sum(row.amount for row in gone):
        return False
    return all(row in mine or row.at < gone[0].at for row in rows)


def _replaced(request: PurchaseRequest) -> list[Bought]:
    """What the part asked for that the request continues; `at`: when it turned out to bring nothing. No query when it
    continues none, else two. Nothing of a frame's: nobody weighed it against other purchases."""
    if request.sourced_again_from_id is None:
        return []
    part = RequestSeller.objects.select_related("request__line").get(pk=request.sourced_again_from_id)
    main = part.request.line
    if part.unfilled_at is None or part.request.frame_id is not None or main is None:
        return []
    lines = RequestLine.objects.filter(request=part.request_id, seller=part.seller_id, dropped_at__isnull=True)
    return [
        _mine(part.request, line, budget_fit.account_of(line, main), part.unfilled_at)
        for line in lines.select_related("product__category", "seller", "charged_to")
    ]


def owner_of(owner: int | None, seller: int) -> str:
    """As warnings name it: the shop where no owner is known."""
    return str(owner or f"s{seller}")


def bought_before(request: PurchaseRequest, now: datetime) -> list[Bought]:
    """What other requests of the window before `now` asked for, those it continues aside."""
    chain = {earlier.number for earlier in chain_of(request)}
    since = now - timedelta(days=SPLIT_WINDOW.on(clock.local_date(now)))
    return [row for row in _before(request, since, now) if row.number not in chain]


def _before(request: PurchaseRequest, since: datetime, until: datetime | None = None) -> list[Bought]:
    rows = (
        RequestLine.objects.filter(
            request__agency=request.agency_id,
            request__state__in=COUNTED,
            request__submitted_at__gt=since,
            dropped_at__isnull=True,
            **({"request__submitted_at__lte": until} if until is not None else {}),
        )
        .exclude(request=request)
        # What was ordered and never came was not bought.
        .exclude(Exists(_unfilled().filter(request=OuterRef("request"), seller=OuterRef("seller"))))
        .order_by("pk")
        .annotate(
            goods=Coalesce(F("product__category__parent"), F("product__category")),
            account=Coalesce(F("charged_to__account"), F("request__line__account")),
        )
        .values_list(
            "request__number", "request__submitted_at", "account", "goods", "seller_id",
            "seller__owner_id", "amount", "request__frame_id", "request__state", "request__title",
        )
    )  # fmt: skip
    return [
        Bought(number, at, account, goods, seller, owner_of(owner, seller), amount, frame, state, title)
        for number, at, account, goods, seller, owner, amount, frame, state, title in rows
        if at is not None
    ]


def _unfilled() -> QuerySet[RequestSeller]:
    return RequestSeller.objects.filter(unfilled_at__isnull=False)
