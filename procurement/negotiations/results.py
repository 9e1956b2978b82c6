"""What negotiations of a request say about it now: which run, how each ended, what was agreed. Nothing is written."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from procurement.negotiations.models import Negotiation, NegotiationRound
from procurement.negotiations.states import FINISHED, LIVE, NegotiationState, Side
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import OPEN
from procurement.sourcing.sheets import Comparison


@dataclass(frozen=True)
class Before:
    """What the seller's part was before it was agreed otherwise: unit prices by product, and the delivery cost."""

    prices: dict[int, int]
    delivery_cost: int


def of_request(request: PurchaseRequest) -> dict[int, Negotiation]:
    """By seller pk, of the last sending. Three queries at most, none where the request was fetched with the knowledge
    that nothing was ever negotiated (`is_negotiated`)."""
    if not getattr(request, "is_negotiated", True):
        return {}
    return {one.seller_id: one for one in Negotiation.objects.of_sending(request).with_rounds()}


def before(request: PurchaseRequest) -> dict[int, Before]:
    """By seller pk, of those who agreed to other figures. Three queries at most."""
    found = {}
    agreed = Negotiation.objects.of_sending(request).filter(state=NegotiationState.AGREED)
    for negotiation in agreed.prefetch_related("rounds__prices"):
        offer = first(negotiation)
        found[negotiation.seller_id] = Before(prices_of(offer), offer.delivery_cost)
    return found


def undone(request: PurchaseRequest) -> dict[int, Negotiation]:
    """By seller pk, the latest agreement that binds no longer since the request came back. Three queries at most."""
    if not getattr(request, "is_negotiated", True):
        return {}
    agreed = Negotiation.objects.filter(request=request, state=NegotiationState.AGREED).order_by("pk")
    if request.state not in OPEN:
        agreed = agreed.exclude(sent_at=request.submitted_at)
    return {one.seller_id: one for one in agreed.with_rounds()}


def first(negotiation: Negotiation) -> NegotiationRound:
    """The seller's offer before anybody negotiated."""
    return rounds_of(negotiation)[0]


def last(negotiation: Negotiation) -> NegotiationRound:
    return rounds_of(negotiation)[-1]


def rounds_of(negotiation: Negotiation) -> list[NegotiationRound]:
    return list(negotiation.rounds.all())


def prices_of(one: NegotiationRound) -> dict[int, int]:
    return {row.product_id: row.price for row in one.prices.all()}


def total_of(one: NegotiationRound) -> int:
    """Goods and delivery, whole rupiah."""
    return sum(row.amount for row in one.prices.all()) + one.delivery_cost


def last_of(negotiation: Negotiation, side: Side) -> NegotiationRound | None:
    return next((one for one in reversed(rounds_of(negotiation)) if one.side == side), None)


def owed(
    held: RequestContents, sheet: Comparison | None, found: Mapping[int, Negotiation], dropped: Collection[int] = ()
) -> Iterator[str]:
    """What keeps the request from being approved, one sentence each. `dropped`: pks of lines that fall out.

    A negotiation that runs; and where the comparison found no other owner who can deliver, one with that seller that
    has not been finished. Source: Perpres 16/2018 (negotiation with a single provider).
    """
    for negotiation in found.values():
        if negotiation.state in LIVE:
            yield running_words(negotiation, sheet)
    kept = {line.product_id: line for line in held.kept if line.pk not in dropped}
    asked = set()
    for goods, chosen in sheet.choices if sheet else ():
        line = kept.get(chosen.product_id)
        if line is None or not goods.is_single or chosen.seller_id in asked:
            continue
        one = found.get(chosen.seller_id)
        if one is None or one.state not in (*FINISHED, *LIVE):
            asked.add(chosen.seller_id)
            yield _(
                "Hanya %(shop)s yang sanggup memenuhi %(goods)s, jadi harganya wajib dinegosiasikan dahulu. "
                "Buka negosiasi di bagian penjual itu."
            ) % {"shop": chosen.seller_name, "goods": str(goods.goods)}


def is_compulsory(sheet: Comparison | None, seller_pk: int) -> bool:
    """Whether the comparison found nobody else for something of the seller's part."""
    choices = sheet.choices if sheet else ()
    return any(goods.is_single and chosen.seller_id == seller_pk for goods, chosen in choices)


def running_words(negotiation: Negotiation, sheet: Comparison | None) -> str:
    words = {"shop": negotiation.seller.name, "due": told(negotiation.due_at)}
    if negotiation.state == NegotiationState.WITH_SELLER and is_compulsory(sheet, negotiation.seller_id):
        text = _(
            "Negosiasi dengan %(shop)s masih berjalan: tawaran dinas dijawab paling lambat %(due)s. "
            "Tunggu jawabannya; sesudah itu Anda boleh menghentikannya."
        )
    elif negotiation.state == NegotiationState.WITH_SELLER:
        text = _(
            "Negosiasi dengan %(shop)s masih berjalan: tawaran dinas dijawab paling lambat %(due)s. "
            "Tunggu jawabannya, atau hentikan negosiasinya."
        )
    else:
        text = _("Negosiasi dengan %(shop)s menunggu jawaban dinas. Terima, tawar lagi, atau hentikan dahulu.")
    return text % words


def told(due: datetime | None) -> str:
    return long_time(clock.told_end(due)) if due else "–"
