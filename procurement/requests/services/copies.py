"""A request goes on as a new draft (a part whose order brought nothing, what lapsed), or is bought once more."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.money import share
from epeken.core.numbers import next_number
from epeken.core.services import service
from epeken.core.states import begin
from epeken.users.models import User
from procurement.attachments import services as attachments
from procurement.budgets.models import BudgetLine
from procurement.negotiations import results
from procurement.requests import copied, policies
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.services import drafts
from procurement.requests.states import ChoiceReason, RequestState
from procurement.schedules import services as schedules
from umkm.catalogue.tiers import tier_from
from umkm.sellers import policies as shops

COPIED = (
    "title", "purpose", "line_id", "event_kind", "event_place", "attendees", "delivery_place", "delivery_kelurahan_id",
)  # fmt: skip
COPIED_OF_LINE = (
    "product_id", "seller_id", "name", "unit", "food_kind", "price", "tier_from", "quantity", "amount",
    "note", "choice_reason", "choice_note", "quoted_price", "charged_to_id",
)  # fmt: skip
COPIED_OF_SELLER = ("seller_id", "delivery_cost", "quoted_cost", "is_delivered")


@service
def rebuild_request(*, actor: User, request: PurchaseRequest, now: datetime) -> PurchaseRequest:
    """A draft of the actor holds all that the lapsed request did: event, lines, and why each was chosen.

    Once: while a request writes it anew, that one is returned, whoever asks. A moment that is past is left out, to be
    chosen again. Nothing is held until the draft is sent. Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest.
    """
    request = PurchaseRequest.objects.locked().select_related("agency").get(pk=request.pk)
    if not policies.can_request(actor, request.agency, clock.local_date(now)):
        raise NotAllowed(_("Permintaan ini hanya dapat disusun ulang oleh pemesan yang ditunjuk dinas ini."))
    rebuilt = PurchaseRequest.objects.rebuild_of(request)
    if rebuilt is not None:
        return rebuilt
    if request.state != RequestState.LAPSED:
        raise InvalidMove(_("Permintaan ini tidak perlu disusun ulang."))
    part = request.sourced_again_from
    if part is not None and PurchaseRequest.objects.not_ended().filter(sourced_again_from=part).exists():
        raise InvalidMove(_("Penjual lain sudah dicari di permintaan baru. Tarik permintaan itu bila tidak perlu."))
    return copy_request(
        actor=actor,
        request=request,
        sellers=request.sellers.filter(seller__in=request.lines.filter(dropped_at__isnull=True).values("seller")),
        deliver_at=None if clock.is_over(request.deliver_at, now) else request.deliver_at,
        event_at=None if clock.is_over(request.event_at, now) else request.event_at,
        now=now,
        rebuilt_from=request,
        sourced_again_from=part,
        from_quotation=request.from_quotation,
    )


@service
def copy_request(
    *,
    actor: User,
    request: PurchaseRequest,
    sellers: Iterable[RequestSeller],
    deliver_at: datetime | None,
    event_at: datetime | None,
    now: datetime,
    requester: User | None = None,
    lines: Iterable[RequestLine] | None = None,
    **links: Any,
) -> PurchaseRequest:
    """A draft of the actor (or of `requester`) with the lines of these sellers that no approver dropped, or `lines`.

    Prices, reasons and files are those the request had: it is the same purchase, and the draft says which prices
    moved since. What was negotiated for the request stays there: its goods have the prices that were offered before.
    `links`: which request or part it goes on from. Called by those who have the request locked.
    """
    parts = list(sellers)
    offers = results.before(request)
    draft = PurchaseRequest.objects.create(
        agency=request.agency,
        requester=requester or actor,
        number=next_number("PM", clock.local_date(now).year),
        event_at=event_at,
        deliver_at=deliver_at,
        created_at=now,
        **links,
        **{name: getattr(request, name) for name in COPIED},
    )
    begin(draft, actor=actor, now=now)
    RequestSeller.objects.bulk_create(RequestSeller(request=draft, **_of_seller(part, offers)) for part in parts)
    if lines is None:
        lines = request.lines.filter(seller__in=[part.seller_id for part in parts], dropped_at__isnull=True)
    RequestLine.objects.bulk_create(RequestLine(request=draft, **_of_line(line, offers)) for line in lines)
    schedules.carry(request, draft, now)
    attachments.carry(request, draft)
    return draft


def event_kept(request: PurchaseRequest, deliver_at: datetime | None) -> datetime | None:
    """The event of the request, unless it begins before its goods would come: then it has another day too, which the
    requester writes into the draft."""
    if request.event_at is None or deliver_at is None or request.event_at >= deliver_at:
        return request.event_at
    return None


def _of_seller(part: RequestSeller, offers: Mapping[int, results.Before]) -> dict[str, Any]:
    values = {name: getattr(part, name) for name in COPIED_OF_SELLER}
    return values | {"delivery_cost": offers[part.seller_id].delivery_cost} if part.seller_id in offers else values


def _of_line(line: RequestLine, offers: Mapping[int, results.Before]) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in COPIED_OF_LINE}
    if line.choice_reason == ChoiceReason.DRAW:
        values |= {"choice_reason": "", "choice_note": ""}  # the draw was of that request
    price = offers[line.seller_id].prices.get(line.product_id) if line.seller_id in offers else None
    if price is None:
        return values
    reached = tier_from(line.product, line.quantity, price)
    return values | {"price": price, "tier_from": reached, "amount": share(price, line.quantity)}


@service
def repeat_request(*, actor: User, request: PurchaseRequest, now: datetime, key: str = "") -> PurchaseRequest:
    """A draft of the actor asks for the goods of a closed request once more: a purchase of its own. The same `key` of
    the same person gives the same draft.

    At the prices and delivery costs of today, without the reasons, days and files of the past; what is sold no more
    stays as a line that says so, what `copied.why_left` names is left out. For a budget line of a past year comes the
    one of its account this year, where there is one; else it is chosen anew.
    Raises: NotAllowed, InvalidMove, KeyReused. Locks: PurchaseRequest.
    """
    request = PurchaseRequest.objects.locked().select_related("agency", "line").get(pk=request.pk)
    day, who = clock.local_date(now), f"user:{actor.pk}"
    if not policies.can_request(actor, request.agency, day):
        raise NotAllowed(_("Permintaan ini hanya dapat disalin oleh pemesan yang ditunjuk dinas ini."))
    if not policies.can_copy(actor, request, day):
        raise InvalidMove(_("Permintaan ini masih berjalan. Yang dapat disalin: yang sudah dipesan, ditolak, ditarik."))
    if key and (earlier := idempotency.claim(person=who, key=key, body={"copy": request.number})) is not None:
        return PurchaseRequest.objects.get(number=earlier)
    before = copied.lines_of(request)
    paid = {line.pk: line for line in [request.line, *(line.charged_to for line in before)] if line is not None}
    past = {line.account_id for line in paid.values() if line.year < day.year}
    payers = BudgetLine.objects.only_ones(request.agency, past, day.year, day)
    now_is: dict[int | None, BudgetLine | None] = {
        pk: line if line.year >= day.year else payers.get(line.account_id) for pk, line in paid.items()
    }
    draft = PurchaseRequest.objects.create(
        agency=request.agency,
        requester=actor,
        number=next_number("PM", day.year),
        created_at=now,
        copied_from=request,
        **{name: getattr(request, name) for name in COPIED if name != "line_id"},
        line=now_is.get(request.line_id),
    )
    begin(draft, actor=actor, now=now)
    ties = shops.ties_of(actor)
    kept = [line for line in before if not copied.why_left(line, ties)]
    payer_of = {line.pk: now_is.get(line.charged_to_id) for line in kept}
    others = {pk: payer.pk for pk, payer in payer_of.items() if payer is not None and payer != draft.line}
    put_goods(draft, [copied.WantedGoods(one.product, one.quantity, one.note, others.get(one.pk)) for one in kept])
    idempotency.settle(person=who, key=key, result=draft.number)
    return draft


def put_goods(draft: PurchaseRequest, goods: Iterable[copied.WantedGoods]) -> None:
    """A draft without goods asks for these, at the prices and delivery costs of today; called by the service that made
    it, after `copied.why_not` said nothing against any of them."""
    wanted = list(goods)
    sellers = {each.product.seller_id: each.product.seller for each in wanted}
    RequestSeller.objects.bulk_create(
        RequestSeller(request=draft, seller=seller, **drafts.as_delivered(seller)) for seller in sellers.values()
    )
    RequestLine.objects.bulk_create(
        RequestLine(
            request=draft,
            product=each.product,
            note=each.note,
            charged_to_id=each.charged_to,
            **drafts.as_sold(each.product, each.quantity),
        )
        for each in wanted
    )
