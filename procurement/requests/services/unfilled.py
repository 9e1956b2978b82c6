"""A seller's part whose order was closed without goods: told by orders, sourced again or left by the requester."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.services import service
from epeken.users.models import User
from procurement.requests import policies
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.next_step import ranking_of
from procurement.requests.services.copies import copy_request, event_kept
from procurement.requests.states import UnfilledReason
from umkm.sellers.models import Seller


@service
def mark_unfilled(
    *,
    request: PurchaseRequest,
    seller: Seller,
    order_number: str,
    reason: str,
    now: datetime,
    note: str = "",
    is_needed: bool = True,
) -> None:
    """The seller's part waits for another seller, unless the department cancelled because it needs nothing any more.
    Called by orders, which has the part's order locked and closed. `note`: what was said to it.

    Once: a part that waits already stays as it is. Raises: ValueError for a reason that is none.
    """
    part = RequestSeller.objects.filter(request=request, seller=seller, unfilled_at__isnull=True)
    part.update(
        unfilled_at=now, unfilled_reason=UnfilledReason(reason), unfilled_order=order_number,
        unfilled_note=note[:300], sourcing_ended_at=None if is_needed else now,
    )  # fmt: skip


@service
def mark_cancellation(*, request: PurchaseRequest | None, seller: Seller, asked_at: datetime | None) -> None:
    """Since when it waits for an answer whether the part's order is cancelled; None once it was answered or came to
    nothing. Called by orders, which has the part's order locked. Nothing for a person's order."""
    if request is not None:
        RequestSeller.objects.filter(request=request, seller=seller).update(cancel_asked_at=asked_at)


@service
def source_again(
    *,
    actor: User,
    part: RequestSeller,
    now: datetime,
    deliver_at: datetime | None = None,
    rows: tuple[RequestSeller, list[RequestLine]] | None = None,
) -> PurchaseRequest:
    """A draft of the actor continues the unfilled part: its event, place and lines, or `rows` of another seller.

    Once: while a request continues the part, that request is returned, whoever asks. `deliver_at` is the new moment,
    needed when the first one is past. The budget is not touched: it was freed with the order, and sending the draft
    reserves anew. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = PurchaseRequest.objects.locked().select_related("agency").get(pk=part.request_id)
    if not policies.can_request(actor, request.agency, clock.local_date(now)):
        raise NotAllowed(_("Penjual lain hanya dapat dicari oleh pemesan yang ditunjuk dinas ini."))
    part = RequestSeller.objects.get(pk=part.pk)
    continued = PurchaseRequest.objects.not_ended().filter(sourced_again_from=part).first()
    if continued is not None:
        return continued
    check_waits(part)
    if deliver_at is None:
        deliver_at = request.deliver_at
        require(
            not clock.is_over(deliver_at, now),
            _("Waktu barang tiba sudah lewat. Pilih waktu yang baru."),
            field="deliver_at",
            code="deliver_past",
        )
    else:
        require(
            not clock.is_over(deliver_at, now),
            _("Waktu ini sudah lewat. Pilih waktu yang akan datang."),
            field="deliver_at",
            code="deliver_past",
        )
    return copy_request(
        actor=actor,
        request=request,
        sellers=[rows[0] if rows else part],
        lines=rows[1] if rows else None,
        deliver_at=deliver_at,
        event_at=event_kept(request, deliver_at),
        now=now,
        sourced_again_from=part,
    )


@service
def end_sourcing(*, actor: User, part: RequestSeller, now: datetime) -> RequestSeller:
    """No other seller is looked for. A second call changes nothing.

    Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest.
    """
    request = PurchaseRequest.objects.locked().select_related("agency").get(pk=part.request_id)
    if not policies.can_request(actor, request.agency, clock.local_date(now)):
        raise NotAllowed(_("Penjual lain hanya dapat dicari oleh pemesan yang ditunjuk dinas ini."))
    part = RequestSeller.objects.get(pk=part.pk)
    if part.sourcing_ended_at is not None:
        return part
    check_waits(part)
    if PurchaseRequest.objects.not_ended().filter(sourced_again_from=part).exists():
        raise InvalidMove(_("Penjual lain sudah dicari di permintaan baru. Tarik permintaan itu bila tidak perlu."))
    part.sourcing_ended_at = now
    part.save(update_fields=["sourcing_ended_at"])
    return part


def check_waits(part: RequestSeller) -> None:
    """Raises InvalidMove unless the part's order brought nothing and another seller may still be looked for."""
    if part.unfilled_at is None:
        raise InvalidMove(_("Pesanan ke toko ini masih berjalan, jadi tidak perlu penjual lain."))
    if part.sourcing_ended_at is not None:
        raise InvalidMove(_("Bagian ini sudah dinyatakan tidak diperlukan lagi. Buat permintaan baru bila perlu."))
    if (quotation := ranking_of(part)) is not None:
        raise InvalidMove(
            _(
                "Barang ini hasil permintaan penawaran %(number)s: PP atau PPK menetapkan penawar berikutnya di sana, "
                "atau membatalkannya."
            )
            % {"number": quotation.number}
        )
