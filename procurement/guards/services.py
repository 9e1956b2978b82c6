"""Warnings are answered: by the requester before the request is sent, by the officer who decides on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.users.models import User
from procurement.agencies.states import OfficerRole
from procurement.frames.models import ApprovalFrame
from procurement.guards.concerns import Concern, concerns, price_concerns
from procurement.guards.models import GuardFinding
from procurement.guards.states import APPROVES, REFUSES, SENTENCES, Choice, GuardKind, Outcome
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.services import drafts
from procurement.requests.unfilled import chain_of
from umkm.price_standards.standards import Standards


@dataclass(frozen=True)
class Answer:
    choice: str
    reason: str = ""


NO_ANSWERS: Mapping[str, Answer] = {}
Answered = list[tuple[Concern, Answer]]


def earlier_answers(request: PurchaseRequest) -> dict[str, Answer]:
    """By key, what was last said of each warning when the request was sent before. One query."""
    rows = GuardFinding.objects.filter(request=request).order_by("pk")
    return {row.key: Answer(row.choice, row.reason) for row in rows}


def check_answers(found: Iterable[Concern], answers: Mapping[str, Answer]) -> Answered:
    """Each warning with its answer. Raises RuleBroken at the first without one, without a reason, or to be merged."""
    answered = []
    for concern in found:
        answer = answers.get(concern.key)
        require(
            answer is not None and answer.choice in concern.choices,
            _("Pilih bagaimana peringatan ini dijawab. %(text)s") % {"text": concern.words},
            field=f"choice_{concern.key}",
            code="guard_unanswered",
        )
        assert answer is not None
        require(
            answer.choice != Choice.MERGE,
            _("Anda memilih menggabungkan, jadi permintaan ini tidak dikirim."),
            field=f"choice_{concern.key}",
            code="guard_merge",
        )
        require(
            len(answer.reason.strip()) >= LEAST_REASON,
            _("Tulis alasannya paling sedikit %(least)d huruf; dibaca pejabat yang memutuskan.")
            % {"least": LEAST_REASON},
            field=f"reason_{concern.key}",
            code="guard_reason",
        )
        answered.append((concern, answer))
    return answered


def is_escalated(answered: Answered) -> bool:
    """Whether the requester asked for the PPK, whatever the amount."""
    return any(answer.choice == Choice.ESCALATE for _concern, answer in answered)


@service
def record_answers(
    *, request: PurchaseRequest, answered: Answered, owner_role: OfficerRole, actor: User, now: datetime
) -> None:
    """The warnings go with the request to the officer who decides. Locks: none; called with PurchaseRequest locked."""
    GuardFinding.objects.bulk_create(
        _row(request, concern, answer, actor, now, owner_role=owner_role) for concern, answer in answered
    )


def unanswered_before(
    request: PurchaseRequest, held: contents.RequestContents, now: datetime, *, frame: ApprovalFrame | None = None
) -> list[Concern]:
    """Warnings of a request that its approved forerunners did not have, or had of less: each is asked again.

    `frame`: under which the forerunners were approved."""
    accepted = {
        finding.key: finding.amount
        for finding in GuardFinding.objects.filter(request__in=chain_of(request), outcome__in=APPROVES).order_by("pk")
    }
    found = concerns(request, held, now, frame=frame)
    return [concern for concern in found if concern.amount > accepted.get(concern.key, -1)]


@service
def choose_merge(*, actor: User, request: PurchaseRequest, now: datetime, keys: Iterable[str]) -> list[GuardFinding]:
    """The requester takes the warnings `keys` as right and merges; kept as that, and the draft stays a draft.

    Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest.
    """
    request = drafts.locked_draft(actor, request, now)
    wanted = set(keys)
    found = concerns(request, contents.read(request, now), now)
    rows = [
        _row(
            request, concern, Answer(Choice.MERGE), actor, now,
            owner_role=OfficerRole.REQUESTER, outcome=Outcome.MERGED, answered_by=actor, answered_at=now,
        )
        for concern in found
        if concern.key in wanted and Choice.MERGE in concern.choices
    ]  # fmt: skip
    return GuardFinding.objects.bulk_create(rows)


def unexplained_prices(request: PurchaseRequest, lines: Iterable[RequestLine], standards: Standards) -> list[str]:
    """A sentence for each price the requester did not explain: a decree came meanwhile. One query at most."""
    found = price_concerns(lines, standards)
    if not found:
        return []
    explained = set(GuardFinding.objects.filter(request=request, kind=GuardKind.PRICE).values_list("key", flat=True))
    return [concern.words for concern in found if concern.key not in explained]


def lets_through(outcome: str) -> bool:
    """Whether an approval may follow from this answer of the officer."""
    return outcome in APPROVES


@service
def answer_on_approval(
    *, findings: Iterable[GuardFinding], outcomes: Mapping[int, str], office: str, actor: User, now: datetime
) -> None:
    """Each warning has the officer's answer, given in `office`; that it lets the approval through was asked before.

    Locks: none; called with PurchaseRequest locked.
    """
    for finding in findings:
        _answer(finding, outcomes[finding.pk], actor, now, office)


@service
def close_findings(
    *,
    request: PurchaseRequest,
    otherwise: Outcome,
    actor: User | None,
    now: datetime,
    outcomes: Mapping[int, str] | None = None,
    office: str = "",
) -> None:
    """No warning of the request waits any longer: answered by the officer in `office`, `otherwise` where they gave no
    answer.

    Locks: none; called with PurchaseRequest locked.
    """
    for finding in GuardFinding.objects.unanswered().filter(request=request):
        given = (outcomes or {}).get(finding.pk, "")
        _answer(finding, given if given in REFUSES else otherwise, actor, now, office)


def _answer(finding: GuardFinding, outcome: str, actor: User | None, now: datetime, office: str) -> None:
    finding.outcome, finding.answered_by, finding.answered_at = outcome, actor, now
    finding.owner_role = office or finding.owner_role
    finding.save(update_fields=["outcome", "answered_by", "answered_at", "owner_role"])


def _row(
    request: PurchaseRequest,
    concern: Concern,
    answer: Answer,
    actor: User,
    now: datetime,
    **fields: object,
) -> GuardFinding:
    return GuardFinding(
        request=request,
        kind=concern.kind,
        key=concern.key,
        parameters=SENTENCES[concern.kind].keep(concern.parameters),
        amount=concern.amount,
        threshold=concern.threshold,
        choice=answer.choice,
        reason=answer.reason.strip()[:300],
        chosen_by=actor,
        chosen_at=now,
        **fields,
    )
