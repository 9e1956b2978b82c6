"""Further signatures of a request: which it needs, whose turn it is, who signed.

They come before the decision: the PP or PPK, who commits the department, decides last. Fixed when a request is sent;
whose turn it is, and who may sign, is asked on the day (`officers`).
"""

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from epeken.users.models import User, Visitor
from epeken.users.page_memory import remembered
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import RequestState
from procurement.signatures.models import ApprovalRule, ApprovalSignature


def needed(request: PurchaseRequest, held: Any, decides: str, day: date) -> list[ApprovalRule]:
    """The rules that ask for a signature, in their order: each office once, and never the one that decides."""
    categories = {pk for line in held.kept for pk in (line.product.category_id, line.product.category.parent_id)}
    found: dict[str, ApprovalRule] = {}
    for rule in ApprovalRule.objects.asking(request.agency_id, held.total, categories, day):
        if rule.office != decides:
            found.setdefault(rule.office, rule)
    return list(found.values())


def has_people(groups: Sequence[Sequence[User]]) -> bool:
    """Whether each step can have a person of its own: one person never signs two."""
    return any(len({person.pk for person in each}) == len(groups) for each in product(*groups))


def ask(request: PurchaseRequest, rules: Sequence[ApprovalRule]) -> None:
    """What the request waits for from now on; called when it was sent."""
    assert request.submitted_at is not None
    ApprovalSignature.objects.bulk_create(
        ApprovalSignature(
            request=request, sent_at=request.submitted_at, position=place, office=rule.office, source=rule.source
        )
        for place, rule in enumerate(rules, 1)
    )


def of_request(request: PurchaseRequest, viewer: Visitor | None = None) -> list[ApprovalSignature]:
    """Those of the latest time it was sent, in their order; the page of `viewer` asks once."""
    sent_at = request.submitted_at
    if sent_at is None or not request.signatures_asked:
        return []

    def read() -> list[ApprovalSignature]:
        found = request.signatures.filter(sent_at=sent_at).select_related("signer")
        return list(found.order_by("position"))

    return remembered(viewer, ("signatures", request.pk), read) if viewer is not None else read()


def current(request: PurchaseRequest, viewer: Visitor | None = None) -> ApprovalSignature | None:
    """The signature it waits for; None once it is the PP's or PPK's turn, or nothing is decided any more."""
    if request.state != RequestState.SUBMITTED:
        return None
    return next((row for row in of_request(request, viewer) if row.signed_at is None), None)


def has_signed(actor: User, request: PurchaseRequest) -> bool:
    return any(row.signer_id == actor.pk for row in of_request(request, actor))


def next_office() -> Subquery:
    """`current(...).office` in SQL, over the requests of the outer query."""
    waits = _live(OuterRef("pk"), OuterRef("submitted_at")).filter(signed_at__isnull=True)
    return Subquery(waits.order_by("position").values("office")[:1])


def signed_by(request: Any, sent_at: Any, person: Any) -> Exists:
    """Whether the person signed a step of the request while it is decided on."""
    return Exists(_live(request, sent_at).filter(signer=person))


def _live(request: Any, sent_at: Any) -> QuerySet[ApprovalSignature]:
    return ApprovalSignature.objects.filter(request=request, sent_at=sent_at, request__state=RequestState.SUBMITTED)
