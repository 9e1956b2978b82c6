"""Which goods, of which shops, a warning of a request speaks of. Its key says it (`guards.concerns`)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from procurement.guards import budget_fit, concerns
from procurement.guards.models import GuardFinding
from procurement.guards.states import SPLITS, GuardKind
from procurement.requests.contents import kind_of
from procurement.requests.models import PurchaseRequest, RequestLine
from umkm.sellers.models import Seller


def lines_of(finding: GuardFinding | concerns.Concern, kept: Sequence[RequestLine]) -> list[RequestLine]:
    """Lines of the request the warning is about; all of them where it is about the whole request. Goods of one kind
    that another account pays for are not meant. No query: the lines come with their request."""
    kind, one = _kind_and_subject(finding)

    def on_account(line: RequestLine) -> bool:
        main = line.request.line
        return main is None or budget_fit.account_of(line, main) == finding.parameters.get("account")

    is_meant = {
        "goods": lambda line: str(kind_of(line.product)) == one and on_account(line),
        "owner": lambda line: concerns.owner_of(line.seller.owner_id, line.seller_id) == one,
        "account": lambda line: str(line.product.category_id) == one and on_account(line),
        "price": lambda line: str(line.product_id) == one,
        "market": lambda line: str(line.product_id) == one,
    }.get(kind, lambda line: True)
    # An owner that became one with another since is no longer found by its key.
    return [line for line in kept if is_meant(line)] or list(kept)


def words(lines: Iterable[RequestLine]) -> str:
    """`Nasi kotak, Kue basah dari Dapur A; Teh dari Warung B`."""
    by_shop: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        by_shop[line.seller.name].append(line.name)
    said = [_("%(goods)s dari %(shop)s") % {"goods": ", ".join(goods), "shop": shop} for shop, goods in by_shop.items()]
    return "; ".join(said)


def others_of(findings: Iterable[GuardFinding], kept: Sequence[RequestLine]) -> dict[int, list[dict[str, Any]]]:
    """By finding of a split: the requests it adds up with this one, with amount and shops, and whether they come to the
    same place on the same day. Three queries and those of the requests it continues, none where no split is found."""
    splits = [finding for finding in findings if finding.kind in SPLITS]
    if not splits or not kept:
        return {}
    rows = concerns.bought_before(kept[0].request, splits[0].chosen_at)
    names = dict(Seller.objects.filter(pk__in={row.seller for row in rows}).values_list("pk", "name"))
    there = {one.number: one for one in PurchaseRequest.objects.filter(number__in={row.number for row in rows})}
    found = {}
    for finding in splits:
        by_number: dict[str, list[concerns.Bought]] = defaultdict(list)
        _kind, wanted = _kind_and_subject(finding)
        for row in rows:
            same_goods = str(row.goods) == wanted and row.account == finding.parameters.get("account")
            if same_goods if finding.kind == GuardKind.SPLIT_GOODS else row.owner == wanted:
                by_number[row.number].append(row)
        found[finding.pk] = [
            {
                "number": number,
                "text": f"{concerns.told_of(mine, GuardKind(finding.kind))}, "
                f"{', '.join(sorted({names[row.seller] for row in mine}))}. "
                f"{_beside(kept[0].request, there[number])}",
            }
            for number, mine in sorted(by_number.items())
        ]
    return found


def where_and_when(request: PurchaseRequest) -> str:
    """The moment the goods come, and the place."""
    when = long_time(clock.told_end(request.deliver_at)) if request.deliver_at else _("waktu belum ditulis")
    return ", ".join(part for part in (when, request.delivery_place) if part)


def _beside(request: PurchaseRequest, other: PurchaseRequest) -> str:
    """When and where the goods of the other come, against those of this one: what a reason is held against."""
    same_day = (
        request.deliver_at is not None
        and other.deliver_at is not None
        and clock.last_day(request.deliver_at) == clock.last_day(other.deliver_at)
    )
    same_place = " ".join(request.delivery_place.casefold().split()) == " ".join(
        other.delivery_place.casefold().split()
    )
    if same_day and same_place:
        judged = _("Hari dan tempatnya sama dengan permintaan ini.")
    elif same_day:
        judged = _("Harinya sama, tempatnya lain.")
    elif same_place:
        judged = _("Tempatnya sama, harinya lain.")
    else:
        judged = _("Hari dan tempatnya lain.")
    return f"{where_and_when(other)}. {judged}"


def _kind_and_subject(finding: GuardFinding | concerns.Concern) -> tuple[str, str]:
    """What the key begins with, and the goods, owner, category or product it names; an account may follow."""
    kind, _dash, rest = finding.key.partition("-")
    return kind, rest.split("-")[0]
