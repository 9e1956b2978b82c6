"""What a copy of a closed request takes over, leaves out, and says about it. Nothing is written here."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.money import MAX_RUPIAH, share
from procurement.requests.contents import PERSONAL, RequestContents
from procurement.requests.errors import PriceNews
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.obstacles import own_shop_words
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_for_sale
from umkm.catalogue.states import StockMode, Unit
from umkm.catalogue.tiers import unit_price
from umkm.sellers import hours


@dataclasses.dataclass(frozen=True)
class WantedGoods:
    """What a draft is to ask for: of a request once more, or of a template."""

    product: Product
    quantity: Decimal
    note: str
    charged_to: int | None = None  # another budget line than the request's own, by its pk


@dataclasses.dataclass(frozen=True)
class Copied:
    """What the draft says of the request it was copied from."""

    source: PurchaseRequest
    moved: list[str]  # prices that are others today
    left: list[str]  # what was not taken over, and why
    unpaid: list[str]  # accounts that paid then and have no one line now


def lines_of(request: PurchaseRequest) -> list[RequestLine]:
    """With their products and shops as they are today. One query."""
    personal = [f"product__seller__{name}" for name in PERSONAL]
    goods = request.lines.select_related("product__seller__food_court", "charged_to")
    return list(goods.defer(*personal, "product__description"))


def why_left(line: RequestLine, ties: frozenset[int]) -> str:
    """Why a line is not taken over; '' when it is. `ties`: the shops the person is tied to."""
    if line.dropped_at is not None:
        return _("dilepas pejabat: %(reason)s") % {"reason": line.dropped_reason}
    return why_not(line.product, line.unit, line.quantity, ties)


def why_not(product: Product, unit: str, quantity: Decimal, ties: frozenset[int]) -> str:
    """Why so much of a product, once asked for in the unit, becomes no line today; '' when it does."""
    if product.seller_id in ties:
        return own_shop_words()
    if product.unit != unit:
        words = {"old": Unit(unit).label, "new": Unit(product.unit).label}
        return _("dulu dijual per %(old)s, sekarang per %(new)s. Cari lagi dan isi jumlah yang baru.") % words
    if share(unit_price(product, quantity), quantity) > MAX_RUPIAH:
        return _("harganya sekarang terlalu besar untuk jumlah ini.")
    return ""


def read(request: PurchaseRequest, held: RequestContents, ties: frozenset[int]) -> Copied | None:
    """Of a draft that copies another request; None for any other. One query. `ties`: of its requester."""
    if request.copied_from is None:
        return None
    now = {line.product_id: line for line in held.kept}
    before = lines_of(request.copied_from)
    moved = [
        PriceNews(line.name, line.price, now[line.product_id].price).sentence
        for line in before
        if line.product_id in now and line.price != now[line.product_id].price
    ]
    left = [
        _("%(name)s: %(why)s") % {"name": line.name, "why": why}
        for line in before
        if line.product_id not in now and (why := why_left(line, ties))
    ]
    accounts = {line.product_id: line.charged_to.account_id for line in before if line.charged_to}
    return Copied(request.copied_from, moved, left, unpaid(request, held, accounts))


def unpaid(request: PurchaseRequest, held: RequestContents, accounts: Mapping[int, str], main: str = "") -> list[str]:
    """What is not charged to the account that pays for it (`accounts`: by product pk; `main`: of the request itself),
    and whether its department has no budget line there or several. One query where there is any."""
    year = clock.last_day(request.deliver_at or request.created_at).year
    kept = {line.product_id: line for line in held.kept}
    missed = [
        (kept[pk].name, account)
        for pk, account in accounts.items()
        if pk in kept and account != _account_of(kept[pk], request)
    ]
    named = {account for _name, account in missed} | ({main} if main and request.line is None else set())
    rows = request.agency.budget_lines.filter(account__in=named, year=year).exclude(rup_id="") if named else ()
    count = Counter(row.account_id for row in rows)
    if main in named and request.line is None and count[main] != 1:  # the one there is can be chosen
        missed.insert(0, (_("Permintaan ini"), main))
    return [_unpaid_words(name, account, year, count[account]) for name, account in missed]


def _account_of(line: RequestLine, request: PurchaseRequest) -> str:
    payer = line.charged_to or request.line
    return payer.account_id if payer else ""


def _unpaid_words(name: str, account: str, year: int, count: int) -> str:
    text = {
        0: _("%(name)s: rekening %(account)s belum punya mata anggaran tahun %(year)s. Pilih siapa yang membayarnya."),
        1: _("%(name)s biasanya dibebankan ke rekening %(account)s, sekarang ke rekening lain."),
    }.get(count, _("%(name)s: rekening %(account)s punya %(count)s mata anggaran tahun %(year)s. Pilih salah satu."))
    return text % {"name": name, "account": account, "year": year, "count": count}


def all_come(held: RequestContents, moment: datetime, now: datetime) -> bool:
    """Whether everything it asks for can be there by this moment, and its owners may still sell so much."""
    if not held.kept or held.full or clock.is_over(moment, now):
        return False
    goods = [line.product for line in held.kept]
    on = feasibility.calendar(goods, clock.last_day(moment), now, for_agency=True, by=moment)
    return not any(feasibility.faults(line.product, line.quantity, on) for line in held.kept)


def first_able(held: RequestContents, now: datetime, hour: time) -> date | None:
    """The first day on which all that is still sold can be there by this hour; None when no day is found."""
    lines = [line for line in held.kept if is_for_sale(line.product)]
    if not lines:
        return None
    today = clock.local_date(now)
    on = feasibility.calendar([line.product for line in lines], today, now, for_agency=True)
    earliest = [feasibility.earliest_day(line.product, line.quantity, on) for line in lines]
    start = max([day for day in earliest if day is not None], default=today)
    for moment in _moments(start, hour):
        asked = dataclasses.replace(on, day=clock.last_day(moment), by=moment)
        if not clock.is_over(moment, now) and all(_fits(line, asked) for line in lines):
            return moment.astimezone(clock.ZONE).date()
    return None


def _moments(start: date, hour: time) -> Iterator[datetime]:
    for ahead in range(hours.HORIZON_DAYS):
        yield datetime.combine(start + timedelta(days=ahead), hour, tzinfo=clock.ZONE)


def _fits(line: RequestLine, on: feasibility.Calendar) -> bool:
    """No fault of the line is one that another day would mend, and the shop can still be asked."""
    product = line.product
    found = feasibility.faults(product, line.quantity, on)
    by_day = any(
        fault.field == "day" or (fault.code == "out_of_stock" and product.stock_mode == StockMode.DAILY)
        for fault in found
    )
    return not by_day and not clock.is_over(feasibility.order_by(product, on), on.now)
