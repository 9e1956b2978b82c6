"""A request is signed before it is decided."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import idempotency
from epeken.core.errors import InvalidMove
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from procurement.requests import chain, contents, notices, refusals, turns
from procurement.requests.models import PurchaseRequest
from procurement.requests.services.decisions import decidable


@service
def sign_request(
    *, actor: User, request: PurchaseRequest, note: str, key: str, now: datetime, shown: str | None = None
) -> PurchaseRequest:
    """The signature the request waits for is given, and the next office has its turn. Once per key.

    `shown` is the digest on the page that posts (`RequestContents.shown`): what it did not show is not signed. Sending
    back and rejecting are those of `decisions`, by whoever has the turn. One person never signs two of the steps.
    Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken. Locks: BudgetLine, PurchaseRequest.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"sign": request.pk, "note": note}) is not None:
        return PurchaseRequest.objects.get(pk=request.pk)
    request, _office, acting = decidable(actor, request, "sign", now)
    waits = chain.current(request)
    if waits is None:
        raise InvalidMove(_("Permintaan ini tidak menunggu tanda tangan. Muat ulang halaman."))
    contents.check_shown(contents.read(request, now), shown)
    for refusal in refusals.to_sign(request, now):
        raise refusal.broken_rule()
    waits.signer, waits.signed_at, waits.signed_as, waits.total = actor, now, acting, request.total
    waits.save(update_fields=["signer", "signed_at", "signed_as", "total"])
    assert request.held_until is not None
    due = turns.due_of(now, request.held_until, turns.steps_of(request))
    move(request, "sign", actor=actor, now=now, note=note.strip(), acted_as=acting, due_at=due)
    notices.request_signed(request, now=now)
    idempotency.settle(person=who, key=key, result=request.number)
    return request
