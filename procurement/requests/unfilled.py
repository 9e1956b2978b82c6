"""What became of a seller's part whose order was closed without goods, in words; for the request and for its order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.users.models import User
from procurement.requests import policies
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.next_step import ranking_of, waits_for_seller
from procurement.requests.states import OPEN, UnfilledReason
from umkm.sellers.policies import related_shops


@dataclass(frozen=True)
class UnfilledPart:
    """`waits`: no other seller is looked for yet. `is_late`: a new moment must be given first."""

    part: RequestSeller
    text: str
    waits: bool
    is_late: bool
    continuation: PurchaseRequest | None
    can_source: bool
    continued: str = ""  # of `continued_words`
    ended: str = ""  # why nobody else is looked for
    note: str = ""  # what was said to it
    ranking: Any = None  # the request for quotation whose next offer takes its place
    replacing: Any = None  # who could bring it, for the page of the request


def said(part: RequestSeller) -> str:
    """`Toko X menolak pesanan SP-2026-000001`, without a full stop."""
    text = {
        UnfilledReason.NO_ANSWER: _("%(shop)s tidak menjawab pesanan %(number)s sampai batas waktu"),
        UnfilledReason.DECLINED: _("%(shop)s menolak pesanan %(number)s"),
        UnfilledReason.CANCELLED: _("Pesanan %(number)s ke %(shop)s dibatalkan dinas"),
        UnfilledReason.RELEASED: _("%(shop)s mundur dari pesanan %(number)s dengan persetujuan dinas"),
        UnfilledReason.REJECTED: _("Semua barang pesanan %(number)s dari %(shop)s ditolak"),
        UnfilledReason.MISSING: _("Tidak ada barang pesanan %(number)s dari %(shop)s yang datang dan diterima"),
    }[UnfilledReason(part.unfilled_reason)]
    return text % {"shop": part.seller.name, "number": part.unfilled_order}


def continued_words(continuation: PurchaseRequest) -> str:
    """What became of a part that this request continues, without the request's number and a full stop: another seller
    is looked for, or who was chosen, and by whom."""
    if continuation.state in OPEN:
        return _("%(who)s mencari penjual lain") % {"who": continuation.requester}
    shops = ", ".join(sorted(row.seller.name for row in continuation.sellers.select_related("seller")))
    act = continuation.events.filter(action="reissue").select_related("actor").first()
    who = act.actor if act is not None else continuation.requester
    return _("Dialihkan ke %(shops)s oleh %(who)s") % {"shops": shops, "who": who}


def ended_words(part: RequestSeller) -> str:
    """Why no other seller is looked for, and the way to buy the goods all the same; '' while one may be."""
    if part.sourcing_ended_at is None:
        return ""
    if part.sourcing_ended_at == part.unfilled_at:
        text = _("Dinas membatalkannya karena tidak memerlukan barangnya, jadi tidak dicari penjual lain.")
    else:
        text = _("Pemesan menyatakan barangnya tidak diperlukan lagi.")
    return f"{text} {_('Bila ternyata perlu, salin permintaan ini menjadi permintaan baru.')}"


def must_change_seller(part: RequestSeller) -> bool:
    """Whether what continues the part needs another shop. What the department cancelled may be asked again."""
    return part.unfilled_reason != UnfilledReason.CANCELLED


def gone_without(request: PurchaseRequest) -> dict[int, RequestSeller]:
    """Shops that are not asked again for what this request continues: those that brought nothing, and the others of
    their owners. By pk of the shop, with the part that says so; the latest first. Empty, without a query, when the
    request continues nothing; else two queries and more for each request it follows from.
    """
    found: dict[int, RequestSeller] = {}
    for part in _continued(request):
        if must_change_seller(part):
            found = {**dict.fromkeys(related_shops([part.seller]), part), **found}
    return found


def brought_nothing(part: RequestSeller, request: PurchaseRequest) -> frozenset[int]:
    """Shops that are not asked for what the unfilled `part` of the request wanted, as `gone_without` will say."""
    return related_shops([part.seller]) | frozenset(gone_without(request))


def chain_of(request: PurchaseRequest) -> list[PurchaseRequest]:
    """The requests this one goes on from, the latest first; empty, without a query, when it continues nothing."""
    return [part.request for part in _continued(request)]


def _continued(request: PurchaseRequest) -> Iterator[RequestSeller]:
    """One query each."""
    part_pk = request.sourced_again_from_id
    while part_pk is not None:
        part = RequestSeller.objects.select_related("seller", "request").get(pk=part_pk)
        yield part
        part_pk = part.request.sourced_again_from_id


def unfilled_parts(
    request: PurchaseRequest, parts: Iterable[RequestSeller], user: User, now: datetime
) -> list[UnfilledPart]:
    """Those of `parts` (`with_continuation`) whose order brought nothing."""
    found = [part for part in parts if part.unfilled_at is not None]
    can_source = bool(found) and policies.can_request(user, request.agency, clock.local_date(now))
    return [
        UnfilledPart(
            part=part,
            text=said(part),
            waits=waits_for_seller(part),
            is_late=clock.is_over(request.deliver_at, now),
            continuation=(continuation := next(iter(part.live_continuations), None)),
            continued=continued_words(continuation) if continuation else "",
            can_source=can_source and ranking_of(part) is None,
            ended=ended_words(part),
            note=part.unfilled_note,
            ranking=ranking_of(part),
        )
        for part in found
    ]
