"""Whose turn it is with a request, what they must do, until when. The only place that derives it.

`next_step` is pure over loaded rows; `with_step` and `turn_of` say the same in SQL, for counts and lists. A test holds
both to each other over every state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from epeken.users.models import User
from procurement.agencies.states import OfficerRole
from procurement.quotations.models import Quotation
from procurement.quotations.states import RANKED
from procurement.requests import chain
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller, RequestTakeover
from procurement.requests.officers import APPROVERS, SIGNERS
from procurement.requests.states import RequestState
from umkm.sellers import policies as shops


class RequestTask(TextChoices):
    """What is to be done with a request."""

    COMPLETE = "complete", _("Lengkapi dan kirim")
    MEND = "mend", _("Perbaiki")
    DECIDE = "decide", _("Putuskan")
    ISSUE = "issue", _("Terbitkan surat pesanan")
    SOURCE = "source", _("Cari penjual lain")
    REBUILD = "rebuild", _("Susun ulang")


class OrderedStanding(TextChoices):
    """What an ordered request is called instead, when orders of it brought nothing."""

    TO_SOURCE = "to_source", _("Perlu penjual lain")
    FAILED = "failed", _("Pesanannya tidak jadi")


TASKS = {
    RequestState.DRAFT: RequestTask.COMPLETE,
    RequestState.SENT_BACK: RequestTask.MEND,
    RequestState.SUBMITTED: RequestTask.DECIDE,
    RequestState.APPROVED: RequestTask.ISSUE,
}
BY_OFFICER = (RequestTask.DECIDE, RequestTask.ISSUE)
BY_REQUESTER = (RequestTask.COMPLETE, RequestTask.MEND, RequestTask.SOURCE, RequestTask.REBUILD)


@dataclass(frozen=True)
class RequestStep:
    """`who`: the requester, or the office that decides; None while nobody holds it who may. Another seller is looked
    for by the requester, and ordered from under the same approval by whoever may issue."""

    who: OfficerRole | None
    what: RequestTask
    due: datetime | None = None


def waits_for_seller(part: RequestSeller) -> bool:
    """Whether the part is `to_source`. Reads `live_continuations` of `with_continuation`."""
    is_left = part.unfilled_at is not None and part.sourcing_ended_at is None and not part.live_continuations
    return is_left and ranking_of(part) is None


def ranking_of(part: RequestSeller) -> Quotation | None:
    """The request for quotation among whose offers a next seller of the part is found; None where anybody may be."""
    found: Quotation | None = part.request.from_quotation
    return found if found is not None and found.state in RANKED else None


def next_step(
    request: PurchaseRequest,
    parts: Iterable[RequestSeller],
    *,
    office: OfficerRole | None = None,
    is_rebuilt: bool = False,
) -> RequestStep | None:
    """None when nobody is to act. `parts`: the request's sellers, `with_continuation`; `office`: of `office_of`;
    `is_rebuilt`: a request writes this lapsed one anew (`rebuild_of`)."""
    what = TASKS.get(RequestState(request.state))
    if what in BY_OFFICER:
        return RequestStep(office, what, request.due_at)
    if what is not None:
        return RequestStep(OfficerRole.REQUESTER, what)
    if request.state == RequestState.ORDERED and any(waits_for_seller(part) for part in parts):
        return RequestStep(OfficerRole.REQUESTER, RequestTask.SOURCE)
    if request.state == RequestState.LAPSED and not is_rebuilt:
        return RequestStep(OfficerRole.REQUESTER, RequestTask.REBUILD)
    return None


def with_step(requests: QuerySet[PurchaseRequest]) -> Any:
    """Adds `task`, the `what` of `next_step`, NULL when there is no step; and `is_empty`, of the function below."""
    waits = Exists(RequestSeller.objects.to_source().filter(request=OuterRef("pk")))
    rebuilt = Exists(PurchaseRequest.objects.not_ended().filter(rebuilt_from=OuterRef("pk")))
    cases = [
        *(When(state=state, then=Value(task)) for state, task in TASKS.items()),
        When(waits, state=RequestState.ORDERED, then=Value(RequestTask.SOURCE)),
        When(~rebuilt, state=RequestState.LAPSED, then=Value(RequestTask.REBUILD)),
    ]
    lost = RequestSeller.objects.filter(
        request=OuterRef("request"), seller=OuterRef("seller"), unfilled_at__isnull=False
    )
    bought = RequestLine.objects.filter(~Exists(lost), request=OuterRef("pk"), dropped_at__isnull=True)
    is_lost = Q(state=RequestState.ORDERED) & ~Q(Exists(bought))
    return requests.annotate(
        task=Case(*cases, default=Value(None), output_field=CharField(null=True)),
        is_empty=Case(When(is_lost, then=Value(True)), default=Value(False)),
    )


def called(chosen: str) -> Q:
    """Over the columns of `with_step`: requests that the list calls so, a RequestState or an OrderedStanding."""
    if chosen == OrderedStanding.TO_SOURCE:
        return Q(task=RequestTask.SOURCE)
    if chosen == OrderedStanding.FAILED:
        return Q(is_empty=True, task__isnull=True)
    if chosen == RequestState.ORDERED:
        return Q(state=chosen, is_empty=False, task__isnull=True)
    return Q(state=chosen)


def is_empty(request: PurchaseRequest, lines: Iterable[RequestLine], parts: Iterable[RequestSeller]) -> bool:
    """Whether it was ordered and every order of it brought nothing, whatever continues it. `lines`: those kept."""
    lost = {part.seller_id for part in parts if part.unfilled_at is not None}
    return request.state == RequestState.ORDERED and all(line.seller_id in lost for line in lines)


def turn_of(user: User, members: Iterable[Any]) -> Q:
    """Over the columns of `with_step` and `with_officer`: it is this person's turn, by these appointments (rows of
    AgencyMember)."""
    signed = chain.signed_by(OuterRef("pk"), OuterRef("submitted_at"), user)
    found = Q(pk__in=[])
    ties = shops.ties_of(user)
    own = RequestLine.objects.filter(seller__in=ties, request=OuterRef("pk"), dropped_at__isnull=True)
    wrote = RequestTakeover.objects.filter(request=OuterRef("pk"), earlier=user)
    others = ~Q(requester=user) & ~Exists(wrote) & (Q(~Exists(own)) if ties else Q())
    for member in members:
        here = Q(agency=member.agency_id)
        if member.role == OfficerRole.REQUESTER:
            found |= here & Q(requester=user, task__in=BY_REQUESTER)
        elif member.role in APPROVERS:
            issues = Q(task__in=(RequestTask.ISSUE, RequestTask.SOURCE))
            if member.role != OfficerRole.PPK:  # above the PP's limit a PPK issues
                issues &= ~Q(needed_role=OfficerRole.PPK)
            decides = Q(~signed, task=RequestTask.DECIDE, officer=member.role)
            found |= here & (decides | issues) & others
        elif member.role in SIGNERS:
            found |= here & Q(~signed, task=RequestTask.DECIDE, officer=member.role) & others
    return found


def without_officer() -> Q:
    """Over the columns of `with_step` and `with_officer`: it waits for an office nobody holds who may act."""
    return Q(task__in=BY_OFFICER, officer="")
