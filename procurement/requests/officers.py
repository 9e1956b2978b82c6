"""Which office decides on a request and orders it, asked for the day of the act: appointments end while it waits.

Before them, each office whose signature was asked for when it was sent (`chain`). The PP for what its amount asks of a
PP, the PPK for the rest and wherever no other PP is appointed; nobody twice, never the requester, nor who is tied to
one of its sellers. Asked in SQL alone, so that lists, counts and the act give one answer.
Source: Perpres 16/2018 jo. 12/2021 jo. 46/2025.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from epeken.core.queries import written_once
from epeken.users.models import User, Visitor
from epeken.users.page_memory import remembered
from procurement.agencies.models import AgencyMember
from procurement.agencies.policies import holders
from procurement.agencies.states import OfficerRole
from procurement.requests import chain, rules
from procurement.requests.models import PurchaseRequest, RequestLine, RequestTakeover
from procurement.requests.states import RequestState
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller

APPROVERS = (OfficerRole.PP, OfficerRole.PPK)
SIGNERS = (*APPROVERS, OfficerRole.HEAD)  # who decides, and who may be asked to sign before


def needed_role(total: int, day: date, *, is_escalated: bool = False) -> OfficerRole:
    """The office `total` (whole rupiah) asks for: the PP up to the dated limit, unless the requester asked the PPK."""
    return OfficerRole.PP if total <= rules.PP_LIMIT.on(day) and not is_escalated else OfficerRole.PPK


def nobody_words() -> str:
    """Why a request stands still, and what to do."""
    return _(
        "Belum ada pejabat lain di dinas ini yang dapat memutuskan permintaan ini. "
        "Minta kepala dinas mengajukan PP atau PPK kepada admin kota."
    )


def with_officer(
    requests: QuerySet[PurchaseRequest], day: date, *, viewer: Visitor | None = None, needed: str = ""
) -> Any:
    """Adds `officer`: whose signature it waits for, else PP or PPK; '' while nobody who holds the office may act.

    `needed`: asked in place of each request's own `needed_role` and signatures. One query for the officers who have
    shops, which the page of `viewer` asks once.
    """
    asked = Value(needed, CharField()) if needed else None
    return _with_officer(requests, day, _ties(day, viewer), asked)


def _with_officer(requests: Any, day: Any, ties: Mapping[int, frozenset[int]], asked: Any) -> Any:
    """`asked`: an expression for the office; None for each request's own."""
    asked = Coalesce(chain.next_office(), F("needed_role")) if asked is None else asked
    instead = Case(When(asked_role=OfficerRole.PP, then=Value(OfficerRole.PPK)), default=F("asked_role"))
    first = _able(day, ties).order_by(Case(When(role=OfficerRole.PPK, then=1), default=0)).values("role")[:1]
    officer = Coalesce(Subquery(first), Value(""), output_field=CharField())
    return requests.alias(asked_role=asked).alias(role_instead=instead).annotate(officer=officer)


def _able(day: date, ties: Mapping[int, frozenset[int]]) -> QuerySet[AgencyMember]:
    """Appointments under which somebody may act on the request of the outer query: of the office it asks for, and the
    PPK's where it asks for the PP.

    One query for all offices: putting its conditions together takes longer than answering it.
    """
    roles = [OuterRef("asked_role"), OuterRef("role_instead")]
    found = AgencyMember.objects.on(day).filter(
        agency=OuterRef("agency"), role__in=roles, user__is_active=True
    ).exclude(user=OuterRef("requester"))  # fmt: skip
    wrote = RequestTakeover.objects.filter(request=OuterRef(OuterRef("pk")), earlier=OuterRef("user"))
    signed = chain.signed_by(OuterRef(OuterRef("pk")), OuterRef(OuterRef("submitted_at")), OuterRef("user"))
    found = found.exclude(Exists(wrote)).exclude(signed)
    lines = RequestLine.objects.filter(request=OuterRef(OuterRef("pk")), dropped_at__isnull=True)
    for person, tied in ties.items():
        found = found.exclude(Q(Exists(lines.filter(seller__in=tied)), user=person))
    return found


def _ties(day: date, viewer: Visitor | None) -> dict[int, frozenset[int]]:
    """By officer, the shops each is tied to; only officers who have any."""
    people = AgencyMember.objects.on(day).filter(role__in=SIGNERS).values("user")
    read = lambda: shops.ties_by_person(people)  # noqa: E731
    return remembered(viewer, ("ties of officers", day), read) if viewer is not None else read()


def office_of(
    request: PurchaseRequest, day: date, *, viewer: Visitor | None = None, needed: str = ""
) -> OfficerRole | None:
    """The office that decides on the request, or orders it, on the day; None when nobody may. Two queries."""

    def read() -> OfficerRole | None:
        ties = _ties(day, viewer)
        if ties:
            own = PurchaseRequest.objects.filter(pk=request.pk)
            found = _offices(own, day, ties, Value(needed, CharField()) if needed else None)
        else:
            found = _office_named(request.pk, day, needed) if needed else _own_office(request.pk, day)
        (office,) = found
        return OfficerRole(office) if office else None

    if viewer is None:
        return read()
    return remembered(viewer, ("office", request.pk, request.state, needed, day), read)


def _offices(requests: Any, day: Any, ties: Mapping[int, frozenset[int]], asked: Any) -> Any:
    return _with_officer(requests, day, ties, asked).values_list("officer", flat=True)


# While no officer has a shop, as mostly: putting the statement together takes longer than answering it.


@written_once
def _own_office(request: Any, day: Any) -> Any:
    return _offices(PurchaseRequest.objects.filter(pk=request), day, {}, None)


@written_once
def _office_named(request: Any, day: Any, needed: Any) -> Any:
    return _offices(PurchaseRequest.objects.filter(pk=request), day, {}, ExpressionWrapper(needed, CharField()))


def people_of(request: PurchaseRequest, day: date) -> list[User]:
    """Those who may decide on the request on the day, in the order of their appointment."""
    office = office_of(request, day)
    return able(request, office, day) if office is not None else []


def able(request: PurchaseRequest, office: str, day: date) -> list[User]:
    """Those who may act on the request in the office on the day, in the order of their appointment."""
    people = holders(request.agency_id, office, day)
    kept = request.lines.filter(dropped_at__isnull=True).values("seller")
    wrote = {request.requester_id, *request.takeovers.values_list("earlier", flat=True)}
    signed = {row.signer_id for row in chain.of_request(request)} if request.state == RequestState.SUBMITTED else set()
    barred = wrote | signed | shops.tied_people(people, Seller.objects.filter(pk__in=kept))
    return [person for person in people if person.pk not in barred]
