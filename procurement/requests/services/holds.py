"""What a sent request holds: its budget, its prices, room under the sellers' caps, goods and capacity of days.

It holds them from the moment it is sent until its surat pesanan are out, it falls through, or its time is over.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, require
from epeken.core.services import service
from epeken.core.states import move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from procurement.budgets import services as budgets
from procurement.budgets.models import BudgetLine
from procurement.frames import services as frames
from procurement.guards import services as guards
from procurement.guards.states import Outcome
from procurement.negotiations.services import ending
from procurement.requests import notices, obstacles, policies
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.reservations import services as reservations
from umkm.sellers.models import Seller
from umkm.stock import services as stock


def locked_with_budget(request: PurchaseRequest) -> PurchaseRequest:
    """Every BudgetLine its goods are charged to before PurchaseRequest; refuses when the draft changed them between."""
    charged = _charged(request)
    lines = {line.pk: line for line in BudgetLine.objects.locked().select_related("account").filter(pk__in=charged)}
    # Without its requester, whom a takeover changes: a row whose join changed while it was waited for is not found.
    related = ("agency__kelurahan__kecamatan", "delivery_kelurahan")
    locked: PurchaseRequest = PurchaseRequest.objects.locked().select_related(*related).get(pk=request.pk)
    if _charged(locked) != charged:
        raise InvalidMove()
    locked.line = lines[locked.line_id] if locked.line_id is not None else None
    locked.locked_lines = lines
    return locked


def _charged(request: PurchaseRequest) -> set[int]:
    """The budget lines of the request and of its goods, those of dropped ones too: a delivery cost may have moved."""
    rows = PurchaseRequest.objects.filter(pk=request.pk).order_by().values_list("line_id", "lines__charged_to_id")
    return {pk for row in rows for pk in row if pk is not None}


def lock_sellers(request: PurchaseRequest) -> None:
    """A shop that closes meanwhile waits until this is done, or is seen to be closed. Locks: Seller."""
    list(Seller.objects.locked().filter(pk__in=request.sellers.values("seller")))


@service
def hold(*, request: PurchaseRequest, held: RequestContents, actor: User, now: datetime) -> datetime:
    """All that the request asks for is kept for it: budget, cap room, goods, capacity of days. Until when is returned:

    for the dated number of days, or as long as every seller can still be asked in time, whichever ends first. Called
    by submit_request, which has the request, its budget line and its sellers locked.
    A request of a frame (`request.frame`) takes its budget out of what the frame reserves.
    Raises: RuleBroken `budget_short`, `frame_short`, `cap_full`, `out_of_stock`, `too_soon`.
    Locks: BudgetLine, TurnoverMonth, Product.
    """
    on = obstacles.calendar_of(request, [line.product for line in held.kept], now)
    assert request.line is not None
    assert on is not None
    if request.frame is not None:
        frames.draw(frame=request.frame, line=request.line, amount=held.total, actor=actor, now=now)
    charge(request=request, held=held, actor=actor, now=now)
    parts = [
        reservations.Reservation(
            seller=part.seller,
            reference=request.number,
            amount=part.total,
            goods=[
                reservations.Goods(line.product, amount, feasibility.production_days(line.product, mine))
                for line in part.kept
                for mine, amount in feasibility.by_date(line.product, line.quantity, on)
            ],
        )
        for part in held.parts
        if part.kept
    ]
    reservations.reserve(parts, actor=actor, now=now)
    end = obstacles.order_by(request, held, now, stock.first_days_held(request.number))
    assert end is not None
    until = min(obstacles.hold_end(now), end)
    require(
        not clock.is_over(until, now),
        _("Waktu barang tiba terlalu dekat untuk persetujuan dan pesanan. Pilih waktu yang lebih jauh."),
        code="too_soon",
    )
    return until


@service
def charge(
    *, request: PurchaseRequest, held: RequestContents | None, actor: User | None, now: datetime, note: str = "",
    note_code: str = "",
) -> None:  # fmt: skip
    """Its budget lines hold what `held` puts on each, neither more nor less; None: nothing.

    Called by services that have the request and its lines locked. Raises: RuleBroken `budget_short`. Locks: BudgetLine.
    """
    budgets.hold_charges(
        lines=request.locked_lines, wanted=held.charges if held else {}, reference=request.number, actor=actor,
        now=now, note=note, note_code=note_code,
    )  # fmt: skip


@service
def release(*, request: PurchaseRequest, actor: User | None, now: datetime, note: str = "") -> None:
    """All that the request holds is free again; one that holds nothing changes nothing. Called by whoever ends it.

    What was being negotiated for it ends. Locks: BudgetLine, Negotiation, TurnoverMonth, Product.
    """
    if not policies.holds(request) or request.line is None:
        return
    charge(request=request, held=None, actor=actor, now=now, note=note)
    frames.give_back(request=request, lines=request.locked_lines, amount=request.total, actor=actor, now=now)
    ending.end_negotiations(request=request, actor=actor, now=now)
    reservations.release(reference=request.number, products=_products(request), actor=actor, now=now)


@service
def release_dropped(
    *, request: PurchaseRequest, dropped: Mapping[int, str], held: RequestContents, actor: User, now: datetime
) -> None:
    """Goods, capacity and cap room of the lines an approver dropped are free; `held` is what is left of the request.

    Locks: TurnoverMonth, Product.
    """
    products = [line.product for line in request.lines.filter(pk__in=dropped).select_related("product")]
    keep = {part.seller.pk: part.total for part in held.parts}
    reservations.release(reference=request.number, products=products, actor=actor, now=now, keep=keep)


@service
def renegotiate(
    *, request: PurchaseRequest, held: RequestContents, seller: Seller, is_moved: bool, actor: User, now: datetime
) -> datetime:
    """The request holds no more cap room than `held` asks for, and where the seller's part comes at another moment, the
    capacity of other days. Until when all of it is held is returned: never longer than before.

    Called by accept_offer, which has the request, its budget line and its sellers locked.
    Raises: RuleBroken `out_of_stock`, `too_soon`. Locks: TurnoverMonth, Product.
    """
    assert request.held_until is not None
    part = next(part for part in held.parts if part.seller.pk == seller.pk)
    keep = {one.seller.pk: one.total for one in held.parts}
    goods = [line for line in part.kept if is_moved]
    reservations.release(
        reference=request.number, products=[line.product for line in goods], actor=actor, now=now, keep=keep
    )
    if not is_moved:
        return request.held_until
    on = obstacles.calendar_of(request, [line.product for line in part.kept], now)
    on = obstacles.calendar_for(on, part.deliver_at, now)
    assert on is not None
    on = replace(on, is_held=False)  # of the days it held none is left
    for line in sorted(goods, key=lambda line: line.product_id):
        days = feasibility.production_days(line.product, on)
        stock.take_stock(
            product=line.product, quantity=line.quantity, reference=request.number, days=days, actor=actor, now=now
        )
    first = stock.first_days_held(request.number)
    ends = [feasibility.order_by(line.product, on, first=first.get(line.product_id)) for line in part.kept]
    until = min([request.held_until, *ends])
    require(
        not clock.is_over(until, now),
        _("Waktu barang tiba terlalu dekat untuk persetujuan dan pesanan. Pilih waktu yang lebih jauh."),
        field="deliver_at",
        code="too_soon",
    )
    return until


@service
def lapse_request(*, request: PurchaseRequest, now: datetime) -> PurchaseRequest:
    """The time of the hold is over and nothing was ordered: all of it is free again, requester and officers are told.

    Raises: InvalidMove. Locks: BudgetLine, PurchaseRequest, Negotiation, TurnoverMonth, Product.
    """
    request = locked_with_budget(request)
    request.machine.after(request.state, "lapse")
    if not clock.is_over(request.held_until, now) and not _is_year_over(request, now):
        raise InvalidMove()
    was = request.state
    guards.close_findings(request=request, otherwise=Outcome.DROPPED, actor=None, now=now)
    release(request=request, actor=None, now=now)
    move(request, "lapse", actor=None, now=now, due_at=None, closed_at=now)
    notices.request_lapsed(request, was=was, now=now)
    return request


def lapse_holds(*, now: datetime) -> int:
    """Requests whose hold is over lapse, each in its own transaction; the number lapsed now.

    Safe in parallel: the second to reach a request finds it lapsed and goes on. One broken request stops no other.
    Locks: as lapse_request.
    """
    past = clock.over("held_until", now) | Q(line__year__lt=clock.local_date(now).year)
    late = PurchaseRequest.objects.live().filter(past).order_by("held_until", "pk")
    return sweep(late, lambda request: lapse_request(request=request, now=now), failure="Request %s could not lapse")


def _is_year_over(request: PurchaseRequest, now: datetime) -> bool:
    """On 1 January nothing is held of the year before: nothing can be ordered from it. Source: PP 12/2019."""
    return request.line is not None and request.line.year < clock.local_date(now).year


def _products(request: PurchaseRequest) -> list[Product]:
    return [line.product for line in request.lines.filter(dropped_at__isnull=True).select_related("product")]
